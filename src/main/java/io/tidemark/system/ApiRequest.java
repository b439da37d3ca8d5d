package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that an adapter wants made. The path is relative to the source's base URL, starts with a slash and may carry a
 * query; credentials are never part of it, they are added where the call is made.
 *
 * @param repeatable whether the vendor's state is the same after one call and after two; only such a call may be
 *     repeated when its answer was lost
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String body,
        boolean repeatable) {

    public ApiRequest {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        headers = Map.copyOf(headers);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path must start with a slash: " + path);
        }
    }

    public static ApiRequest get(String path) {
        return new ApiRequest("GET", path, Map.of("Accept", "application/json"), null, true);
    }

    /** A call with a JSON body that changes something at the vendor each time it is made. */
    public static ApiRequest post(String path, String json) {
        return new ApiRequest(
                "POST", path, Map.of("Accept", "application/json", "Content-Type", "application/json"), json, false);
    }
}
