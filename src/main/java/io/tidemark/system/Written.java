package io.tidemark.system;

import static java.util.Objects.requireNonNull;

/** What became of a write that the vendor did not refuse. */
public sealed interface Written {

    /** It was accepted. */
    record Accepted() implements Written {}

    /**
     * There is no such record any more.
     *
     * @param words what the vendor said
     */
    record Gone(String words) implements Written {
        public Gone {
            requireNonNull(words, "words is null");
        }
    }
}
