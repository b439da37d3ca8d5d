package io.tidemark.csv;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads exact numbers, amounts of money among them: a sign, one currency sign before the digits, commas between groups of
 * three. Never rounds. Parentheses for negative amounts are refused.
 */
final class Decimals implements CellReader {

    /** Digits on either side of the point; hostile numbers cost time that grows with the square of their length. */
    private static final int MOST_DIGITS = 1_000;

    private static final int LONGEST = 4_000;
    private static final Misfit NO_NUMBER = new Misfit(
            "is no number; digits with an optional sign, currency sign, commas at thousands and decimal point"
                    + " are expected");
    private static final Misfit TOO_LONG =
            new Misfit("has more than " + MOST_DIGITS + " digits before or after the point, which is the limit");

    private final int digits;
    private final int scale;
    private final Misfit misfit;

    // the parts of the number at hand
    private String text = "";
    private int at;
    private long mantissa;
    private int mantissaDigits;
    private int decimals;
    private boolean grouped;

    /** @param digits 0 for a number without limits */
    Decimals(int digits, int scale) {
        this.digits = digits;
        this.scale = scale;
        this.misfit = new Misfit("does not fit numeric(" + digits + "," + scale + "): at most " + (digits - scale)
                + " digits before the point and " + scale + " after it");
    }

    @Override
    public @Nullable Object read(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        text = cell.strip();
        if (text.length() > LONGEST) {
            return TOO_LONG;
        }
        at = 0;
        boolean negative = prefix();
        int start = at;
        if (at < 0 || !mantissa()) {
            return NO_NUMBER;
        }
        if (at < text.length() || mantissaDigits > 18) {
            return exact(start, negative);
        }
        long unscaled = mantissa;
        int places = decimals;
        while (places > 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            places--;
        }
        return fit(BigDecimal.valueOf(negative ? -unscaled : unscaled, places));
    }

    /** Reads signs; leaves {@code at} negative if there are two of one sort. */
    private boolean prefix() {
        boolean negative = false;
        boolean signed = false;
        boolean currency = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c == '-' || c == '+') && !signed) {
                signed = true;
                negative = c == '-';
            } else if ((c == '$' || c == '€' || c == '£') && !currency) {
                currency = true;
            } else {
                break;
            }
        }
        return negative;
    }

    /** Reads digits, commas and the point; false if they are out of order. */
    private boolean mantissa() {
        mantissa = 0;
        mantissaDigits = 0;
        decimals = 0;
        grouped = false;
        int group = 0;
        boolean point = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                mantissa = mantissa * 10 + (c - '0');
                mantissaDigits++;
                if (point) {
                    decimals++;
                } else {
                    group++;
                }
            } else if (c == '.' && !point) {
                if (grouped && group != 3) {
                    return false;
                }
                point = true;
            } else if (c == ',' && !point && group >= 1 && (grouped ? group == 3 : group <= 3)) {
                grouped = true;
                group = 0;
            } else {
                break;
            }
        }
        return mantissaDigits > 0 && (point || !grouped || group == 3);
    }

    private Object exact(int start, boolean negative) {
        int exponent = at;
        if (at < text.length()) {
            if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
                return NO_NUMBER;
            }
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            int first = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == first || at < text.length()) {
                return NO_NUMBER;
            }
            if (at - first > 4) {
                return TOO_LONG;
            }
        }
        String plain = text.substring(start, exponent).replace(",", "") + text.substring(exponent);
        var value = new BigDecimal(plain).stripTrailingZeros();
        if (value.scale() > MOST_DIGITS || value.precision() - value.scale() > MOST_DIGITS) {
            return digits == 0 ? TOO_LONG : misfit;
        }
        if (value.scale() < 0) {
            value = value.setScale(0);
        }
        return fit(negative ? value.negate() : value);
    }

    /** @param value without trailing zeros */
    private Object fit(BigDecimal value) {
        if (digits == 0) {
            return value;
        }
        if (value.scale() > scale || (value.signum() != 0 && value.precision() - value.scale() > digits - scale)) {
            return misfit;
        }
        return value.setScale(scale);
    }
}
