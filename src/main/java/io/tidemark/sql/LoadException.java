package io.tidemark.sql;

import org.jspecify.annotations.Nullable;

/**
 * The data or the table is not what the stream needs; trying the same again does not help. The message says what, where
 * and what to do, and holds keys at most, never row contents.
 */
public sealed class LoadException extends RuntimeException permits BrakeException, CountMismatchException {
    private static final long serialVersionUID = 1L;

    LoadException(String message) {
        super(message);
    }

    LoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
