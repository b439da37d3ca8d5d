package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.stream.StreamState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to take a stream's next step. Of two claims of one stream the one with the greater token counts; whoever
 * holds the other can still work, but nothing it does is stored.
 *
 * @param state as it was when the claim was taken
 * @param takenAt the database's time
 * @param outward what the way back wants
 */
public record Claim(long token, StreamState state, Instant takenAt, Outward outward) {

    public Claim {
        requireNonNull(state, "state is null");
        requireNonNull(outward, "outward is null");
        requireNonNull(takenAt, "takenAt is null");
    }

    public String stream() {
        return state.name();
    }

    public Claim with(StreamState next) {
        return new Claim(token, next, takenAt, outward);
    }

    Claim with(Outward wanted) {
        return new Claim(token, state, takenAt, wanted);
    }

    /**
     * What a stream's way back wants when it is claimed.
     *
     * @param due whether local changes are to go out, before the cycle's own step
     * @param wished since when local changes are to go out, null for not at all
     * @param readBack whether records that were written are to be read back, and have waited longer than a window
     * @param inDoubt whether a record may have been created whose key is not known
     * @param reconcile whether the next cycle compares everything
     */
    public record Outward(boolean due, @Nullable Instant wished, boolean readBack, boolean inDoubt, boolean reconcile) {
        static final Outward NOTHING = new Outward(false, null, false, false, false);

        /** A round of writing that a person asked for, and nothing else. */
        Outward asked() {
            return new Outward(true, wished, false, false, false);
        }
    }
}
