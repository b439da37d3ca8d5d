package io.tidemark.console;

/** Health and metrics cannot be served where the configuration says. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
        super(message);
    }
}
