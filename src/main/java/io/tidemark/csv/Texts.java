package io.tidemark.csv;

import org.jspecify.annotations.Nullable;

/** Reads texts as they stand, up to a number of code points; 0 for no limit. */
final class Texts implements CellReader {

    static final Misfit NUL = new Misfit("holds a NUL character, which no database text can");
    static final Misfit BYTES =
            new Misfit("holds bytes that are not valid in the file's encoding (UTF-8 unless declared)");

    private final int limit;
    private final Misfit tooLong;

    Texts(int limit) {
        this.limit = limit;
        this.tooLong = new Misfit("is longer than " + limit + " characters");
    }

    @Override
    public @Nullable Object read(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        for (int i = 0; i < cell.length(); i++) {
            // one comparison for the usual character: NUL wraps to the top, beside the surrogates
            if ((char) (cell.charAt(i) - 1) >= Character.MIN_SURROGATE - 1) {
                Misfit misfit = misfit(cell, i);
                if (misfit != null) {
                    return misfit;
                }
            }
        }
        if (limit > 0 && cell.length() > limit && cell.codePointCount(0, cell.length()) > limit) {
            return tooLong;
        }
        return cell;
    }

    private static @Nullable Misfit misfit(String cell, int i) {
        char c = cell.charAt(i);
        if (c == 0) {
            return NUL;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 < cell.length() && Character.isLowSurrogate(cell.charAt(i + 1)) ? null : BYTES;
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(cell.charAt(i - 1))) ? BYTES : null;
    }
}
