package io.tidemark.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong. Every line leads with the key. */
final class Problems {
    private static final int SHOWN_AT_MOST = 120;

    private final String mainFile;
    private final List<Problem> ofFiles = new ArrayList<>();
    private final List<Problem> ofKeys = new ArrayList<>();

    Problems(String mainFile) {
        this.mainFile = mainFile;
    }

    /** A problem with a file as a whole; these come first. */
    void file(String file, String message) {
        ofFiles.add(new Problem(file, file + ": " + message));
    }

    void key(String key, String message) {
        ofKeys.add(new Problem(key, key + ": " + message));
    }

    /** A problem with a value, which is shown unless it is a secret. */
    void value(Given given, boolean secret, String message) {
        String value = secret ? "" : " = " + shown(given);
        ofKeys.add(new Problem(given.key(), given.key() + value + from(given) + ": " + message));
    }

    /** Where a value came from, unless from the file that everybody looks into first. */
    String from(Given given) {
        return given.origin().equals(mainFile) ? "" : " (" + given.origin() + ")";
    }

    boolean none() {
        return ofFiles.isEmpty() && ofKeys.isEmpty();
    }

    /** Files first, then by the place of the key in the configuration; a missing key comes after its section's last. */
    List<Problem> inOrder(List<String> keys) {
        var ordered = new ArrayList<>(ofKeys);
        ordered.sort(Comparator.comparingInt(problem -> rank(problem.key(), keys)));
        ordered.addAll(0, ofFiles);
        return ordered;
    }

    private static int rank(String key, List<String> keys) {
        int own = keys.indexOf(key);
        if (own >= 0) {
            return 2 * own;
        }
        String prefix = Place.of(key)
                .filter(place -> place.scope() != Place.Scope.GLOBAL)
                .map(Place::prefix)
                .orElse(key + ".");
        for (int index = keys.size() - 1; index >= 0; index--) {
            if (keys.get(index).startsWith(prefix)) {
                return 2 * index + 1;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static String shown(Given given) {
        String line = DatabaseUrl.masked(given.shown()).replaceAll("\\p{Cntrl}", " ");
        return line.length() <= SHOWN_AT_MOST ? line : line.substring(0, SHOWN_AT_MOST) + "...";
    }
}
