package io.tidemark.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tidemark.settings.DatabaseSettings;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The target database: its connections, its dialect and its clock. Safe for use by many threads; closing it closes the
 * connections.
 */
public final class Database implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final DatabaseSettings settings;

    private Database(HikariDataSource pool, Dialect dialect, DatabaseSettings settings) {
        this.pool = pool;
        this.dialect = dialect;
        this.settings = settings;
    }

    /**
     * Connects.
     *
     * @throws DatabaseException if the database does not answer or refuses; the message names the address without secrets
     */
    public static Database open(DatabaseSettings settings) {
        Dialect dialect = Dialect.of(settings.url());
        DatabaseFile.of(settings).flatMap(DatabaseFile::obstacle).ifPresent(obstacle -> {
            throw unreachable(dialect, settings, obstacle, "Check tidemark.database.url", null);
        });
        var config = new HikariConfig();
        config.setPoolName("tidemark");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
        config.setInitializationFailTimeout(1);
        dialect.configure(config);
        try {
            return connected(new HikariDataSource(config), dialect, settings);
        } catch (RuntimeException | SQLException refused) {
            throw unreachable(
                    dialect,
                    settings,
                    rootMessage(refused),
                    "Check tidemark.database.url, .username and .password, and that the server runs",
                    refused);
        }
    }

    private static DatabaseException unreachable(
            Dialect dialect, DatabaseSettings settings, String why, String next, @Nullable Throwable cause) {
        return new DatabaseException(
                "cannot open the database " + dialect.place(settings.url()) + ": " + why + ". " + next, cause);
    }

    private static Database connected(HikariDataSource pool, Dialect dialect, DatabaseSettings settings)
            throws SQLException {
        try {
            dialect.opened(pool);
            return new Database(pool, dialect, located(settings, dialect, pool));
        } catch (SQLException | RuntimeException refused) {
            pool.close();
            throw refused;
        }
    }

    /** With the exact name of the schema, which people write without regard to case. */
    private static DatabaseSettings located(DatabaseSettings settings, Dialect dialect, DataSource pool)
            throws SQLException {
        if (settings.schema().isEmpty()) {
            return settings;
        }
        try (Connection connection = pool.getConnection()) {
            String exact = new Catalog(connection, dialect).schema(settings.schema());
            return new DatabaseSettings(
                    settings.url(),
                    settings.username(),
                    settings.password(),
                    settings.poolSize(),
                    Optional.of(exact),
                    settings.ddl());
        }
    }

    /** For camel-jdbc, health checks and tests; writing goes through this package. */
    public DataSource dataSource() {
        return pool;
    }

    public Dialect dialect() {
        return dialect;
    }

    DatabaseSettings settings() {
        return settings;
    }

    /** The absolute place of the database, without secrets, for people to read. */
    public String place() {
        return dialect.place(settings.url());
    }

    /** Which database this is; another server, database or file is another identity. */
    public String identity() {
        return inTransaction(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(dialect.identityQuery())) {
                row.next();
                return place() + " " + row.getString(1);
            }
        });
    }

    /** The database's own time; the only clock that schedules and claims are compared with. */
    public Instant now() {
        return inTransaction(Database::now);
    }

    /**
     * Prepares a statement; a tilde before a name puts it where the bridge's own tables are.
     */
    PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(own(sql));
    }

    /** The statement with each tilde replaced by the schema of the bridge's own tables. */
    public String own(String sql) {
        return sql.replace(
                "~",
                settings.schema().map(schema -> dialect.quote(schema) + ".").orElse(""));
    }

    /** Runs statements one after the other, in the caller's transaction. */
    static void run(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of a query's rows. */
    static List<String> texts(PreparedStatement query) throws SQLException {
        try (var row = query.executeQuery()) {
            var texts = new ArrayList<String>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }

    static Instant now(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select current_timestamp");
                var row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /**
     * Runs the work in one transaction at read committed: committed when it returns, rolled back when it throws. A thread that
     * was interrupted, as by a stop, stores first and is interrupted then: an embedded database closes its file under one.
     *
     * @throws DatabaseException for every {@link SQLException}
     */
    <T> T inTransaction(Work<T> work) {
        boolean interrupted = Thread.interrupted();
        try (Connection connection = pool.getConnection()) {
            return inTransaction(connection, work);
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Like {@link #inTransaction(Work)}, all of it {@link #marked}: nothing of it is captured. */
    <T> T asBridge(String stream, Work<T> work) {
        return inTransaction(connection -> marked(connection, stream, work));
    }

    /** Like {@link #inTransaction(Work)}, in a session of the caller's. */
    static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollback(connection, failure);
            throw failure;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * Runs the work on the caller's transaction with the bridge's mark: what it writes to the stream's table is not
     * captured; what users' triggers write to other streams' tables meanwhile is. Before and after it the same
     * transaction is captured like anybody's. One stream at a time: marks do not nest. A connection that might keep the
     * mark is not used again.
     */
    <T> T marked(Connection connection, String stream, Work<T> work) throws SQLException {
        dialect.mark(connection, stream);
        boolean done = false;
        try {
            T result = work.with(connection);
            done = true;
            return result;
        } finally {
            if (done || dialect.marksSession()) {
                unmark(connection);
            }
        }
    }

    private void unmark(Connection connection) throws SQLException {
        try {
            dialect.unmark(connection);
        } catch (SQLException kept) {
            pool.evictConnection(connection);
            throw kept;
        }
    }

    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof UnknownHostException
                ? "the host " + root.getMessage() + " is not known"
                : String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Statements of one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
