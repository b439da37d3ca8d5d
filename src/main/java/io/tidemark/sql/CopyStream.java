package io.tidemark.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The one place that sees the PostgreSQL driver's own types. They carry annotations whose classes the driver does not
 * bring; a compiler that looks for them warns, so nullness is not checked here.
 */
@NullUnmarked
final class CopyStream {
    private final CopyIn copy;

    CopyStream(Connection connection, String sql) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        this.copy = driver.getCopyAPI().copyIn(sql);
    }

    /** Sends bytes on; a failure of the server that has arrived is thrown here. */
    void write(byte[] bytes, int offset, int length) throws SQLException {
        copy.writeToCopy(bytes, offset, length);
    }

    /** Hands everything to the network. */
    void flush() throws SQLException {
        copy.flushCopy();
    }

    /** Waits until the server has every row; returns how many. */
    long finish() throws SQLException {
        return copy.endCopy();
    }

    /** Gives up what is not finished; does nothing otherwise. */
    void cancel() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
