package io.tidemark.change;

import java.util.Locale;

/** Which side wins a field that both sides changed. */
public enum ConflictRule {
    NEWEST_WINS,
    SOURCE_WINS,
    TARGET_WINS,
    MANUAL;

    /** The value of {@code tidemark.streams.N.conflict}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
