package io.tidemark.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What a PostgreSQL session hears on the channels it listens to; like {@link CopyStream} it sees the driver's own types. */
@NullUnmarked
final class Notifications {
    private Notifications() {}

    /** The payloads that have come; waits for the first at most so long, after which there may be none. */
    static List<String> next(Connection connection, Duration most) throws SQLException {
        PGNotification[] heard =
                connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(most.toMillis()));
        return heard == null
                ? List.of()
                : Arrays.stream(heard).map(PGNotification::getParameter).toList();
    }
}
