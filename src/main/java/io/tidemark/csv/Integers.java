package io.tidemark.csv;

import java.util.function.LongFunction;

/** Readers of whole numbers. Decimals that are all zero do not matter: numbers go by their value. */
final class Integers {

    private Integers() {}

    static CellReader reader(long least, long most, LongFunction<Object> boxed) {
        var misfit = new Misfit("is no whole number from " + least + " to " + most);
        return cell -> {
            if (cell == null || cell.isEmpty()) {
                return null;
            }
            int i = 0;
            int end = cell.length();
            while (i < end && cell.charAt(i) == ' ') {
                i++;
            }
            while (end > i && cell.charAt(end - 1) == ' ') {
                end--;
            }
            boolean negative = i < end && cell.charAt(i) == '-';
            if (negative || (i < end && cell.charAt(i) == '+')) {
                i++;
            }
            int first = i;
            long value = 0;
            for (; i < end && digit(cell.charAt(i)); i++) {
                int digit = cell.charAt(i) - '0';
                // counted downwards, because the least long has no positive twin
                if (value < (Long.MIN_VALUE + digit) / 10) {
                    return misfit;
                }
                value = value * 10 - digit;
            }
            if (i == first || !zeros(cell, i, end)) {
                return misfit;
            }
            if (!negative) {
                if (value == Long.MIN_VALUE) {
                    return misfit;
                }
                value = -value;
            }
            return value < least || value > most ? misfit : boxed.apply(value);
        };
    }

    private static boolean zeros(String cell, int from, int end) {
        if (from == end) {
            return true;
        }
        if (cell.charAt(from) != '.') {
            return false;
        }
        for (int i = from + 1; i < end; i++) {
            if (cell.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
