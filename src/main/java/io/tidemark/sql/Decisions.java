package io.tidemark.sql;

import io.tidemark.change.Change;
import io.tidemark.change.Change.Attempt;
import io.tidemark.change.Change.Kind;
import io.tidemark.change.Change.State;
import io.tidemark.change.Conflict;
import io.tidemark.change.Meeting;
import io.tidemark.change.Meeting.Fate;
import io.tidemark.settings.Settings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Deletes;
import io.tidemark.sql.Waiting.DeadLetter;
import io.tidemark.sql.Waiting.Recorded;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about conflicts and dead letters. Each decision is one transaction with the bridge's mark, which
 * locks the row before its change as an edit does and looks again at how the change stands: it works beside a running
 * daemon, and what was decided or edited meanwhile stays. Safe for use by many threads.
 */
public final class Decisions {
    private static final String BY_PERSON = ", decided by a person";

    private final Database database;
    private final Settings settings;

    public Decisions(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Which side's value stays. */
    public enum Side {
        LOCAL,
        REMOTE
    }

    /**
     * What came of a decision, for a person; leads with the stream.
     *
     * @param done whether it is as the person wanted
     * @param sends whether something is to be sent now
     */
    public record Answer(String stream, boolean done, boolean sends, String words) {}

    /**
     * A value of a dead letter.
     *
     * @param here what the row holds, or what the vendor did not keep; people's data
     * @param base what both sides last agreed on, or the vendor has had since; people's data
     */
    public record Held(
            String column, @Nullable String here, @Nullable String base) {}

    /** Settles an open conflict. */
    public Answer resolve(Recorded conflict, Side keep) {
        if (conflict.resolvedAt() != null) {
            return no(conflict.stream(), "conflict " + conflict.id() + " is settled already: " + conflict.outcome());
        }
        return at(conflict.stream(), work -> {
            Optional<Change> found = work.lockOf(conflict.key());
            if (!work.close(conflict, keep)) {
                return no(conflict.stream(), "conflict " + conflict.id() + " has been settled meanwhile");
            }
            if (found.isEmpty()) {
                return yes(conflict.stream(), "nothing is edited here any more, so both sides agree");
            }
            return conflict.field().equals(Conflict.RECORD)
                    ? work.ofRecord(conflict, found.get(), keep)
                    : work.ofField(conflict, found.get(), keep);
        });
    }

    /** Lets a dead letter be sent once more, at once. */
    public Answer retry(DeadLetter letter) {
        return at(letter.stream(), work -> {
            Optional<Change> found = work.lockDead(letter);
            return found.isEmpty() ? over(letter) : work.retry(letter, found.get());
        });
    }

    /** Gives a dead letter up: the vendor's values come into the row. */
    public Answer drop(DeadLetter letter) {
        return at(letter.stream(), work -> {
            Optional<Change> found = work.lockDead(letter);
            return found.isEmpty() ? over(letter) : work.drop(letter, found.get());
        });
    }

    /** What a dead letter holds; empty where its table is not watched any more. */
    public List<Held> held(DeadLetter letter) {
        return at(letter.stream(), List.of(), Work::held, letter);
    }

    private static Answer over(DeadLetter letter) {
        return no(
                letter.stream(),
                "dead letter " + letter.id() + " is none any more: somebody decided or edited the row");
    }

    private static Answer yes(String stream, String words) {
        return new Answer(stream, true, false, stream + ": " + words);
    }

    private static Answer sends(String stream, String words) {
        return new Answer(stream, true, true, stream + ": " + words);
    }

    private static Answer no(String stream, String words) {
        return new Answer(stream, false, false, stream + ": " + words);
    }

    @FunctionalInterface
    private interface Decision {
        Answer with(Work work) throws SQLException;
    }

    @FunctionalInterface
    private interface Look<T> {
        List<T> with(Work work, DeadLetter letter) throws SQLException;
    }

    private Answer at(String stream, Decision decision) {
        return find(stream)
                .map(known -> database.asBridge(stream, connection -> {
                    Optional<Work> work = work(connection, known);
                    return work.isPresent()
                            ? decision.with(work.get())
                            : no(
                                    stream,
                                    "local edits of table " + known.table() + " are not captured. Set tidemark.streams."
                                            + stream + ".direction=both and run 'tidemark sync " + stream
                                            + "' first, or 'tidemark uninstall " + stream + "' to be rid of them");
                }))
                .orElseGet(() -> no(
                        stream,
                        "is not configured any more. Configure it again to decide, or run 'tidemark uninstall " + stream
                                + "' to be rid of what is left"));
    }

    private <T> List<T> at(String stream, List<T> otherwise, Look<T> look, DeadLetter letter) {
        return find(stream)
                .map(known -> database.asBridge(stream, connection -> {
                    Optional<Work> work = work(connection, known);
                    return work.isPresent() ? look.with(work.get(), letter) : otherwise;
                }))
                .orElse(otherwise);
    }

    private Optional<StreamSettings> find(String stream) {
        return settings.streams().stream()
                .filter(each -> each.name().equals(stream))
                .findFirst();
    }

    private Optional<Work> work(Connection connection, StreamSettings stream) throws SQLException {
        var zone = settings.sourceOf(stream).zone();
        return CapturedTable.of(connection, database, stream)
                .map(captured -> new Work(
                        database,
                        connection,
                        stream,
                        new EditedRows(
                                database, stream, captured.table(), new Values(captured.columns(), zone), connection)));
    }

    /** One decision within its transaction. */
    private static final class Work {
        private final Database database;
        private final Connection connection;
        private final StreamSettings stream;
        private final EditedRows rows;
        private Optional<Map<String, @Nullable String>> local = Optional.empty();

        Work(Database database, Connection connection, StreamSettings stream, EditedRows rows) {
            this.database = database;
            this.connection = connection;
            this.stream = stream;
            this.rows = rows;
        }

        /** Locks a record's row, then its change. */
        Optional<Change> lockOf(String key) throws SQLException {
            try (var select = database.prepare(connection, """
                    select id, row_id from ~tidemark_change where stream = ? and record_key = ? order by id
                    """)) {
                new Bind(select).text(stream.name()).text(key);
                try (var row = select.executeQuery()) {
                    return row.next() ? lock(row.getLong(1), row.getLong(2)) : Optional.empty();
                }
            }
        }

        Optional<Change> lockDead(DeadLetter letter) throws SQLException {
            return lock(letter.id(), letter.rowId()).filter(change -> change.state() == State.DEAD);
        }

        private Optional<Change> lock(long id, long rowId) throws SQLException {
            local = rows.lock(rowId);
            return rows.changes().find(connection, id).filter(change -> change.rowId() == rowId);
        }

        boolean close(Recorded conflict, Side keep) throws SQLException {
            try (var update = database.prepare(connection, """
                    update ~tidemark_conflict set outcome = ?, resolved_at = current_timestamp
                    where id = ? and resolved_at is null
                    """)) {
                return new Bind(update)
                                .text((keep == Side.LOCAL ? "target" : "source") + BY_PERSON)
                                .number(conflict.id())
                                .update()
                        == 1;
            }
        }

        private boolean othersOpen(String key) throws SQLException {
            String column = database.dialect().quote(database.dialect().fold("key"));
            try (var select = database.prepare(
                    connection,
                    "select count(*) from ~tidemark_conflict where stream = ? and " + column
                            + " = ? and resolved_at is null")) {
                new Bind(select).text(stream.name()).text(key);
                try (var row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1) > 0;
                }
            }
        }

        Answer ofField(Recorded conflict, Change change, Side keep) throws SQLException {
            String field = conflict.field();
            if (change.kind() == Kind.DELETE || local.isEmpty()) {
                return yes(
                        stream.name(), "the row was deleted here since, so there is no " + field + " to decide about");
            }
            if (!change.base().containsKey(field)) {
                return yes(stream.name(), field + " of record " + conflict.key() + " is the same on both sides by now");
            }
            boolean waits = othersOpen(conflict.key());
            if (keep == Side.LOCAL) {
                write(change, next(change, waits, keep), change.base(), change.attempt());
                return waits
                        ? yes(
                                stream.name(),
                                "the value here stays, and is sent once the record's other conflicts are settled")
                        : sends(stream.name(), "the value here stays and is sent");
            }
            @Nullable String theirs = change.base().get(field);
            Map<String, @Nullable String> base = new LinkedHashMap<>(change.base());
            if (!sent(change, field)) {
                base.remove(field);
            }
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            row.put(field, theirs);
            boolean agreed = base.isEmpty()
                    && change.pins().isEmpty()
                    && change.attempt().isEmpty();
            rows.set(change.rowId(), row, agreed);
            if (agreed) {
                rows.changes().delete(connection, change.id());
                return yes(stream.name(), "the vendor's value is in the row, and both sides agree");
            }
            State next = base.isEmpty() && change.state() != State.SENDING ? State.PINNED : next(change, waits, keep);
            write(change, next, base, change.attempt());
            String words = "the vendor's value is in the row";
            return next == State.PENDING
                    ? sends(stream.name(), words + "; what else was edited is sent")
                    : yes(stream.name(), words);
        }

        /** What was sent may arrive yet: until that is known the field stays an edit. */
        private static boolean sent(Change change, String field) {
            return change.attempt()
                    .filter(attempt -> attempt.values().containsKey(field))
                    .isPresent();
        }

        private static State next(Change change, boolean waits, Side keep) {
            return switch (change.state()) {
                case HELD -> waits ? State.HELD : State.PENDING;
                case DEAD -> keep == Side.LOCAL ? State.PENDING : State.DEAD;
                case PENDING, SENDING, PINNED -> change.state();
            };
        }

        Answer ofRecord(Recorded conflict, Change change, Side keep) throws SQLException {
            boolean deletedHere = change.kind() == Kind.DELETE;
            if (keep == Side.LOCAL) {
                write(change, next(change, false, keep), change.base(), change.attempt());
                return sends(
                        stream.name(),
                        deletedHere
                                ? "record " + conflict.key() + " is deleted at the vendor, too"
                                : "the edits of record " + conflict.key()
                                        + " are sent; a vendor that has deleted it for good makes them a dead letter");
            }
            if (deletedHere) {
                rows.write(
                        change.rowId(),
                        conflict.key(),
                        Optional.of(change),
                        new Meeting(change.base(), Fate.RETURNS, Optional.empty(), List.of()));
                return yes(stream.name(), "record " + conflict.key() + " is back in table " + stream.table());
            }
            keep(conflict.key(), change);
            goes(change);
            return yes(stream.name(), "record " + conflict.key() + " is deleted here, too");
        }

        /** What a deletion takes along stays known. */
        private void keep(String key, Change change) throws SQLException {
            Map<String, @Nullable String> row = local.orElse(Map.of());
            for (var field : change.base().entrySet()) {
                rows.changes()
                        .record(
                                connection,
                                key,
                                new Conflict(
                                        field.getKey(),
                                        field.getValue(),
                                        row.get(field.getKey()),
                                        Conflict.DELETED,
                                        "manual",
                                        "deleted" + BY_PERSON,
                                        false));
            }
        }

        private void goes(Change change) throws SQLException {
            if (local.isPresent()) {
                if (stream.deletes() != Deletes.DELETE) {
                    rows.set(change.rowId(), change.base(), true);
                }
                rows.remove(change.rowId());
            }
            rows.changes().delete(connection, change.id());
        }

        Answer retry(DeadLetter letter, Change change) throws SQLException {
            Map<String, @Nullable String> lost = new LinkedHashMap<>();
            change.attempt().map(Attempt::values).orElse(Map.of()).forEach((column, value) -> {
                boolean untouched = change.base().containsKey(column)
                        && local.isPresent()
                        && Objects.equals(local.get().get(column), change.base().get(column));
                if (untouched) {
                    lost.put(column, value);
                }
            });
            rows.set(change.rowId(), lost, false);
            write(change, State.PENDING, change.base(), Optional.empty());
            return sends(
                    stream.name(),
                    letter.record() + " is sent again"
                            + (lost.isEmpty()
                                    ? ""
                                    : "; the row has its own value of " + String.join(", ", lost.keySet()) + " back"));
        }

        Answer drop(DeadLetter letter, Change change) throws SQLException {
            String key = change.key();
            if (key != null) {
                rows.changes().resolve(connection, key, "source" + BY_PERSON);
            }
            if (change.kind() == Kind.DELETE) {
                return dropDeletion(letter, change);
            }
            if (change.kind() == Kind.INSERT || key == null) {
                rows.changes().delete(connection, change.id());
                return yes(
                        stream.name(),
                        "the change is gone; " + letter.record() + " stays in table " + stream.table()
                                + " and is not sent" + (key == null ? ", for the vendor never had it" : ""));
            }
            if (change.recordGone()) {
                goes(change);
                return yes(stream.name(), letter.record() + " is as the vendor has it: deleted");
            }
            boolean agreed = change.pins().isEmpty();
            if (local.isPresent()) {
                rows.set(change.rowId(), change.base(), agreed);
            }
            if (agreed) {
                rows.changes().delete(connection, change.id());
            } else {
                write(change, State.PINNED, Map.of(), Optional.empty());
            }
            return yes(stream.name(), letter.record() + " has the vendor's values again");
        }

        private Answer dropDeletion(DeadLetter letter, Change change) throws SQLException {
            String key = change.key();
            if (key == null) {
                rows.changes().delete(connection, change.id());
                return yes(
                        stream.name(), "the deletion of " + letter.record() + " is forgotten; the vendor never had it");
            }
            rows.write(
                    change.rowId(),
                    key,
                    Optional.of(change),
                    new Meeting(change.base(), Fate.RETURNS, Optional.empty(), List.of()));
            return yes(stream.name(), letter.record() + " is back in table " + stream.table());
        }

        private void write(Change change, State state, Map<String, @Nullable String> base, Optional<Attempt> attempt)
                throws SQLException {
            boolean again = state == State.PENDING;
            Instant now = Database.now(connection);
            rows.changes()
                    .write(
                            connection,
                            new Change(
                                    change.id(),
                                    change.rowId(),
                                    change.key(),
                                    change.kind(),
                                    state,
                                    change.version(),
                                    change.changedAt(),
                                    base,
                                    attempt,
                                    change.pins(),
                                    again ? 0 : change.attempts(),
                                    again ? now : change.nextAt(),
                                    state == State.HELD || state == State.DEAD ? change.reason() : null));
        }

        List<Held> held(DeadLetter letter) throws SQLException {
            Optional<Change> found = lockDead(letter);
            if (found.isEmpty()) {
                return List.of();
            }
            Change change = found.get();
            Map<String, @Nullable String> row = local.orElse(Map.of());
            Map<String, @Nullable String> lost = change.kind() == Kind.INSERT
                    ? Map.of()
                    : change.attempt().map(Attempt::values).orElse(Map.of());
            return rows.values().columns().stream()
                    .filter(column -> change.kind() == Kind.INSERT
                            ? row.get(column.name()) != null
                            : change.base().containsKey(column.name()))
                    .map(column -> new Held(
                            column.name(),
                            lost.containsKey(column.name()) ? lost.get(column.name()) : row.get(column.name()),
                            change.base().get(column.name())))
                    .toList();
        }
    }
}
