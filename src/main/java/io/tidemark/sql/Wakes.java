package io.tidemark.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hears of local edits as they are committed, where the database can tell. It keeps a connection. For one thread. */
public final class Wakes implements AutoCloseable {
    static final String CHANNEL = "tidemark";

    private final Connection connection;
    private final String home;

    private Wakes(Connection connection, String home) {
        this.connection = connection;
        this.home = home;
    }

    /** Listens from now on; empty where the database cannot tell. */
    public static Optional<Wakes> listen(Database database) {
        if (!database.dialect().wakes()) {
            return Optional.empty();
        }
        try {
            Connection connection = database.dataSource().getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                String home = new Catalog(connection, database.dialect())
                        .schema(database.settings().schema());
                return Optional.of(new Wakes(connection, home + "."));
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw DatabaseException.of(failed);
        }
    }

    /**
     * The streams whose tables were edited since the last call; waits for the first at most so long.
     *
     * @throws DatabaseException if the connection is lost
     */
    public Set<String> await(Duration most) {
        try {
            return Notifications.next(connection, most).stream()
                    .filter(name -> name.startsWith(home))
                    .map(name -> name.substring(home.length()))
                    .collect(Collectors.toSet());
        } catch (SQLException lost) {
            throw DatabaseException.of(lost);
        }
    }

    @Override
    public void close() {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute("unlisten *");
        } catch (SQLException lost) {
            // the session is gone, and with it what it listened to
        }
    }
}
