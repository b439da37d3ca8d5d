package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Present;
import java.util.Optional;

/** What a look at the vendor before a write showed. */
sealed interface Seen {

    /** Nobody looked. */
    record Nothing() implements Seen {}

    /** The record, by its key. */
    record Looked(Present present) implements Seen {
        public Looked {
            requireNonNull(present, "present is null");
        }
    }

    /**
     * The key of the record that carries the row's own identifier, empty where there is none.
     *
     * @param found what the record holds, empty where nobody looked at it
     */
    record Key(Optional<String> key, Optional<Present.Found> found) implements Seen {
        public Key {
            requireNonNull(key, "key is null");
            requireNonNull(found, "found is null");
        }
    }
}
