package io.tidemark.route;

/** A file's link does not work, or no longer. The job is asked for fresh links once, then the window is asked for again. */
final class LinkDeadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkDeadException(String message) {
        super(message);
    }
}
