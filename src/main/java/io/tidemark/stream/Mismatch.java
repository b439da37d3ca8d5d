package io.tidemark.stream;

import org.jspecify.annotations.Nullable;

/**
 * A count that differed from the vendor's.
 *
 * @param times how often in a row with the same numbers
 */
public record Mismatch(long announced, long read, int times) {
    /** So often the same numbers are bad luck; then a person is asked. */
    static final int PATIENCE = 3;

    static Mismatch after(@Nullable Mismatch last, long announced, long read) {
        if (last == null || last.announced != announced || last.read != read) {
            return new Mismatch(announced, read, 1);
        }
        return new Mismatch(announced, read, last.times + 1);
    }

    /** As it is stored: {@code announced read times}. */
    public String text() {
        return announced + " " + read + " " + times;
    }

    public static Mismatch of(String text) {
        String[] parts = text.split(" ", 3);
        return new Mismatch(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
    }
}
