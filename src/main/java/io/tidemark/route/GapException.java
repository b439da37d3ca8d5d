package io.tidemark.route;

/** The watermark is older than what the vendor keeps, and the configuration says to ask a person. */
final class GapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GapException(String message) {
        super(message);
    }
}
