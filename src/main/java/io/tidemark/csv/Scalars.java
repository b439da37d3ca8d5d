package io.tidemark.csv;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Readers of booleans, floating-point numbers and UUIDs. */
final class Scalars {

    private static final Misfit NO_BOOLEAN =
            new Misfit("is no boolean: true, false, yes, no, Y, N, 1 or 0 is expected");
    private static final Misfit NO_DOUBLE = new Misfit("is no number that double precision holds");
    private static final Misfit NO_UUID = new Misfit("is no UUID of 32 hexadecimal digits in the form 8-4-4-4-12");
    private static final int LONGEST_DOUBLE = 400;

    private Scalars() {}

    static @Nullable Object bool(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        return switch (cell) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> cell.length() > 20 ? NO_BOOLEAN : word(cell.strip().toLowerCase(Locale.ROOT));
        };
    }

    private static Object word(String word) {
        return switch (word) {
            case "true", "1", "y", "yes" -> true;
            case "false", "0", "n", "no" -> false;
            default -> NO_BOOLEAN;
        };
    }

    static @Nullable Object floating(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        String text = cell.strip();
        if (text.length() > LONGEST_DOUBLE || !decimal(text)) {
            return NO_DOUBLE;
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return NO_DOUBLE;
        }
        return value == 0 ? 0.0 : value;
    }

    /** Whether the text is a decimal number as Java writes them, without NaN, hexadecimal forms and suffixes. */
    private static boolean decimal(String text) {
        int i = 0;
        int end = text.length();
        if (i < end && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        int from = i;
        i = digits(text, i);
        int count = i - from;
        if (i < end && text.charAt(i) == '.') {
            int point = ++i;
            i = digits(text, i);
            count += i - point;
        }
        if (count > 0 && i < end && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < end && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
                i++;
            }
            int exponent = i;
            i = digits(text, i);
            return i > exponent && i == end;
        }
        return count > 0 && i == end;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    static @Nullable Object uuid(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        String text = cell.strip();
        if (text.length() != 36) {
            return NO_UUID;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            if (dash ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return NO_UUID;
            }
        }
        return UUID.fromString(text);
    }
}
