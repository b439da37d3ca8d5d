package io.tidemark.route;

/** Local changes are to go to the vendor, who takes none of this resource. A person must change the configuration. */
final class NoWayBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoWayBackException(String message) {
        super(message);
    }
}
