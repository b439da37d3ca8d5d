package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Option;
import io.tidemark.system.Source;
import io.tidemark.system.SystemType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rebilly. A secret key stands for one organisation; its records are exported by data exports, which the vendor marks as
 * experimental, and customers can be written.
 *
 * @see <a href="https://www.rebilly.com/catalog/all">API reference</a>
 */
public final class Rebilly implements SystemType {

    private static final URI BASE_URL = URI.create("https://api.rebilly.com");

    @Override
    public String name() {
        return "rebilly";
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public List<Option> sourceOptions() {
        return RebillyOptions.SOURCE;
    }

    @Override
    public List<Option> exportOptions() {
        return RebillyOptions.EXPORT;
    }

    @Override
    public Set<String> resources() {
        return RebillyResource.names();
    }

    @Override
    public List<String> keyOf(String resource) {
        return List.of(RebillyResource.KEY);
    }

    @Override
    public Set<String> writable() {
        return Set.of(RebillyResource.CUSTOMERS);
    }

    @Override
    public Source open(Map<String, String> options) {
        String organization = value(options, RebillyOptions.ORGANIZATION_ID);
        return new RebillySource(
                value(options, RebillyOptions.API_KEY),
                organization,
                new RebillyCalls(value(options, RebillyOptions.PATH_PREFIX), organization));
    }

    private static String value(Map<String, String> options, String name) {
        return requireNonNull(options.get(name), () -> name + " is missing").trim();
    }
}
