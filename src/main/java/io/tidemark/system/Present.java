package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as it stands at the vendor. */
public sealed interface Present {

    /**
     * It is there.
     *
     * @param values by the names of the export's fields; a field that reading does not show is not among them, and names
     *     that the stream does not export may be, which {@link Writing#update} can need to write a whole
     */
    record Found(Map<String, @Nullable String> values) implements Present {
        public Found {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * It was deleted, or merged into another, or is not visible to these credentials any more.
     *
     * @param words what the vendor said
     */
    record Gone(String words) implements Present {
        public Gone {
            requireNonNull(words, "words is null");
        }
    }
}
