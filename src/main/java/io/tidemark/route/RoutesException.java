package io.tidemark.route;

import io.tidemark.settings.ConfigurationException;
import java.util.regex.Pattern;

/** The routes did not start; the message says why in one line. */
public final class RoutesException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern FILE = Pattern.compile("(?:in |source: )file:([^,)\\n]+)(, line \\d+)?");

    private RoutesException(Throwable cause) {
        super("the routes did not start: " + Failures.words(root(cause)) + place(cause), cause);
    }

    /** The file, and the line in it, that Camel names in one of its messages; the innermost knows best. */
    private static String place(Throwable failed) {
        String place = "";
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            var named = FILE.matcher(cause.toString());
            while (named.find()) {
                place = " (in " + named.group(1) + (named.group(2) == null ? "" : named.group(2)) + ")";
            }
        }
        return place;
    }

    /** What came of a start that failed; a problem of the configuration is told as such. */
    static RuntimeException of(Throwable failed) {
        return root(failed) instanceof ConfigurationException refused ? refused : new RoutesException(failed);
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
