package io.tidemark.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Staging by plain inserts in batches, committed batch by batch: a shorter undo log is faster, and nobody reads it. */
final class BatchInsert implements StagingWriter {
    private static final int ROWS = 1_000;

    private final Connection connection;
    private final PreparedStatement insert;
    private final Load.Guard guard;
    private int waiting;

    BatchInsert(Connection connection, String into, int columns, Load.Guard guard) throws SQLException {
        this.connection = connection;
        this.guard = guard;
        this.insert = connection.prepareStatement("insert into " + into + " values (?, ?, ?"
                + String.join("", Collections.nCopies(columns, ", ?")) + ")");
    }

    @Override
    public void write(long sequence, boolean deleted, @Nullable Instant changedAt, @Nullable Object[] values)
            throws SQLException {
        insert.setLong(1, sequence);
        insert.setBoolean(2, deleted);
        if (changedAt == null) {
            insert.setNull(3, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            insert.setObject(3, changedAt.atOffset(ZoneOffset.UTC));
        }
        for (int i = 0; i < values.length; i++) {
            insert.setObject(4 + i, values[i]);
        }
        insert.addBatch();
        if (++waiting == ROWS) {
            send();
        }
    }

    private void send() throws SQLException {
        if (waiting > 0) {
            insert.executeBatch();
            guard.check(connection);
            connection.commit();
            waiting = 0;
        }
    }

    @Override
    public void flush() throws SQLException {
        send();
    }

    @Override
    public void finish() throws SQLException {
        send();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
