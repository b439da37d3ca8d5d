package io.tidemark.settings;

/** A value is not accepted. The message says what is, and does not repeat the value. */
final class RefusedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String accepted;

    RefusedValueException(String accepted) {
        super(accepted);
        this.accepted = accepted;
    }

    /** What is accepted: the message. */
    String accepted() {
        return accepted;
    }
}
