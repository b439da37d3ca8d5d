package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Local changes that wait to go out, and the conflicts and dead letters that wait for a person. Reads only. */
public final class Waiting {
    private final Database database;

    public Waiting(Database database) {
        this.database = database;
    }

    /**
     * How many there are of a stream.
     *
     * @param changes inserts and updates that are to be sent or are being sent
     * @param deletions deletions of that kind
     * @param conflicts open ones
     */
    public record Counts(long changes, long deletions, long conflicts, long deadLetters) {
        public static final Counts NONE = new Counts(0, 0, 0, 0);

        /** What is still to be sent, where deletions are sent or not. */
        public long pending(boolean withDeletions) {
            return changes + (withDeletions ? deletions : 0);
        }
    }

    /**
     * A conflict as it is recorded.
     *
     * @param local people's data, as are base and remote
     * @param resolvedAt null while it is open
     */
    public record Recorded(
            long id,
            String stream,
            String key,
            String field,
            @Nullable String base,
            @Nullable String local,
            @Nullable String remote,
            String rule,
            String outcome,
            Instant createdAt,
            @Nullable Instant resolvedAt) {}

    /**
     * A change that the vendor refused for good.
     *
     * @param key null where the record was never created
     * @param kind {@code insert}, {@code update} or {@code delete}
     * @param reason the vendor's words, without values
     */
    public record DeadLetter(
            long id, String stream, long rowId, @Nullable String key, String kind, Instant changedAt, String reason) {

        /** The record in words: its key, or the row where it has none. */
        public String record() {
            return key == null ? "row " + rowId : "record " + key;
        }
    }

    /** The counts of every stream that has any. */
    public Map<String, Counts> counts() {
        return database.inTransaction(connection -> {
            var counts = new HashMap<String, Counts>();
            try (var select = database.prepare(connection, """
                            select stream,
                                   sum(case when state in ('pending', 'sending') and kind <> 'delete' then 1 else 0 end),
                                   sum(case when state in ('pending', 'sending') and kind = 'delete' then 1 else 0 end),
                                   sum(case when state = 'dead' then 1 else 0 end)
                            from ~tidemark_change group by stream
                            """);
                    var row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getString(1), new Counts(row.getLong(2), row.getLong(3), 0, row.getLong(4)));
                }
            }
            try (var select = database.prepare(connection, """
                            select stream, count(*) from ~tidemark_conflict where resolved_at is null group by stream
                            """);
                    var row = select.executeQuery()) {
                while (row.next()) {
                    Counts others = counts.getOrDefault(row.getString(1), Counts.NONE);
                    counts.put(
                            row.getString(1),
                            new Counts(others.changes(), others.deletions(), row.getLong(2), others.deadLetters()));
                }
            }
            return counts;
        });
    }

    public Counts counts(String stream) {
        return counts().getOrDefault(stream, Counts.NONE);
    }

    /**
     * Conflicts, the newest first.
     *
     * @param stream null for every stream
     * @param settled whether those that are settled are wanted, too
     * @param most how many at the most
     */
    public List<Recorded> conflicts(@Nullable String stream, boolean settled, int most) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select * from ~tidemark_conflict
                    where (cast(? as varchar(31)) is null or stream = ?) and (? or resolved_at is null)
                    order by id desc
                    fetch first ? rows only
                    """)) {
                new Bind(select).text(stream).text(stream).flag(settled).number(most);
                return all(select, Waiting::conflict);
            }
        });
    }

    public Optional<Recorded> conflict(long id) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, "select * from ~tidemark_conflict where id = ?")) {
                new Bind(select).number(id);
                return all(select, Waiting::conflict).stream().findFirst();
            }
        });
    }

    /**
     * Dead letters, the newest first.
     *
     * @param stream null for every stream
     * @param most how many at the most
     */
    public List<DeadLetter> deadLetters(@Nullable String stream, int most) {
        return database.inTransaction(connection -> {
            try (var select = database.prepare(connection, """
                    select * from ~tidemark_change
                    where (cast(? as varchar(31)) is null or stream = ?) and state = 'dead'
                    order by id desc
                    fetch first ? rows only
                    """)) {
                new Bind(select).text(stream).text(stream).number(most);
                return all(select, Waiting::deadLetter);
            }
        });
    }

    public Optional<DeadLetter> deadLetter(long id) {
        return database.inTransaction(connection -> {
            try (var select =
                    database.prepare(connection, "select * from ~tidemark_change where id = ? and state = 'dead'")) {
                new Bind(select).number(id);
                return all(select, Waiting::deadLetter).stream().findFirst();
            }
        });
    }

    private static <T> List<T> all(PreparedStatement select, Reader<T> reader) throws SQLException {
        try (var row = select.executeQuery()) {
            var all = new ArrayList<T>();
            while (row.next()) {
                all.add(reader.read(row));
            }
            return all;
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static Recorded conflict(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong("id"),
                row.getString("stream"),
                row.getString("key"),
                row.getString("field"),
                row.getString("base"),
                row.getString("local"),
                row.getString("remote"),
                row.getString("rule"),
                row.getString("outcome"),
                requireNonNull(Bind.time(row, "created_at"), "created_at is null"),
                Bind.time(row, "resolved_at"));
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new DeadLetter(
                row.getLong("id"),
                row.getString("stream"),
                row.getLong("row_id"),
                row.getString("record_key"),
                row.getString("kind"),
                requireNonNull(Bind.time(row, "changed_at"), "changed_at is null"),
                reason == null ? "no reason is known" : reason);
    }
}
