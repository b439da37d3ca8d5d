package io.tidemark.route;

import io.tidemark.settings.ConfigurationException;

/** The routes did not start; the message says why in one line. */
public final class RoutesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RoutesException(Throwable cause) {
        super("the routes did not start: " + Failures.words(root(cause)), cause);
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
