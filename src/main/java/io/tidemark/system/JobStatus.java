package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a vendor says of an export job. A closed set: a word that an adapter does not know is {@link Unknown}, never a success. */
public sealed interface JobStatus {

    /** The vendor's own word for it, for people to read. */
    String word();

    /** Still at work. */
    record Running(String word) implements JobStatus {
        public Running {
            requireNonNull(word, "word is null");
        }
    }

    /** A word the adapter does not know; polled on until the time-out, with a warning at once. */
    record Unknown(String word) implements JobStatus {
        public Unknown {
            requireNonNull(word, "word is null");
        }
    }

    /**
     * Complete.
     *
     * @param parts in the vendor's order; none where nothing changed
     * @param records how many records the vendor says are in all parts together, where it says so
     * @param windowEnd the end of the window in the vendor's words, null where it does not say
     */
    record Ready(
            String word,
            List<ExportPart> parts,
            OptionalLong records,
            @Nullable Instant windowEnd) implements JobStatus {
        public Ready {
            requireNonNull(word, "word is null");
            requireNonNull(records, "records is null");
            parts = List.copyOf(parts);
        }
    }

    /**
     * Failed for good; the window needs a new job.
     *
     * @param reason the vendor's message and reference code
     * @param tooMuch whether a shorter window would do
     */
    record Failed(String word, String reason, boolean tooMuch) implements JobStatus {
        public Failed(String word, String reason) {
            this(word, reason, false);
        }

        public Failed {
            requireNonNull(word, "word is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** The vendor no longer knows the job; the window needs a new one. */
    record Gone(String word) implements JobStatus {
        public Gone {
            requireNonNull(word, "word is null");
        }
    }
}
