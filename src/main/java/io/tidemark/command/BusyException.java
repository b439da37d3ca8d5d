package io.tidemark.command;

/** Somebody else is at work on the stream; the message says who. */
final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }
}
