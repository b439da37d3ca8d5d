package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.change.Change;
import io.tidemark.change.Change.Attempt;
import io.tidemark.change.Change.Kind;
import io.tidemark.change.Change.Pin;
import io.tidemark.change.Change.State;
import io.tidemark.change.Conflict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stream's rows of the outbox and of the conflicts, within the caller's transaction. */
final class ChangeRows {
    private final Database database;
    private final String stream;
    private final Values values;

    ChangeRows(Database database, String stream, Values values) {
        this.database = database;
        this.stream = stream;
        this.values = values;
    }

    /** Locks and reads the change of a row of the table. */
    Optional<Change> ofRow(Connection connection, long rowId) throws SQLException {
        try (var select = database.prepare(
                connection, "select * from ~tidemark_change where stream = ? and row_id = ? for update")) {
            new Bind(select).text(stream).number(rowId);
            return one(select);
        }
    }

    /** Locks and reads a change. */
    Optional<Change> find(Connection connection, long id) throws SQLException {
        try (var select =
                database.prepare(connection, "select * from ~tidemark_change where stream = ? and id = ? for update")) {
            new Bind(select).text(stream).number(id);
            return one(select);
        }
    }

    private Optional<Change> one(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    /** Reads the changes that a query finds. */
    List<Change> all(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            var changes = new ArrayList<Change>();
            while (row.next()) {
                changes.add(read(row));
            }
            return changes;
        }
    }

    private Change read(ResultSet row) throws SQLException {
        Long sentVersion = Bind.number(row, "sent_version");
        Instant sentAt = Bind.time(row, "sent_at");
        Optional<Attempt> attempt = sentVersion == null || sentAt == null
                ? Optional.empty()
                : Optional.of(new Attempt(
                        values.fromJson(row.getString("sent")),
                        sentVersion,
                        sentAt,
                        Optional.ofNullable(row.getString("job"))));
        return new Change(
                row.getLong("id"),
                row.getLong("row_id"),
                row.getString("record_key"),
                Kind.of(row.getString("kind")),
                State.of(row.getString("state")),
                row.getLong("version"),
                requireNonNull(Bind.time(row, "changed_at")),
                values.fromJson(row.getString("base")),
                attempt,
                pins(row.getString("pins")),
                row.getInt("attempts"),
                requireNonNull(Bind.time(row, "next_at")),
                row.getString("reason"));
    }

    private static Map<String, Pin> pins(@Nullable String json) {
        Map<String, Pin> pins = new LinkedHashMap<>();
        Values.json(json)
                .forEach((column, pin) -> pins.put(
                        column,
                        new Pin(
                                text(pin.path("base")),
                                text(pin.path("sent")),
                                passed(pin.path("passed")),
                                !pin.path("ours").isBoolean()
                                        || pin.path("ours").asBoolean(),
                                pin.path("reads").asInt(),
                                Instant.parse(pin.path("lastRead").asText()))));
        return pins;
    }

    private static List<@Nullable String> passed(JsonNode values) {
        var passed = new ArrayList<@Nullable String>();
        values.forEach(value -> passed.add(text(value)));
        return passed;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() ? value.asText() : null;
    }

    private static @Nullable String json(Map<String, Pin> pins) {
        if (pins.isEmpty()) {
            return null;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        pins.forEach((column, pin) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("base", pin.base());
            one.put("sent", pin.sent());
            if (!pin.passed().isEmpty()) {
                one.put("passed", pin.passed());
            }
            if (!pin.ours()) {
                one.put("ours", false);
            }
            one.put("reads", pin.reads());
            one.put("lastRead", pin.lastRead().toString());
            all.put(column, one);
        });
        return Values.toJson(all);
    }

