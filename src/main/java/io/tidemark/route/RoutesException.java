package io.tidemark.route;

/** The routes did not start; the message says why in one line. */
public final class RoutesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RoutesException(Throwable cause) {
        super("the routes did not start: " + Failures.words(root(cause)), cause);
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
