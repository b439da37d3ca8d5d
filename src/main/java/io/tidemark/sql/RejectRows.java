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
        try (var insert = database.prepare(connection, """
                insert into ~tidemark_reject (stream, cycle_id, file, line, column_name, reason, raw, created_at)
                values (?, ?, ?, ?, ?, ?, ?, current_timestamp)
                """)) {
            for (Reject reject : rejects) {
                new Bind(insert)
                        .text(stream)
                        .number(cycleId)
                        .text(cut(reject.file(), LONGEST_NAME))
                        .number(reject.line())
                        .text(cut(reject.column(), LONGEST_NAME))
                        .text(cut(reject.reason(), LONGEST_TEXT))
                        .text(cut(reject.raw(), LONGEST_TEXT));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static @Nullable String cut(@Nullable String text, int limit) {
        return StreamRow.shortened(text, limit);
    }
}
