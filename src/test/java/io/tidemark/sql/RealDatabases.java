package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** Real databases for tests: an empty one for whoever asks. PostgreSQL is started once in a process, on first use. */
public final class RealDatabases {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private RealDatabases() {}

    /** An H2 file in the folder. */
    public static DatabaseSettings h2(Path folder) {
        return settings(
                "jdbc:h2:" + folder.resolve("h2-" + NUMBER.incrementAndGet()).toAbsolutePath(), "sa");
    }

    /** A database of its own on a PostgreSQL server; the test is skipped where there is no server for this platform. */
    public static DatabaseSettings postgreSql() {
        Optional<EmbeddedPostgres> server = Server.START;
        Assumptions.assumeTrue(
                server.isPresent(), "skipped: no embedded PostgreSQL runs on this platform (" + Server.reason + ")");
        EmbeddedPostgres running = server.orElseThrow();
        String name = "tidemark_" + NUMBER.incrementAndGet();
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException("cannot make a database for a test", failed);
        }
        return settings(running.getJdbcUrl("postgres", name), "postgres");
    }

    private static DatabaseSettings settings(String url, String user) {
        return new DatabaseSettings(url, user, "", 4, Optional.empty(), true);
    }

    private static final class Server {
        private static String reason = "";
        private static final Optional<EmbeddedPostgres> START = start();

        private static Optional<EmbeddedPostgres> start() {
            try {
                return Optional.of(EmbeddedPostgres.builder().start());
            } catch (IOException | UncheckedIOException | IllegalStateException missing) {
                reason = String.valueOf(missing.getMessage());
                return Optional.empty();
            }
        }
    }
}
