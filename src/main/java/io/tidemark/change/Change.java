package io.tidemark.change;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is local about one row: edits that the vendor has not confirmed, and confirmed ones that it has not shown again.
 * All maps go by column, in the normal form of the column's type; a null is no value.
 *
 * @param rowId the row's {@code tidemark_id}
 * @param key the vendor's key, null until the record is created
 * @param version grows with every further edit
 * @param changedAt the latest edit, by the database's clock
 * @param base the columns that were edited and what both sides last agreed on there; for a deletion the whole row; a
 *     column that is not among them holds what both sides agree on
 * @param attempt what was sent and is not settled
 * @param pins confirmed values by column
 * @param attempts failed tries in a row
 * @param reason why it is held or dead, or what failed last; null for none
 */
public record Change(
        long id,
        long rowId,
        @Nullable String key,
        Kind kind,
        State state,
        long version,
        Instant changedAt,
        Map<String, @Nullable String> base,
        Optional<Attempt> attempt,
        Map<String, Pin> pins,
        int attempts,
        Instant nextAt,
        @Nullable String reason) {

    /** How the reason of a dead letter begins whose record is gone at the vendor. */
    public static final String RECORD_GONE = "record gone: ";

    public Change {
        requireNonNull(kind, "kind is null");
        requireNonNull(state, "state is null");
        requireNonNull(changedAt, "changedAt is null");
        base = copied(base);
        requireNonNull(attempt, "attempt is null");
        pins = Map.copyOf(pins);
        requireNonNull(nextAt, "nextAt is null");
    }

    /** Whether it is a dead letter because its record is gone. */
    public boolean recordGone() {
        return reason != null && reason.startsWith(RECORD_GONE);
    }

    /** To be tried again, with nothing under way. */
    public Change unsent(Instant nextTry, String why) {
        return new Change(
                id,
                rowId,
                key,
                kind,
                State.PENDING,
                version,
                changedAt,
                base,
                Optional.empty(),
                pins,
                attempts + 1,
                nextTry,
                why);
    }

    /**
     * What was sent is part of a job of the vendor's.
     *
     * @param ask when the vendor is asked about it
     */
    public Change partOf(String job, Instant ask) {
        Optional<Attempt> sent =
                attempt.map(each -> new Attempt(each.values(), each.version(), each.at(), Optional.of(job)));
        return new Change(id, rowId, key, kind, state, version, changedAt, base, sent, pins, attempts, ask, reason);
    }

    /** Nothing of it went out after all. */
    public Change unsent() {
        return new Change(
                id,
                rowId,
                key,
                kind,
                state,
                version,
                changedAt,
                base,
                Optional.empty(),
                pins,
                attempts,
                nextAt,
                reason);
    }

    /**
     * A deletion that the vendor confirmed, and that no export will ever show.
     *
     * @param settled from when on exports can be trusted to be without the record
     */
    public Change settledDeletion(Instant settled) {
        return new Change(
                id,
                rowId,
                key,
                kind,
                State.PINNED,
                version,
                changedAt,
                base,
                Optional.empty(),
                Map.of(),
                0,
                settled,
                null);
    }

    static Map<String, @Nullable String> copied(Map<String, @Nullable String> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** What the edits come to. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** How a change stands. */
    public enum State {
        /** To be sent. */
        PENDING,
        /** Being sent, or sent with an unknown end. */
        SENDING,
        /** Confirmed; the vendor has not shown it again. */
        PINNED,
        /** In conflict: a person decides. */
        HELD,
        /** Refused for good: a person decides. */
        DEAD;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What was sent.
     *
     * @param values what was sent, by column; for a deletion empty
     * @param version the change's version then
     * @param job the vendor's id of the job that it is part of, empty where it is part of none
     */
    public record Attempt(Map<String, @Nullable String> values, long version, Instant at, Optional<String> job) {
        public Attempt {
            values = copied(values);
            requireNonNull(at, "at is null");
            requireNonNull(job, "job is null");
        }

        /** What is part of no job. */
        public Attempt(Map<String, @Nullable String> values, long version, Instant at) {
            this(values, version, at, Optional.empty());
        }

        /** The same, no longer part of a job. */
        public Attempt alone() {
            return new Attempt(values, version, at);
        }
    }

    /**
     * A value that the vendor has, and that exports may not show yet: until one does, what came before it is stale.
     *
     * @param base what the vendor had before, as far as exports have shown
     * @param sent what it has now
     * @param passed what it had in between
     * @param ours whether the value was sent from here; otherwise a look at the record showed it
     * @param reads how often an export showed something older since
     * @param lastRead when one last did, or the confirmation
     */
    public record Pin(
            @Nullable String base,
            @Nullable String sent,
            List<@Nullable String> passed,
            boolean ours,
            int reads,
            Instant lastRead) {
        public Pin {
            passed = Collections.unmodifiableList(new ArrayList<>(passed));
            requireNonNull(lastRead, "lastRead is null");
        }

        /** Of a value that was sent, and the first that has to be waited for. */
        public Pin(@Nullable String base, @Nullable String sent, int reads, Instant lastRead) {
            this(base, sent, List.of(), true, reads, lastRead);
        }

        /** The vendor has another value now; none of the earlier ones has been shown. */
        Pin then(@Nullable String value, boolean fromHere, Instant now) {
            var before = new ArrayList<@Nullable String>(passed);
            before.add(sent);
            return new Pin(base, value, before, fromHere, 0, now);
        }

        /** Whether a value is from before. */
        boolean stale(@Nullable String value) {
            return !Objects.equals(value, sent) && (Objects.equals(value, base) || passed.contains(value));
        }

        /** Whether it was the vendor's value before, too, so that an export that shows it may be an old one. */
        boolean ambiguous() {
            return Objects.equals(sent, base) || passed.contains(sent);
        }

        /** Seen with an older value once more. */
        Pin seen(Instant now) {
            return new Pin(base, sent, passed, ours, reads + 1, now);
        }
    }
}
