package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A record was created, or found instead.
 *
 * @param key its key; empty where the vendor does not tell, so that the record is known only when an export brings it
 * @param blank what the record holds, where only {@link Writable#matching} was sent and the vendor says that it is new: so
 *     nobody but the vendor has put anything in; empty where it may have been there before
 * @param found whether it was there before, and nothing was sent
 */
public record Created(Optional<String> key, Optional<Present.Found> blank, boolean found) {
    public Created {
        requireNonNull(key, "key is null");
        requireNonNull(blank, "blank is null");
    }

    /** Of which the vendor shows nothing but its key. */
    public Created(Optional<String> key) {
        this(key, Optional.empty());
    }

    /** Of which the vendor shows what it put in itself. */
    public Created(Optional<String> key, Optional<Present.Found> blank) {
        this(key, blank, false);
    }

    /** The vendor has the record already, and nothing of the row was sent. */
    public static Created found(String key) {
        return new Created(Optional.of(key), Optional.empty(), true);
    }
}
