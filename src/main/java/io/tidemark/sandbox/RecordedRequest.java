package io.tidemark.sandbox;

import java.time.Instant;

/**
 * A request and what became of it.
 *
 * @param at by the sandbox's clock
 * @param status the status answered, or 0 while there is no answer and when there never will be one
 */
public record RecordedRequest(
        String server, String method, String path, String query, Headers headers, String body, Instant at, int status) {
    public boolean hasQuery() {
        return !query.isEmpty();
    }

    RecordedRequest answered(int answered) {
        return new RecordedRequest(server, method, path, query, headers, body, at, answered);
    }
}
