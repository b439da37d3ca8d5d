package io.tidemark.system;

import static java.util.Objects.requireNonNull;

/** What became of a write that the vendor did not refuse. */
public sealed interface Written extends Outcome {

    /**
     * It was accepted.
     *
     * @param overtook whether somebody else had changed the record since it was looked at, so that the write may have
     *     undone that; only where the vendor tells
     */
    record Accepted(boolean overtook) implements Written {
        /** By all the vendor tells, nobody had changed the record meanwhile. */
        public Accepted() {
            this(false);
        }
    }

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
