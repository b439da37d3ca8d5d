package io.tidemark.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds what was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The known word closest to a misspelt one, empty where none is close. Of equals the first one wins. */
    static Optional<String> to(String word, Collection<String> known) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < least && isClose(distance, word, candidate)) {
                nearest = candidate;
                least = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The nearest known word as the end of a message, empty where none is close. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(nearest -> " (nearest: " + nearest + ")").orElse("");
    }

    private static boolean isClose(int distance, String word, String candidate) {
        int longest = Math.max(word.length(), candidate.length());
        return distance < longest && distance <= Math.max(1, (longest + 1) / 2 - 1);
    }

    /** Levenshtein's distance: how many characters are put in, left out or replaced. */
    static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + replaced);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
