package io.tidemark.change;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Settles the conflicts of one row by the stream's rule.
 *
 * @param remoteTime when the record was last changed at the vendor, capped at the window's end; empty where unknown
 * @param ahead how far the vendor's clock is ahead of the database's
 */
public record Judge(ConflictRule rule, Optional<Instant> remoteTime, Duration ahead) {
    public Judge {
        requireNonNull(rule, "rule is null");
        requireNonNull(remoteTime, "remoteTime is null");
        requireNonNull(ahead, "ahead is null");
    }

    /** Who wins. */
    public enum Winner {
        LOCAL,
        REMOTE,
        /** Nobody until a person decides. */
        NOBODY
    }

    /** Who wins, and by which rule in words. */
    public record Verdict(Winner winner, String rule) {}

    /** A field's conflict. Without a usable time, and at equal times, the vendor wins. */
    Verdict ofField(Instant localTime) {
        return verdict(localTime, Winner.REMOTE);
    }

    /** A deletion against an edit. Without a usable time, and at equal times, the deletion wins. */
    Verdict ofDeletion(Instant localTime, Winner deleted) {
        return verdict(localTime, deleted);
    }

    private Verdict verdict(Instant localTime, Winner otherwise) {
        return switch (rule) {
            case SOURCE_WINS -> new Verdict(Winner.REMOTE, rule.word());
            case TARGET_WINS -> new Verdict(Winner.LOCAL, rule.word());
            case MANUAL -> new Verdict(Winner.NOBODY, rule.word());
            case NEWEST_WINS -> newest(localTime, otherwise);
        };
    }

    private Verdict newest(Instant localTime, Winner otherwise) {
        Instant local = localTime.plus(ahead);
        if (remoteTime.isEmpty() || remoteTime.get().equals(local)) {
            return new Verdict(otherwise, rule.word() + " (no usable time)");
        }
        return new Verdict(remoteTime.get().isAfter(local) ? Winner.REMOTE : Winner.LOCAL, rule.word());
    }
}
