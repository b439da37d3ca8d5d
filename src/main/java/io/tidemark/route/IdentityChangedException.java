package io.tidemark.route;

/** Another database or another account answers than the one the stream belongs to. A person must say that it is meant. */
final class IdentityChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IdentityChangedException(String message) {
        super(message);
    }
}
