package io.tidemark.command;

/** The command cannot be run as it was typed; the message says what can. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
