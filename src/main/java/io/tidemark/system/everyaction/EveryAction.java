package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Option;
import io.tidemark.system.Source;
import io.tidemark.system.SystemType;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * EveryAction and NGP VAN, which share one API. An API key stands for one user of one committee in one database, and a
 * record's id means nothing outside of that.
 *
 * @see <a href="https://docs.everyaction.com/reference/authentication">Authentication</a>
 */
public final class EveryAction implements SystemType {

    private static final URI BASE_URL = URI.create("https://api.securevan.com/v4");

    @Override
    public String name() {
        return "everyaction";
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public List<Option> sourceOptions() {
        return EveryActionOptions.SOURCE;
    }

    @Override
    public List<Option> exportOptions() {
        return EveryActionOptions.EXPORT;
    }

    @Override
    public Set<String> resources() {
        return EveryActionResource.names();
    }

    @Override
    public Set<String> writable() {
        return EveryActionResource.WRITABLE;
    }

    @Override
    public List<String> keyOf(String resource) {
        return EveryActionResource.documentedKey(resource).stream().toList();
    }

    /** Times without an offset are the vendor's own, on the east coast. */
    @Override
    public ZoneId zone(Map<String, String> options) {
        return EveryActionTime.ZONE;
    }

    @Override
    public Source open(Map<String, String> options) {
        return new EveryActionSource(
                value(options, EveryActionOptions.APPLICATION_NAME),
                value(options, EveryActionOptions.API_KEY),
                value(options, EveryActionOptions.DATABASE_MODE));
    }

    private static String value(Map<String, String> options, String name) {
        return requireNonNull(options.get(name), () -> name + " is missing");
    }
}
