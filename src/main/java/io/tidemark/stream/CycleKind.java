package io.tidemark.stream;

import java.util.Locale;

/** What a cycle is for. Only a {@link #WINDOW} moves the watermark. */
public enum CycleKind {
    /** What changed since the watermark. */
    WINDOW,
    /** The known records by their keys, after a gap. */
    BACKFILL,
    /** Everything within reach once more. */
    RESYNC,
    /** A file that a person exported by hand. */
    LOAD;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static CycleKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
