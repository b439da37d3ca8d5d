package io.tidemark.command;

/** A signal wants the command to end, which goes no further. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped");
    }
}
