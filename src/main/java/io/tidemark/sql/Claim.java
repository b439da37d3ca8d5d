package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.stream.StreamState;
import java.time.Instant;

/**
 * The right to take a stream's next step. Of two claims of one stream the one with the greater token counts; whoever
 * holds the other can still work, but nothing it does is stored.
 *
 * @param state as it was when the claim was taken
 * @param takenAt the database's time
 */
public record Claim(long token, StreamState state, Instant takenAt) {

    public Claim {
        requireNonNull(state, "state is null");
        requireNonNull(takenAt, "takenAt is null");
    }

    public String stream() {
        return state.name();
    }

    public Claim with(StreamState next) {
        return new Claim(token, next, takenAt);
    }
}
