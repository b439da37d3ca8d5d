package io.tidemark.stream;

import java.util.Locale;

/** Whether a stream may take steps. */
public enum Condition {
    RUNNING,
    /** A person said so. */
    PAUSED,
    /** It cannot go on until a person has acted. */
    STOPPED,
    /** A cycle would have changed more than the brake allows. */
    BRAKED;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Condition of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
