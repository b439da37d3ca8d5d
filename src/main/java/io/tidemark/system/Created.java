package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A record was created.
 *
 * @param key its key; empty where the vendor does not tell, so that the record is known only when an export brings it
 * @param blank what the record holds, where only {@link Writable#matching} was sent and the vendor says that it is new: so
 *     nobody but the vendor has put anything in; empty where it may have been there before
 */
public record Created(Optional<String> key, Optional<Present.Found> blank) {
    public Created {
        requireNonNull(key, "key is null");
        requireNonNull(blank, "blank is null");
    }

    /** Of which the vendor shows nothing but its key. */
    public Created(Optional<String> key) {
        this(key, Optional.empty());
    }
}
