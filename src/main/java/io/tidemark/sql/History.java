package io.tidemark.sql;

import io.tidemark.sql.CycleEnd.Counts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has happened: finished cycles and rejected rows. Safe for use by many threads. */
public final class History {
    private final Database database;

    public History(Database database) {
        this.database = database;
    }

    /**
     * A cycle.
     *
     * @param outcome {@code running}, {@code committed}, {@code failed} or {@code stopped}
     */
    public record Cycle(
            long id,
            String stream,
            String kind,
            @Nullable Instant windowFrom,
            @Nullable Instant windowTo,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String outcome,
            Counts counts,
            long loadMillis,
            @Nullable String error) {}

    /**
     * A row that could not be stored.
     *
     * @param column null where the row as a whole is at fault
     * @param raw the row as it came, bounded; people's data
     */
    public record RejectedRow(
            long id,
            String stream,
            long cycleId,
            String file,
            long line,
            @Nullable String column,
            String reason,
            String raw,
            Instant createdAt) {}

    /** The latest cycle of each stream. */
    public Map<String, Cycle> latest() {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                            select * from ~tidemark_cycle
                            where id in (select max(id) from ~tidemark_cycle group by stream)
                            """);
                    var row = select.executeQuery()) {
                var latest = new HashMap<String, Cycle>();
                while (row.next()) {
                    Cycle cycle = cycle(row);
                    latest.put(cycle.stream(), cycle);
                }
                return latest;
            }
        });
    }

    public Optional<Cycle> latest(String stream) {
        return Optional.ofNullable(latest().get(stream));
    }

    /** A stream's cycles after the given one, the oldest first. */
    public List<Cycle> cyclesAfter(String stream, long id) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(
                    connection, "select * from ~tidemark_cycle where stream = ? and id > ? order by id")) {
                new Bind(select).text(stream).number(id);
                try (var row = select.executeQuery()) {
                    var cycles = new ArrayList<Cycle>();
                    while (row.next()) {
                        cycles.add(cycle(row));
                    }
                    return cycles;
                }
            }
        });
    }

    /** What a stream's database stores otherwise than delivered, in words for people; streams without are left out. */
    public Map<String, String> altered() {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                            select stream, column_name, count(*) from ~tidemark_altered
                            group by stream, column_name order by stream, column_name
                            """);
                    var row = select.executeQuery()) {
                var keys = new LinkedHashMap<String, Map<String, Long>>();
                while (row.next()) {
                    keys.computeIfAbsent(row.getString(1), stream -> new LinkedHashMap<>())
                            .put(row.getString(2), row.getLong(3));
                }
                var words = new HashMap<String, String>();
                keys.forEach((stream, columns) -> words.put(stream, Altered.words(columns)));
                return words;
            }
        });
    }

    /** How many rows of each stream wait as rejects. */
    public Map<String, Long> rejectCounts() {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(
                            connection, "select stream, count(*) from ~tidemark_reject group by stream");
                    var row = select.executeQuery()) {
                var counts = new HashMap<String, Long>();
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
                return counts;
            }
        });
    }

    /**
     * Rejects, the newest first.
     *
     * @param stream null for every stream
     * @param most how many at the most
     */
    public List<RejectedRow> rejects(@Nullable String stream, int most) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select * from ~tidemark_reject
                    where cast(? as varchar(31)) is null or stream = ?
                    order by id desc
                    fetch first ? rows only
                    """)) {
                new Bind(select).text(stream).text(stream).number(most);
                try (var row = select.executeQuery()) {
                    var rejects = new ArrayList<RejectedRow>();
                    while (row.next()) {
                        rejects.add(reject(row));
                    }
                    return rejects;
                }
            }
        });
    }

    public Optional<RejectedRow> reject(long id) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, "select * from ~tidemark_reject where id = ?")) {
                new Bind(select).number(id);
                try (var row = select.executeQuery()) {
                    return row.next() ? Optional.of(reject(row)) : Optional.empty();
                }
            }
        });
    }

    /** Removes a reject a person has dealt with; returns whether it was there. */
    public boolean dropReject(long id) {
        return database.inTransaction(connection -> {
            try (var delete = database.prepare(connection, "delete from ~tidemark_reject where id = ?")) {
                return new Bind(delete).number(id).update() == 1;
            }
        });
    }

    /** Removes all rejects of a stream; returns how many. */
    public int dropRejects(String stream) {
        return database.inTransaction(connection -> {
            try (var delete = database.prepare(connection, "delete from ~tidemark_reject where stream = ?")) {
                return new Bind(delete).text(stream).update();
            }
        });
    }

    /**
     * Removes cycles, rejects and settled conflicts that are older than the retention; the latest cycle of each stream and
     * open conflicts stay.
     */
    public void purge(Duration retention) {
        database.inTransaction(connection -> {
            Instant before = Database.now(connection).minus(retention);
            try (var rejects = database.prepare(connection, "delete from ~tidemark_reject where created_at < ?")) {
                new Bind(rejects).time(before).update();
            }
            try (var conflicts = database.prepare(connection, "delete from ~tidemark_conflict where resolved_at < ?")) {
                new Bind(conflicts).time(before).update();
            }
            try (var cycles = database.prepare(connection, """
                    delete from ~tidemark_cycle
                    where finished_at < ?
                      and id not in (select max(id) from ~tidemark_cycle group by stream)
                    """)) {
                return new Bind(cycles).time(before).update();
            }
        });
    }

    private static Cycle cycle(ResultSet row) throws SQLException {
        return new Cycle(
                row.getLong("id"),
                row.getString("stream"),
                row.getString("kind"),
                Bind.time(row, "window_from"),
                Bind.time(row, "window_to"),
                Objects.requireNonNull(Bind.time(row, "started_at"), "started_at is null"),
                Bind.time(row, "finished_at"),
                row.getString("outcome"),
                new Counts(
                        row.getLong("rows_read"),
                        row.getLong("rows_inserted"),
                        row.getLong("rows_updated"),
                        row.getLong("rows_unchanged"),
                        row.getLong("rows_deleted"),
                        row.getLong("rows_rejected"),
                        row.getLong("rows_duplicate")),
                row.getLong("load_millis"),
                row.getString("error"));
    }

    private static RejectedRow reject(ResultSet row) throws SQLException {
        return new RejectedRow(
                row.getLong("id"),
                row.getString("stream"),
                row.getLong("cycle_id"),
                row.getString("file"),
                row.getLong("line"),
                row.getString("column_name"),
                row.getString("reason"),
                row.getString("raw"),
                Objects.requireNonNull(Bind.time(row, "created_at"), "created_at is null"));
    }
}