    /** Stores a change that is there, or one that was made up for a row that had none. */
    void write(Connection connection, Change change) throws SQLException {
        if (change.id() == 0) {
            insert(connection, change);
            return;
        }
        try (var update = database.prepare(connection, """
                update ~tidemark_change
                set record_key = ?, kind = ?, state = ?, base = ?, sent = ?, sent_version = ?, sent_at = ?, job = ?,
                    pins = ?, attempts = ?, next_at = ?, reason = ?
                where id = ?
                """)) {
            Bind bind = new Bind(update)
                    .text(change.key())
                    .text(change.kind().word())
                    .text(change.state().word())
                    .text(Values.toJson(change.base()));
            bindRest(bind, change).number(change.id()).update();
        }
    }

    private void insert(Connection connection, Change change) throws SQLException {
        String version = database.dialect().nextVersion();
        try (var insert = database.prepare(connection, """
                insert into ~tidemark_change (stream, row_id, record_key, kind, state, version, changed_at, base, sent,
                    sent_version, sent_at, job, pins, attempts, next_at, reason)
                values (?, ?, ?, ?, ?, %s, current_timestamp, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """.formatted(version))) {
            Bind bind = new Bind(insert)
                    .text(stream)
                    .number(change.rowId())
                    .text(change.key())
                    .text(change.kind().word())
                    .text(change.state().word())
                    .text(Values.toJson(change.base()));
            bindRest(bind, change).update();
        }
    }

    private static Bind bindRest(Bind bind, Change change) throws SQLException {
        Optional<Attempt> attempt = change.attempt();
        return bind.text(attempt.map(sent -> Values.toJson(sent.values())).orElse(null))
                .number(attempt.map(Attempt::version).orElse(null))
                .time(attempt.map(Attempt::at).orElse(null))
                .text(attempt.flatMap(Attempt::job).orElse(null))
                .text(json(change.pins()))
                .number(change.attempts())
                .time(change.nextAt())
                .text(StreamRow.shortened(change.reason(), 2000));
    }

    void delete(Connection connection, long id) throws SQLException {
        try (var delete = database.prepare(connection, "delete from ~tidemark_change where id = ?")) {
            new Bind(delete).number(id).update();
        }
    }

    /** Records a conflict; an open one of the same field gets the vendor's newer value. */
    void record(Connection connection, String key, Conflict conflict) throws SQLException {
        if (conflict.open() && moveOpen(connection, key, conflict)) {
            return;
        }
        try (var insert = database.prepare(connection, """
                insert into ~tidemark_conflict (stream, %s, field, base, local, remote, rule, outcome, created_at,
                    resolved_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, current_timestamp, case when ? then null else current_timestamp end)
                """.formatted(key()))) {
            new Bind(insert)
                    .text(stream)
                    .text(key)
                    .text(conflict.field())
                    .text(conflict.base())
                    .text(conflict.local())
                    .text(conflict.remote())
                    .text(conflict.rule())
                    .text(conflict.outcome())
                    .flag(conflict.open())
                    .update();
        }
    }

    private boolean moveOpen(Connection connection, String key, Conflict conflict) throws SQLException {
        try (var update = database.prepare(connection, """
                update ~tidemark_conflict set local = ?, remote = ?
                where stream = ? and %s = ? and field = ? and resolved_at is null
                """.formatted(key()))) {
            return new Bind(update)
                            .text(conflict.local())
                            .text(conflict.remote())
                            .text(stream)
                            .text(key)
                            .text(conflict.field())
                            .update()
                    > 0;
        }
    }

    /** Closes the open conflicts of a record. */
    void resolve(Connection connection, String key, String outcome) throws SQLException {
        try (var update = database.prepare(connection, """
                update ~tidemark_conflict set outcome = ?, resolved_at = current_timestamp
                where stream = ? and %s = ? and resolved_at is null
                """.formatted(key()))) {
            new Bind(update).text(outcome).text(stream).text(key).update();
        }
    }

    private String key() {
        return database.dialect().quote(database.dialect().fold("key"));
    }
}
