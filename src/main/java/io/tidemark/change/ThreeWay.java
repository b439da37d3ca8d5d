package io.tidemark.change;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.Change.Attempt;
import io.tidemark.change.Change.Kind;
import io.tidemark.change.Change.Pin;
import io.tidemark.change.Change.State;
import io.tidemark.change.Judge.Verdict;
import io.tidemark.change.Judge.Winner;
import io.tidemark.change.Meeting.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a locally changed row and the vendor's record together, field by field against what both sides last agreed on.
 * Whatever comes in, the base moves with it: the same record a second time changes nothing more.
 *
 * @param judge settles what both sides changed
 * @param now the database's time
 * @param sight how the vendor's record came to be seen
 * @param settleDelay how long an export may take to show what the vendor has
 * @param writable the columns that can be written at the vendor, empty for all
 * @param undeletes whether a record that was deleted at the vendor can be brought back
 */
public record ThreeWay(
        Judge judge,
        Instant now,
        Sight sight,
        Duration settleDelay,
        Optional<Set<String>> writable,
        boolean undeletes) {

    /** How the vendor's record came to be seen, and so what it proves about exports to come. */
    public enum Sight {
        /** The record itself was read: it is newer than any export, and exports may show older states after it. */
        LOOK,
        /** An export; what it does not show, or shows in an older state, proves nothing. */
        EXPORT,
        /** An export of the records that were written: what it does not show is missing. */
        READ_BACK
    }

    /** So often, each time later than the settle delay, the vendor is seen without a confirmed value before it is given up. */
    static final int PATIENCE = 3;

    public ThreeWay {
        requireNonNull(judge, "judge is null");
        requireNonNull(now, "now is null");
        requireNonNull(sight, "sight is null");
        requireNonNull(settleDelay, "settleDelay is null");
        writable = writable.map(Set::copyOf);
    }

    /** Where every column can be written. */
    public ThreeWay(Judge judge, Instant now, Sight sight, Duration settleDelay) {
        this(judge, now, sight, settleDelay, Optional.empty(), false);
    }

    /** Where these columns can be written; of the others nobody decides, they are the vendor's. */
    public ThreeWay writing(Set<String> columns) {
        return new ThreeWay(judge, now, sight, settleDelay, Optional.of(columns), undeletes);
    }

    /** Where deleted records can be brought back, or not. */
    public ThreeWay undeleting(boolean can) {
        return new ThreeWay(judge, now, sight, settleDelay, writable, can);
    }

    /**
     * The vendor's record meets an edited row.
     *
     * @param local the row's values by column
     * @param remote the record's values by column, as far as they came; without the key
     */
    public Meeting meet(Change change, Map<String, @Nullable String> local, Map<String, @Nullable String> remote) {
        if (change.kind() == Kind.DELETE) {
            throw new IllegalArgumentException("a deletion has no row to meet");
        }
        return new Fields(change, local).meet(remote);
    }

    /**
     * The vendor's record meets a row of which nobody knows when both sides last agreed. A column that is empty here takes
     * the vendor's value: it may have been added a moment ago, and nothing is lost by it.
     */
    public Meeting meetUnknown(
            long rowId, String key, Map<String, @Nullable String> local, Map<String, @Nullable String> remote) {
        var nothing = new Change(
                0,
                rowId,
                key,
                Kind.UPDATE,
                State.PENDING,
                0,
                Instant.EPOCH,
                Map.of(),
                Optional.empty(),
                Map.of(),
                0,
                now,
                null);
        return new Fields(nothing, local).meetUnknown(remote);
    }

    /**
     * The vendor's record meets a row that was deleted here.
     *
     * @param propagate whether deletions go to the vendor
     */
    public Meeting meetDeletion(Change change, Map<String, @Nullable String> remote, boolean propagate) {
        if (!propagate) {
            return returns(remote, "outbound-deletes=ignore");
        }
        if (unchanged(change, remote)) {
            Pin pin = change.pins().get(Conflict.RECORD);
            return pin == null || isRevival(pin) || !late(pin)
                    ? stays(waiting(change, remote), List.of())
                    : stillThere(change, remote, pin);
        }
        Verdict verdict = judge.ofDeletion(change.changedAt(), Winner.LOCAL);
        if (change.state() == State.PINNED || verdict.winner() == Winner.REMOTE) {
            return returns(remote, verdict.rule());
        }
        Change moved = new Edit(change).bases(remote).done();
        if (verdict.winner() == Winner.LOCAL) {
            return stays(
                    moved, List.of(aboutRecord(Conflict.DELETED, Conflict.PRESENT, verdict.rule(), "deleted", false)));
        }
        return stays(
                new Edit(moved)
                        .shownToTheEnd()
                        .held("deleted here, edited at the vendor")
                        .done(),
                List.of(aboutRecord(Conflict.DELETED, Conflict.PRESENT, verdict.rule(), "held", true)));
    }

    /** A deletion that a person decides on waits for nothing more than the values that were sent before it. */
    private Change waiting(Change change, Map<String, @Nullable String> remote) {
        boolean decided = change.state() == State.DEAD || change.state() == State.HELD;
        boolean unseen = change.pins().entrySet().stream()
                .anyMatch(pin -> pin.getValue().stale(remote.get(pin.getKey())) && !late(pin.getValue()));
        return decided && !unseen ? new Edit(change).shownToTheEnd().done() : change;
    }

    private Meeting stillThere(Change change, Map<String, @Nullable String> remote, Pin pin) {
        return mayYetBeShown(pin)
                ? stays(new Edit(change).pin(Conflict.RECORD, pin.seen(now)).done(), List.of())
                : returns(remote, "the vendor accepted the deletion and kept the record");
    }

    /** Whether the vendor has had its time to show what it confirmed. */
    private boolean late(Pin pin) {
        return sight == Sight.READ_BACK && !now.isBefore(pin.lastRead().plus(settleDelay));
    }

    private boolean unchanged(Change change, Map<String, @Nullable String> remote) {
        boolean movedFromHere = wroteUnseen(change);
        return remote.entrySet().stream()
                .filter(field -> change.base().containsKey(field.getKey()))
                .filter(field -> !movedFromHere || isWritable(field.getKey()))
                .allMatch(field -> {
                    Pin pin = change.pins().get(field.getKey());
                    return Objects.equals(field.getValue(), change.base().get(field.getKey()))
                            || (pin != null && pin.stale(field.getValue()));
                });
    }

    /** A write from here moves what only the vendor sets, such as the time of the change; the row has that when it is shown. */
    private static boolean wroteUnseen(Change change) {
        return change.pins().entrySet().stream()
                .anyMatch(pin ->
                        !pin.getKey().equals(Conflict.RECORD) && pin.getValue().ours());
    }

    private boolean isWritable(String column) {
        return writable.filter(columns -> !columns.contains(column)).isEmpty();
    }

    private static Meeting returns(Map<String, @Nullable String> remote, String rule) {
        return new Meeting(
                remote,
                Fate.RETURNS,
                Optional.empty(),
                List.of(aboutRecord(Conflict.DELETED, Conflict.PRESENT, rule, "returned", false)));
    }

    private static Meeting stays(Change change, List<Conflict> conflicts) {
        return new Meeting(Map.of(), Fate.STAYS, Optional.of(change), conflicts);
    }

    /** A conflict about the record as a whole, which both sides had. */
    private static Conflict aboutRecord(String local, String remote, String rule, String outcome, boolean open) {
        return new Conflict(Conflict.RECORD, Conflict.PRESENT, local, remote, rule, outcome, open);
    }

    /**
     * The vendor deleted a record that was changed here.
     *
     * @param local the row's values by column, empty for a row that was deleted here, too
     */
    public Meeting meetRemoteDeletion(Change change, Map<String, @Nullable String> local) {
        if (change.kind() == Kind.DELETE) {
            return new Meeting(Map.of(), Fate.STAYS, Optional.empty(), List.of());
        }
        boolean decided = change.state() == State.HELD || change.state() == State.DEAD;
        if (revived(change) && !decided) {
            return stillDeleted(change, requireNonNull(change.pins().get(Conflict.RECORD)));
        }
        if (change.base().isEmpty() && change.kind() != Kind.INSERT) {
            return new Meeting(Map.of(), Fate.GOES, Optional.empty(), List.of());
        }
        Edit edit = new Edit(change).shownToTheEnd();
        if (decided) {
            return stays(edit.done(), List.of());
        }
        Verdict verdict = judge.ofDeletion(change.changedAt(), Winner.REMOTE);
        return switch (verdict.winner()) {
            case REMOTE ->
                new Meeting(Map.of(), Fate.GOES, Optional.empty(), lost(change, local, verdict.rule(), "deleted"));
            case LOCAL ->
                undeletes
                        ? stays(
                                new Edit(change)
                                        .pin(Conflict.RECORD, revival(now))
                                        .done(),
                                List.of(aboutRecord("edited", Conflict.DELETED, verdict.rule(), "undeleted", false)))
                        : stays(
                                edit.dead(Change.RECORD_GONE
                                                + "it was deleted at the vendor and cannot be brought back")
                                        .done(),
                                lost(change, local, verdict.rule(), "dead letter"));
            case NOBODY ->
                stays(
                        edit.held("edited here, deleted at the vendor").done(),
                        List.of(aboutRecord("edited", Conflict.DELETED, verdict.rule(), "held", true)));
        };
    }

    /** Whether a value that was confirmed is waited for after one more read that does not show it. */
    private static boolean mayYetBeShown(Pin pin) {
        return pin.reads() + 1 < PATIENCE;
    }

    /** Of a record that is brought back, exports may go on showing the deletion for a while. */
    private static Pin revival(Instant now) {
        return new Pin(Conflict.DELETED, Conflict.PRESENT, 0, now);
    }

    private static boolean isRevival(Pin pin) {
        return Conflict.DELETED.equals(pin.base());
    }

    /** Whether the record was deleted at the vendor, and is to be brought back there or was. */
    public static boolean revived(Change change) {
        Pin pin = change.pins().get(Conflict.RECORD);
        return pin != null && isRevival(pin);
    }

    private Meeting stillDeleted(Change change, Pin pin) {
        if (change.state() != State.PINNED || !late(pin)) {
            return stays(change, List.of());
        }
        if (mayYetBeShown(pin)) {
            return stays(new Edit(change).pin(Conflict.RECORD, pin.seen(now)).done(), List.of());
        }
        return new Meeting(
                Map.of(),
                Fate.GOES,
                Optional.empty(),
                List.of(aboutRecord("edited", Conflict.DELETED, "accepted but not kept", "deleted", false)));
    }

    private static List<Conflict> lost(
            Change change, Map<String, @Nullable String> local, String rule, String outcome) {
        return change.base().entrySet().stream()
                .map(field -> new Conflict(
                        field.getKey(),
                        field.getValue(),
                        local.get(field.getKey()),
                        Conflict.DELETED,
                        rule,
                        outcome,
                        false))
                .toList();
    }

    /**
     * The vendor confirmed what was sent.
     *
     * @param local the row's values by column as they are now
     */
    public Change confirmed(Change change, Map<String, @Nullable String> local) {
        Attempt attempt = change.attempt().orElseThrow(() -> new IllegalStateException("nothing was sent"));
        Edit edit = new Edit(change);
        attempt.values().forEach((column, sent) -> {
            Pin before = change.pins().get(column);
            edit.pin(
                    column,
                    before == null ? new Pin(change.base().get(column), sent, 0, now) : before.then(sent, true, now));
            if (Objects.equals(local.get(column), sent)) {
                edit.agreed(column);
            } else {
                edit.base(column, sent);
            }
        });
        if (revived(change)) {
            edit.pin(Conflict.RECORD, revival(now));
        }
        return edit.settled().done();
    }

    /**
     * A creation of which nobody knows how much arrived: what was sent and the record lacks is an edit that is still to be
     * sent, and was not sent yet.
     *
     * @param remote the record's values by column, as far as they came
     */
    public static Change arrived(Change change, Map<String, @Nullable String> remote) {
        return change.attempt()
                .map(attempt -> {
                    Edit edit = new Edit(change);
                    Map<String, @Nullable String> values = new LinkedHashMap<>(attempt.values());
                    attempt.values().forEach((column, sent) -> {
                        if (sent != null && remote.containsKey(column) && remote.get(column) == null) {
                            values.remove(column);
                            edit.base(column, null);
                        }
                    });
                    return edit.attempted(new Attempt(values, attempt.version(), attempt.at()))
                            .done();
                })
                .orElse(change);
    }

    /**
     * The vendor has the record that a creation named by some of its values, and may have had it before.
     *
     * @param local the row's values by column as they are now; empty for a row that is gone
     * @param blank what the record holds by column where it is new, so that whatever the row has goes over it; empty where
     *     nobody knows what both sides agree on besides what was sent: then the next one to see the record tells
     */
    public Meeting named(
            Change change, Map<String, @Nullable String> local, Optional<Map<String, @Nullable String>> blank) {
        if (blank.isPresent() && change.kind() == Kind.INSERT) {
            return new Fields(change, local).meetBlank(blank.get());
        }
        Map<String, @Nullable String> agreed = new LinkedHashMap<>(blank.orElse(Map.of()));
        change.attempt().ifPresent(sent -> agreed.putAll(sent.values()));
        return stays(new Edit(change).bases(agreed).named().done(), List.of());
    }

    /** The vendor confirmed the deletion that was sent. */
    public Change deleted(Change change) {
        return new Edit(change)
                .pin(Conflict.RECORD, new Pin(Conflict.PRESENT, Conflict.DELETED, 0, now))
                .settled()
                .pinned()
                .done();
    }

    /**
     * A read-back that asked for the record came without it. Time and again, it is not among what the vendor exports, and
     * nothing will be shown of it.
     *
     * @return what stays local, empty where that is nothing
     */
    public Optional<Change> missing(Change change) {
        Edit edit = new Edit(change);
        change.pins().forEach((column, pin) -> {
            if (late(pin)) {
                if (mayYetBeShown(pin)) {
                    edit.pin(column, pin.seen(now));
                } else {
                    edit.unpin(column);
                }
            }
        });
        Change left = edit.done();
        boolean over = left.state() == State.PINNED && left.pins().isEmpty();
        return over ? Optional.empty() : Optional.of(left);
    }

    /** The change without the edits that were taken back before anybody sent them. */
    public static Change withoutReverts(Change change, Map<String, @Nullable String> local) {
        if (change.kind() != Kind.UPDATE) {
            return change;
        }
        Edit edit = new Edit(change);
        change.base().forEach((column, base) -> {
            boolean sent = change.attempt()
                    .filter(attempt -> attempt.values().containsKey(column))
                    .isPresent();
            if (!sent && Objects.equals(local.get(column), base)) {
                edit.agreed(column);
            }
        });
        return edit.done();
    }

    /** One row's fields while they are compared. */
    private final class Fields {
        private final Change change;
        private final Map<String, @Nullable String> local;
        private final Edit edit;
        private final Map<String, @Nullable String> row = new LinkedHashMap<>();
        private final List<Conflict> conflicts = new ArrayList<>();
        private final List<String> dropped = new ArrayList<>();

        Fields(Change change, Map<String, @Nullable String> local) {
            this.change = change;
            this.local = local;
            this.edit = new Edit(change);
        }

        Meeting meet(Map<String, @Nullable String> remote) {
            if (change.kind() == Kind.INSERT) {
                return meetUnknown(remote);
            }
            remote.forEach((column, value) -> {
                if (change.base().containsKey(column)) {
                    edited(column, value);
                } else if (change.pins().containsKey(column)) {
                    pinned(column, value, requireNonNull(change.pins().get(column)));
                } else if (!Objects.equals(local.get(column), value)) {
                    row.put(column, value);
                }
            });
            return met();
        }

        /** What was inserted here goes where the vendor has nothing: nothing is lost by it. */
        Meeting meetUnknown(Map<String, @Nullable String> remote) {
            boolean inserted = change.kind() == Kind.INSERT;
            edit.known();
            remote.forEach((column, value) -> {
                if (change.base().containsKey(column)) {
                    edited(column, value);
                } else if (Objects.equals(local.get(column), value)) {
                    return;
                } else if (isTheirs(column)) {
                    row.put(column, value);
                } else if (inserted && value == null) {
                    edit.base(column, null);
                } else {
                    conflict(column, Conflict.UNKNOWN, value);
                }
            });
            boolean named = inserted && !change.base().isEmpty();
            if (named && sight == Sight.LOOK) {
                unseen(remote);
            }
            return met();
        }

        /** All that is in the record came from the vendor itself. */
        Meeting meetBlank(Map<String, @Nullable String> remote) {
            remote.forEach((column, value) -> {
                if (Objects.equals(local.get(column), value)) {
                    return;
                }
                if (isTheirs(column)) {
                    row.put(column, value);
                } else {
                    edit.base(column, value);
                }
            });
            unseen(remote);
            edit.settled();
            return met();
        }

        private boolean isTheirs(String column) {
            return !isWritable(column) || local.get(column) == null;
        }

        /** What a record does not show that a creation named counts as empty there. */
        private void unseen(Map<String, @Nullable String> remote) {
            local.keySet().stream()
                    .filter(column -> !remote.containsKey(column) && !isTheirs(column))
                    .filter(column -> !change.base().containsKey(column))
                    .forEach(column -> edit.base(column, null));
        }

        private Meeting met() {
            if (revived(change) && sight != Sight.LOOK) {
                edit.unpin(Conflict.RECORD);
            }
            Change left = edit.done();
            if (!dropped.isEmpty()) {
                left = edit.dropped(dropped).done();
            }
            boolean agreed = left.base().isEmpty()
                    && left.pins().isEmpty()
                    && left.attempt().isEmpty()
                    && left.state() != State.DEAD;
            return new Meeting(row, Fate.STAYS, agreed ? Optional.empty() : Optional.of(left), conflicts);
        }

        private void edited(String column, @Nullable String remote) {
            @Nullable String mine = local.get(column);
            @Nullable String base = change.base().get(column);
            Pin pin = change.pins().get(column);
            if (pin != null && pin.stale(remote)) {
                if (late(pin)) {
                    neverShown(column, pin, remote);
                }
                return;
            }
            shown(column, remote);
            if (sent(column, remote)) {
                if (Objects.equals(mine, remote)) {
                    edit.agreed(column);
                } else {
                    edit.base(column, remote);
                }
            } else if (Objects.equals(mine, remote)) {
                if (sending(column)) {
                    edit.base(column, remote);
                } else {
                    edit.agreed(column);
                }
            } else if (!Objects.equals(base, remote)) {
                conflict(column, base, remote);
            }
        }

        /** An export that shows a value ends its pin; what a look shows is pinned until an export does. */
        private void shown(String column, @Nullable String remote) {
            Pin pin = change.pins().get(column);
            @Nullable String known = pin == null ? change.base().get(column) : pin.sent();
            if (pin != null && pin.ambiguous() && Objects.equals(remote, known) && !late(pin)) {
                return;
            }
            if (sight != Sight.LOOK) {
                edit.unpin(column);
            } else if (!Objects.equals(known, remote)) {
                boolean ours = sent(column, remote);
                edit.pin(
                        column,
                        pin == null ? new Pin(known, remote, List.of(), ours, 0, now) : pin.then(remote, ours, now));
            }
        }

        /** The edit on top of a value that the vendor did not keep goes on from what it has. */
        private void neverShown(String column, Pin pin, @Nullable String remote) {
            if (mayYetBeShown(pin)) {
                edit.pin(column, pin.seen(now));
            } else {
                edit.unpin(column).base(column, remote);
            }
        }

        private boolean sending(String column) {
            return change.attempt()
                    .filter(attempt -> attempt.values().containsKey(column))
                    .isPresent();
        }

        private boolean sent(String column, @Nullable String remote) {
            return change.attempt()
                    .filter(attempt -> attempt.values().containsKey(column)
                            && Objects.equals(attempt.values().get(column), remote))
                    .isPresent();
        }

        private void pinned(String column, @Nullable String remote, Pin pin) {
            if (pin.stale(remote)) {
                if (late(pin)) {
                    seenWithout(column, pin, remote);
                }
                return;
            }
            shown(column, remote);
            if (!Objects.equals(local.get(column), remote)) {
                row.put(column, remote);
            }
        }

        private void seenWithout(String column, Pin pin, @Nullable String remote) {
            if (mayYetBeShown(pin)) {
                edit.pin(column, pin.seen(now));
                return;
            }
            edit.unpin(column);
            row.put(column, remote);
            if (pin.ours()) {
                dropped.add(column);
                conflicts.add(new Conflict(
                        column, remote, pin.sent(), remote, "accepted but not kept", "dead letter", false));
            }
        }

        private void conflict(String column, @Nullable String base, @Nullable String remote) {
            @Nullable String mine = local.get(column);
            Verdict verdict = judge.ofField(change.changedAt());
            Winner winner = change.state() == State.DEAD ? Winner.LOCAL : verdict.winner();
            switch (winner) {
                case REMOTE -> {
                    edit.agreed(column);
                    row.put(column, remote);
                }
                case LOCAL -> edit.base(column, remote);
                case NOBODY -> edit.base(column, remote).held("in conflict: " + column);
            }
            String outcome = switch (winner) {
                case REMOTE -> "source";
                case LOCAL -> change.state() == State.DEAD ? "dead letter" : "target";
                case NOBODY -> "held";
            };
            conflicts.add(new Conflict(column, base, mine, remote, verdict.rule(), outcome, winner == Winner.NOBODY));
        }
    }

    /** The next form of a change while it is written down. */
    private static final class Edit {
        private final Change before;
        private Kind kind;
        private State state;
        private @Nullable String reason;
        private Optional<Attempt> attempt;
        private int attempts;
        private final Map<String, @Nullable String> base;
        private final Map<String, Pin> pins;

        Edit(Change before) {
            this.before = before;
            this.kind = before.kind();
            this.state = before.state();
            this.reason = before.reason();
            this.attempt = before.attempt();
            this.attempts = before.attempts();
            this.base = new LinkedHashMap<>(before.base());
            this.pins = new HashMap<>(before.pins());
        }

        Edit agreed(String column) {
            base.remove(column);
            return this;
        }

        Edit base(String column, @Nullable String value) {
            base.put(column, value);
            return this;
        }

        Edit bases(Map<String, @Nullable String> values) {
            base.putAll(values);
            return this;
        }

        Edit pin(String column, Pin pin) {
            pins.put(column, pin);
            return this;
        }

        Edit unpin(String column) {
            pins.remove(column);
            return this;
        }

        /** Nothing more is waited for that exports might show. */
        Edit shownToTheEnd() {
            pins.clear();
            return this;
        }

        /** The record is there at the vendor: what was an insert is an update. */
        Edit known() {
            kind = Kind.UPDATE;
            state = state == State.PINNED ? State.PENDING : state;
            return this;
        }

        /** The record is there at the vendor, and has yet to be seen: by a look, or without a key by an export. */
        Edit named() {
            attempt = Optional.empty();
            attempts = 0;
            reason = null;
            state = kind == Kind.INSERT && before.key() == null ? State.PINNED : State.PENDING;
            return this;
        }

        Edit held(String why) {
            state = State.HELD;
            reason = why;
            return this;
        }

        Edit dead(String why) {
            state = State.DEAD;
            reason = why;
            return this;
        }

        /** What the vendor accepted and dropped is kept as what was sent. */
        Edit dropped(List<String> columns) {
            Map<String, @Nullable String> lost = new LinkedHashMap<>();
            for (String column : columns) {
                Pin pin = requireNonNull(before.pins().get(column));
                lost.put(column, pin.sent());
            }
            attempt = Optional.of(new Attempt(lost, before.version(), before.changedAt()));
            return dead("the vendor accepted but did not keep " + String.join(", ", columns));
        }

        Edit attempted(Attempt sent) {
            attempt = Optional.of(sent);
            return this;
        }

        /** What was sent is settled. */
        Edit settled() {
            kind = kind == Kind.DELETE ? kind : Kind.UPDATE;
            attempt = Optional.empty();
            attempts = 0;
            reason = null;
            state = base.isEmpty() ? State.PINNED : State.PENDING;
            return this;
        }

        Edit pinned() {
            state = State.PINNED;
            return this;
        }

        Change done() {
            State next = state;
            if (base.isEmpty() && kind == Kind.UPDATE && (state == State.HELD || state == State.PENDING)) {
                next = State.PINNED;
            }
            return new Change(
                    before.id(),
                    before.rowId(),
                    before.key(),
                    kind,
                    next,
                    before.version(),
                    before.changedAt(),
                    base,
                    attempt,
                    pins,
                    attempts,
                    before.nextAt(),
                    reason);
        }
    }
}
