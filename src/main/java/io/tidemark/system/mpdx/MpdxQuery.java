package io.tidemark.system.mpdx;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A path with parameters, names and values escaped. Each method returns a longer one. */
record MpdxQuery(String path, List<String> parameters) {

    MpdxQuery {
        parameters = List.copyOf(parameters);
    }

    static MpdxQuery of(String path) {
        return new MpdxQuery(path, List.of());
    }

    MpdxQuery with(String name, String value) {
        var more = new ArrayList<>(parameters);
        more.add(escaped(name) + "=" + escaped(value));
        return new MpdxQuery(path, more);
    }

    MpdxQuery filter(String name, String value) {
        return with("filter[" + name + "]", value);
    }

    MpdxQuery filterEach(String name, List<String> values) {
        MpdxQuery query = this;
        for (String value : values) {
            query = query.with("filter[" + name + "][]", value);
        }
        return query;
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
