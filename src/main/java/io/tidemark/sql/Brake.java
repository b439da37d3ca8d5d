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

    Brake(StreamSettings settings, @Nullable Allowance accepted) {
        this.settings = settings;
        this.accepted = accepted;
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
                        + ". If that is right, run 'tidemark resume " + settings.name() + " --accept'",
                deleted,
                blanked);
    }
}
