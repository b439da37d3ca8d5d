package io.tidemark.sql;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes rows into a staging table, in the order of its columns. For one thread. Closing it unfinished gives it up. */
interface StagingWriter extends AutoCloseable {

    /**
     * Writes one row, some time until it is finished.
     *
     * @param sequence grows over all files of an export
     * @param values in their normal form
     * @throws SQLException as soon as the database is known to have failed
     */
    void write(long sequence, boolean deleted, @Nullable Instant changedAt, @Nullable Object[] values)
            throws SQLException;

    /** Sends on what waits here, so that a failure of the database is known soon after. */
    void flush() throws SQLException;

    /** Makes sure that every row has arrived. */
    void finish() throws SQLException;

    @Override
    void close() throws SQLException;
}
