package io.tidemark.system.answer;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Text for people: the vendor's words made safe to show, and names that a misspelt one may have meant. */
public final class Words {

    private static final int LONGEST = 200;
    private static final int NEAREST = 3;

    private Words() {}

    /** The vendor's words on one line of bounded length. */
    public static String bounded(String words) {
        String line = words.substring(0, Math.min(words.length(), 2 * LONGEST))
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .trim();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    /** The few names that are closest to the wanted one, closest first. */
    public static List<String> nearest(String wanted, List<String> names) {
        return names.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }

    /** How many letters must be put in, left out or replaced to get from one name to the other, whatever their case. */
    public static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int letter = 0; letter < from.length(); letter++) {
            nextRow(row, from.charAt(letter), to, letter + 1);
        }
        return row[to.length()];
    }

    private static void nextRow(int[] row, char letter, String to, int first) {
        int diagonal = row[0];
        row[0] = first;
        for (int column = 1; column < row.length; column++) {
            int replaced = diagonal + (letter == to.charAt(column - 1) ? 0 : 1);
            diagonal = row[column];
            row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
        }
    }
}
