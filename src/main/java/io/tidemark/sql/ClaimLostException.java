package io.tidemark.sql;

/** Another process has taken the stream over; what this one did since is not stored. */
public final class ClaimLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimLostException(String stream) {
        super("stream " + stream + ": another process took this step over while this one was held up;"
                + " nothing of it was stored here");
    }
}
