package io.tidemark.system.mpdx;

import io.tidemark.system.Option;
import io.tidemark.system.Source;
import io.tidemark.system.SystemType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * MPDX. A source is one account list, seen with the token of one of its users.
 *
 * @see <a href="https://developers.mpdx.org/">MPDX for developers</a>
 */
public final class Mpdx implements SystemType {

    private static final URI BASE_URL = URI.create("https://api.mpdx.org/api/v2");

    @Override
    public String name() {
        return "mpdx";
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public List<Option> sourceOptions() {
        return MpdxOptions.SOURCE;
    }

    @Override
    public List<Option> exportOptions() {
        return MpdxOptions.EXPORT;
    }

    @Override
    public Set<String> resources() {
        return Set.copyOf(MpdxSource.RESOURCES);
    }

    /** The file of an export holds no id, so that nothing in it is a key by itself. */
    @Override
    public List<String> keyOf(String resource) {
        return resource.equals(MpdxFiles.RESOURCE) ? List.of() : List.of(MpdxField.ID);
    }

    @Override
    public Set<String> writable() {
        return Set.of("contacts", "people");
    }

    @Override
    public Source open(Map<String, String> options) {
        String token = MpdxOptions.value(options, MpdxOptions.TOKEN);
        return new MpdxSource(MpdxToken.bearer(token), MpdxSettings.of(options));
    }
}
