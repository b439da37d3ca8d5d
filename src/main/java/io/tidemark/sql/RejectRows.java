package io.tidemark.sql;

import io.tidemark.csv.Reject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores rejects where people look for them. */
final class RejectRows {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 2_000;

    private final Database database;
    private final String stream;
    private final long cycleId;

    RejectRows(Database database, String stream, long cycleId) {
        this.database = database;
        this.stream = stream;
        this.cycleId = cycleId;
    }

    void insert(Connection connection, List<Reject> rejects) throws SQLException {
        if (rejects.isEmpty()) {
            return;
        }
        replace(connection, rejects);
        try (var insert = database.prepare(connection, """
                insert into ~tidemark_reject (stream, cycle_id, file, line, column_name, reason, raw, row_key, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, current_timestamp)
                """)) {
            for (Reject reject : rejects) {
                new Bind(insert)
                        .text(stream)
                        .number(cycleId)
                        .text(cut(reject.file(), LONGEST_NAME))
                        .number(reject.line())
                        .text(cut(reject.column(), LONGEST_NAME))
                        .text(cut(reject.reason(), LONGEST_TEXT))
                        .text(cut(reject.raw(), LONGEST_TEXT))
                        .text(key(reject));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Removes the rejects whose record has come well.
     *
     * @param keys the query for the keys of the good rows
     */
    void settle(Connection connection, String keys) throws SQLException {
        if (any(connection)) {
            try (var delete = database.prepare(
                    connection, "delete from ~tidemark_reject where stream = ? and row_key in (" + keys + ")")) {
                new Bind(delete).text(stream).update();
            }
        }
    }

    /** A record that is refused again is listed once, as it came last. */
    private void replace(Connection connection, List<Reject> rejects) throws SQLException {
        if (!any(connection)) {
            return;
        }
        try (var delete = database.prepare(connection, """
                delete from ~tidemark_reject
                where stream = ? and cycle_id <> ? and (row_key = ? or row_key is null and raw = ?)
                """)) {
            for (Reject reject : rejects) {
                new Bind(delete).text(stream).number(cycleId).text(key(reject)).text(cut(reject.raw(), LONGEST_TEXT));
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private boolean any(Connection connection) throws SQLException {
        try (var select =
                database.prepare(connection, "select 1 from ~tidemark_reject where stream = ? fetch first row only")) {
            new Bind(select).text(stream);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** A key that is too long to be kept whole is none. */
    private static @Nullable String key(Reject reject) {
        String key = reject.key();
        return key == null || key.length() > LONGEST_NAME ? null : key;
    }

    private static @Nullable String cut(@Nullable String text, int limit) {
        return StreamRow.shortened(text, limit);
    }
}
