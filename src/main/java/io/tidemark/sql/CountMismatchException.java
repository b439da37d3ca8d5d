package io.tidemark.sql;

/** The vendor announced another number of records than came; nothing of the cycle is in the table. */
public final class CountMismatchException extends LoadException {
    private static final long serialVersionUID = 1L;

    private final long announced;
    private final long read;

    CountMismatchException(String message, long announced, long read) {
        super(message);
        this.announced = announced;
        this.read = read;
    }

    public long announced() {
        return announced;
    }

    /** Records read over all files: good, rejected and duplicate. */
    public long read() {
        return read;
    }
}
