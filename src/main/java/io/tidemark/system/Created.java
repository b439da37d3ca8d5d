package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A record was created.
 *
 * @param key its key; empty where the vendor does not tell, so that the record is known only when an export brings it
 */
public record Created(Optional<String> key) {
    public Created {
        requireNonNull(key, "key is null");
    }
}
