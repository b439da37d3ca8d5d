package io.tidemark.system;

import static java.util.Objects.requireNonNull;

/** What became of one of several updates that went to the vendor together. */
public sealed interface Outcome permits Written, Outcome.Refused, Outcome.Later {

    /**
     * The vendor will not take it, ever: as {@link ApiException.Refused} of a single one.
     *
     * @param words what the vendor said, without a value
     */
    record Refused(String words) implements Outcome {
        public Refused {
            requireNonNull(words, "words is null");
        }
    }

    /**
     * It was not taken now, and is looked at again: as {@link ApiException.RetryLater} of a single one.
     *
     * @param words what the vendor said, without a value
     */
    record Later(String words) implements Outcome {
        public Later {
            requireNonNull(words, "words is null");
        }
    }
}
