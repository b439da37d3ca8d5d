package io.tidemark.sql;

import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Brake.Share;
import io.tidemark.stream.Allowance;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Stops a cycle that would delete or blank more rows of a table than one cycle may. */
final class Brake {
    private final StreamSettings settings;
    private final @Nullable Allowance accepted;
    private final String advice;

    Brake(StreamSettings settings, @Nullable Allowance accepted) {
        this(settings, accepted, ". If that is right, run 'tidemark resume " + settings.name() + " --accept'");
    }

    private Brake(StreamSettings settings, @Nullable Allowance accepted, String advice) {
        this.settings = settings;
        this.accepted = accepted;
        this.advice = advice;
    }

    /** One of a rehearsal: there is nothing to resume yet. */
    static Brake rehearsed(StreamSettings settings, @Nullable Allowance accepted) {
        return new Brake(settings, accepted, "");
    }

    /** Asks the database only what the staged rows leave open. */
    void check(Merge merge) throws SQLException {
        if (!(settings.brake() instanceof Share share)) {
            return;
        }
        boolean deletes = merge.mostDeletions() > Share.NEVER_BELOW;
        boolean blanks = merge.mostBlanked() > Share.NEVER_BELOW;
        if (!deletes && !blanks) {
            return;
        }
        long live = merge.countLive();
        long limit = Math.max(Share.NEVER_BELOW, (long) (live * share.percent() / 100));
        long deleted = merge.mostDeletions() > limit ? merge.countDeletions() : 0;
        long blanked = merge.mostBlanked() > limit ? merge.countBlanked() : 0;
        if (deleted <= limit && blanked <= limit) {
            return;
        }
        if (accepted != null && accepted.covers(deleted, blanked)) {
            return;
        }
        throw new BrakeException(
                "stream " + settings.name() + ": this cycle would delete " + deleted + " and blank " + blanked
                        + " of the "
                        + live + " rows of table " + merge.table() + ", more than " + limit
                        + advice,
                deleted,
                blanked);
    }
}
