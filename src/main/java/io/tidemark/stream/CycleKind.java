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
    /** Records that were written, by their keys. */
    READ_BACK,
    /** Everything within reach once more, against every difference. */
    RECONCILE,
    /** A file that a person exported by hand. */
    LOAD;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static CycleKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
