package io.tidemark.sql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.settings.DatabaseSettings;
import io.tidemark.stream.CycleKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A process dies while the server works for it: the server does not know, and goes on. The next one waits and is right (F32). */
final class TakeOverTest extends DialectContract {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
    private static final String WAITING = """
            select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'tidemark' and wait_event_type = 'Lock'""";

    private final AtomicReference<@Nullable Connection> merging = new AtomicReference<>();

    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }

    @Test
    void whoComesAfterAProcessThatWasKilledInItsMergeWaitsForTheServerToEndIt() throws Exception {
        load(HEADER + "1,Ann,1,,\n2,Bob,1,,\n");
        var store = new StreamStore(database);
        store.register("contacts", "source");
        DatabaseSettings settings = database.settings();
        try (Database doomed = Database.open(settings);
                Database user = Database.open(settings);
                Connection person = user.dataSource().getConnection()) {
            var doomedStore = new StreamStore(doomed);
            Claim first = doomedStore
                    .claim("contacts", "the first", Duration.ofMillis(1))
                    .orElseThrow();
            Claim begun = doomedStore.begin(first, CycleKind.WINDOW, FROM, TO, null);
            person.setAutoCommit(false);
            execute(person, "update contacts set amount = 5 where van_id = 1");

            CompletableFuture<LoadCounts> merge =
                    CompletableFuture.supplyAsync(() -> mergeAs(doomed, doomedStore, begun));
            untilWaiting(1);
            requireNonNull(merging.get()).abort(Runnable::run);
            assertThat(failure(merge)).isInstanceOf(DatabaseException.class);
            assertThat(rows(WAITING)).as("the server has not noticed").containsExactly("1");

            CompletableFuture<Claim> next = CompletableFuture.supplyAsync(() ->
                    store.claim("contacts", "the next", Duration.ofMinutes(1)).orElseThrow());
            untilWaiting(2);
            person.commit();

            Claim taken = next.get(120, TimeUnit.SECONDS);
            assertThat(taken.state().inFlight()).isEqualTo(begun.state().inFlight());
            assertThat(rows("select first_name, amount from contacts order by van_id"))
                    .as("nothing of the killed process, and what the person wrote")
                    .containsExactly("Ann|5.0000", "Bob|1.0000");
            assertThat(committed(taken, store)).isEqualTo(new LoadCounts(2, 0, 1, 1, 0, 0, 0, List.of()));
        }
        assertThat(rows("select first_name, amount from contacts order by van_id"))
                .containsExactly("Next|5.0000", "Bob|1.0000");
        assertThat(rows("select count(*) from tidemark_staging_contacts")).containsExactly("0");
        assertThat(store.find("contacts").orElseThrow().watermark()).isEqualTo(TO);
        assertThat(rows("select outcome, rows_read, rows_updated from tidemark_cycle"))
                .containsExactly("committed|2|1");
    }

    @Test
    void aSessionThatStillHoldsStagingForNobodyIsEndedByTheNextLoad() throws SQLException {
        load(HEADER + "1,Ann,1,,\n");
        DatabaseSettings settings = database.settings();
        try (Connection left = DriverManager.getConnection(settings.url(), settings.username(), "")) {
            left.setAutoCommit(false);
            execute(left, "lock table tidemark_staging_contacts in row exclusive mode");

            assertThat(load(HEADER + "2,Bob,1,,\n").inserted()).isEqualTo(1);
            assertThat(left.isValid(1)).isFalse();
        }
        assertThat(rows("select van_id from contacts order by van_id")).containsExactly("1", "2");
    }

    private LoadCounts mergeAs(Database process, StreamStore store, Claim claim) {
        Target target = Target.prepare(process, stream.settings(), stream.shape(), java.time.ZoneOffset.UTC);
        Load load = new Loader(process).open(target, claim, store, null, Arrival.UNKNOWN);
        stage(load, HEADER + "1,Lost,1,,\n2,Lost,1,,\n3,Lost,1,,\n");
        var commit = new CycleCommit(store, claim, Duration.ZERO, () -> 1);
        return load.commit(OptionalLong.of(3), new Load.Commit() {
            @Override
            public void begin(Connection connection) throws SQLException {
                merging.set(connection.unwrap(Connection.class));
                commit.begin(connection);
            }

            @Override
            public void finish(Connection connection, LoadCounts counts) throws SQLException {
                commit.finish(connection, counts);
            }
        });
    }

    private LoadCounts committed(Claim claim, StreamStore store) {
        try (Load load = new Loader(database).open(target(), claim, store, null, Arrival.UNKNOWN)) {
            stage(load, HEADER + "1,Next,5,,\n2,Bob,1,,\n");
            return load.commit(OptionalLong.of(2), new CycleCommit(store, claim, Duration.ZERO, () -> 1));
        }
    }

    private static Throwable failure(CompletableFuture<?> work) throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("came to " + work.get(120, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
            return requireNonNull(failed.getCause());
        }
    }

    private void untilWaiting(int sessions) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!rows(WAITING).equals(List.of(String.valueOf(sessions)))) {
            if (System.nanoTime() > end || new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("waiting: " + rows(WAITING));
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
