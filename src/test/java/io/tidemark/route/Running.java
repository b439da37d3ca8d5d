package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.console.Status;
import io.tidemark.console.StatusJson;
import io.tidemark.settings.Reading;
import io.tidemark.sql.Database;
import io.tidemark.sql.History;
import io.tidemark.sql.History.Cycle;
import io.tidemark.sql.Migrations;
import io.tidemark.sql.StreamStore;
import io.tidemark.stream.StreamState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bridge at work, wired as the daemon wires it, on the project's own unchanged routes; and a look into its database.
 * Only the tick is faster. Closing it is a clean stop.
 */
final class Running implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Setup setup;
    private final Reading reading;
    private final Database database;
    private final StreamStore store;
    private final Bridge bridge;
    private final Happenings happenings = new Happenings();

    private Running(Setup setup, boolean scheduled) {
        this.setup = setup;
        this.reading = setup.read();
        this.database = Database.open(reading.settings().database());
        new Migrations(database).run();
        this.store = new StreamStore(database);
        var camel = new LinkedHashMap<>(reading.camel());
        camel.put("tidemark.tick-millis", setup.tick());
        this.bridge =
                new Bridge(reading.settings(), database, store, setup.routes(), camel, scheduled, List.of(happenings));
    }

    /** Starts a bridge; a stream does nothing until it is begun. */
    static Running start(Setup setup) {
        var running = new Running(setup, false);
        running.bridge.start();
        return running;
    }

    /** Starts a bridge with every stream due at once if the database did not know it, as the daemon does. */
    static Running begun(Setup setup) {
        Running running = start(setup);
        running.reading.settings().streams().forEach(stream -> running.begin(stream.name()));
        return running;
    }

    /** Starts a bridge that follows the streams' schedules, as the daemon does. */
    static Running scheduled(Setup setup) {
        var running = new Running(setup, true);
        running.bridge.start();
        return running;
    }

    /** Stops, and starts as another process would. */
    Running restart() {
        close();
        return start(setup);
    }

    /** Makes a stream known, due at once. */
    void begin(String stream) {
        String source = reading.settings().streams().stream()
                .filter(known -> known.name().equals(stream))
                .findFirst()
                .orElseThrow()
                .source();
        store.register(stream, source);
    }

    /** Waits until no step is being taken, then removes every stream with its rows. */
    void forgetEverything() {
        setup.streams().forEach(store::pause);
        execute("update tidemark_stream set claim_until = null where claim_holder <> '" + Turns.HOLDER + "'");
        until(
                () -> rows("select name from tidemark_stream where claim_until is not null")
                        .isEmpty(),
                () -> "a step is still being taken");
        setup.streams().forEach(store::forget);
        execute("delete from tidemark_source");
        for (var table : rows(
                "select table_name from information_schema.tables where table_type = 'BASE TABLE'"
                        + " and lower(table_schema) = 'public' and table_name not like 'TIDEMARK%' and table_name not like 'tidemark%'")) {
            execute("delete from \"" + table.get("table_name") + "\"");
        }
        execute("delete from tidemark_change");
    }

    Bridge bridge() {
        return bridge;
    }

    StreamStore store() {
        return store;
    }

    Database database() {
        return database;
    }

    Happenings happenings() {
        return happenings;
    }

    StreamState state(String stream) {
        return store.find(stream).orElseThrow();
    }

    Cycle lastCycle(String stream) {
        return new History(database).latest(stream).orElseThrow();
    }

    /** As {@code status} shows the stream. */
    Status.Line status(String stream) {
        return new Status(reading.settings(), database)
                .lines().stream()
                        .filter(line -> line.name().equals(stream))
                        .findFirst()
                        .orElseThrow();
    }

    String statusJson() {
        return StatusJson.of(new Status(reading.settings(), database).lines());
    }

    /** Waits until a cycle has committed and nothing more is wanted. */
    StreamState untilCommitted(String stream) {
        return until(
                stream, state -> state.lastSuccess() != null && state.flight().isEmpty() && state.dueAt() == null);
    }

    /** One whole cycle more. */
    StreamState cycle(String stream) {
        long before = latestCycle(stream);
        store.due(stream);
        return until(
                stream, state -> state.flight().isEmpty() && state.dueAt() == null && latestCycle(stream) > before);
    }

    private long latestCycle(String stream) {
        return new History(database).latest(stream).map(Cycle::id).orElse(0L);
    }

    /** Waits for a state of the stream. */
    StreamState until(String stream, Predicate<StreamState> wanted) {
        until(() -> wanted.test(state(stream)), () -> "stream " + stream + " is " + state(stream));
        return state(stream);
    }

    static void until(BooleanSupplier wanted, java.util.function.Supplier<String> found) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LONGEST + ": " + found.get());
            }
            lookAgainSoon();
        }
    }

    private static void lookAgainSoon() {
        try {
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    /** Lets every wait of the streams and of their sources elapse. */
    void hurry() {
        execute("update tidemark_stream set next_at = current_timestamp");
        execute("delete from tidemark_source");
    }

    void execute(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    /** The rows of a query as texts, columns by name in lower case. */
    List<Map<String, @Nullable String>> rows(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            var rows = new ArrayList<Map<String, @Nullable String>>();
            while (result.next()) {
                var row = new LinkedHashMap<String, @Nullable String>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    String name = result.getMetaData().getColumnLabel(column);
                    row.put(name.toLowerCase(java.util.Locale.ROOT), result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    /** The only value of a query, as text. */
    String value(String sql) {
        return requireNonNull(rows(sql).iterator().next().values().iterator().next(), sql);
    }

    @Override
    public void close() {
        bridge.close();
        database.close();
    }
}
