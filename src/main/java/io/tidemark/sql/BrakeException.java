package io.tidemark.sql;

/** The cycle would delete or blank more rows than one cycle may; nothing of it is in the table. */
public final class BrakeException extends LoadException {
    private static final long serialVersionUID = 1L;

    private final long deleted;
    private final long blanked;

    BrakeException(String message, long deleted, long blanked) {
        super(message);
        this.deleted = deleted;
        this.blanked = blanked;
    }

    /** Rows that the cycle would delete or mark as deleted. */
    public long deleted() {
        return deleted;
    }

    /** Rows in which the cycle would empty a value that they hold. */
    public long blanked() {
        return blanked;
    }
}
