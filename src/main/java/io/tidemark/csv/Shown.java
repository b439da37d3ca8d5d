package io.tidemark.csv;

/** Foreign text made safe to store and to show: bounded, NUL and undecodable bytes replaced visibly. */
final class Shown {

    static final int RAW_LIMIT = 2_000;
    private static final String CUT = "…";

    private Shown() {}

    static String text(String text, int limit) {
        var out = new StringBuilder(Math.min(text.length(), limit));
        append(out, text, limit);
        return bounded(out, limit);
    }

    /** The record as a line of CSV, at most {@value #RAW_LIMIT} characters. */
    static String record(String[] cells) {
        var out = new StringBuilder();
        for (int i = 0; i < cells.length && out.length() <= RAW_LIMIT; i++) {
            if (i > 0) {
                out.append(',');
            }
            String cell = cells[i];
            append(out, quotes(cell) ? '"' + start(cell).replace("\"", "\"\"") + '"' : cell, RAW_LIMIT);
        }
        return bounded(out, RAW_LIMIT);
    }

    private static String start(String cell) {
        return cell.length() > RAW_LIMIT ? cell.substring(0, RAW_LIMIT) : cell;
    }

    private static boolean quotes(String cell) {
        return cell.indexOf('"') >= 0 || cell.indexOf(',') >= 0 || cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0;
    }

    /** Appends until there is more than the limit. */
    private static void append(StringBuilder out, String text, int limit) {
        for (int i = 0; i < text.length() && out.length() <= limit; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == 0) {
                out.append('␀');
            } else if (point >= 0xDC00 && point <= 0xDCFF) {
                out.append("\\x").append(hex(point >> 4)).append(hex(point));
            } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.append('\uFFFD');
            } else {
                out.appendCodePoint(point);
            }
        }
    }

    private static String bounded(StringBuilder out, int limit) {
        if (out.length() > limit) {
            int end = limit - CUT.length();
            out.setLength(Character.isHighSurrogate(out.charAt(end - 1)) ? end - 1 : end);
            out.append(CUT);
        }
        return out.toString();
    }

    private static char hex(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xF, 16));
    }
}
