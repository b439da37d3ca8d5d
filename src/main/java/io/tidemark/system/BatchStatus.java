package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** How updates stand that went to the vendor together. */
public sealed interface BatchStatus {

    /**
     * The vendor is done with them.
     *
     * @param outcomes by key; of an update that is not among them nobody knows what became of it
     */
    record Answered(Map<String, Outcome> outcomes) implements BatchStatus {
        public Answered {
            outcomes = Map.copyOf(outcomes);
        }
    }

    /**
     * The vendor has yet to work at them.
     *
     * @param job its id of the job
     * @param word its own word for how the job stands
     * @param known whether the adapter knows the word; one that it does not know is never a success
     */
    record Working(String job, String word, boolean known) implements BatchStatus {
        public Working {
            requireNonNull(job, "job is null");
            requireNonNull(word, "word is null");
        }
    }

    /**
     * The job came to nothing, or is not known any more. What it wrote before nobody knows, and it writes nothing more.
     *
     * @param words what the vendor said
     */
    record Lost(String words) implements BatchStatus {
        public Lost {
            requireNonNull(words, "words is null");
        }
    }
}
