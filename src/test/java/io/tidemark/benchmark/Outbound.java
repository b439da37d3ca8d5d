package io.tidemark.benchmark;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the way back costs on PostgreSQL: the capture of edits, the sending of them, and the wait until they are sent. */
final class Outbound {
    private static final int PEOPLE = 10_000;
    private static final int MANY = 1_000_000;
    private static final int EDITED = 100_000;
    private static final int CHANGES = 1_000;
    private static final int SINGLE = 40;

    private final Path folder;
    private final int runs;

    Outbound(Path folder, int runs) {
        this.folder = folder;
        this.runs = runs;
    }

    void print() throws Exception {
        Files.createDirectories(folder);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                EveryActionSandbox sandbox = EveryActionSandbox.start(
                        EveryActionSandbox.Options.standard().data(1, PEOPLE))) {
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
            Path config = folder.resolve("application.properties");
            Files.writeString(config, Configuration.of(sandbox, url, 1) + """
                    tidemark.database.username=postgres
                    tidemark.streams.s1.direction=both
                    tidemark.streams.s1.brake=off
                    tidemark.sources.crm.settle-delay=PT2H
                    """);
            try (Program program = Program.start(config, "run");
                    Connection connection = DriverManager.getConnection(url, "postgres", "")) {
                until(() -> number(connection, "select count(*) from s1") >= PEOPLE);
                double few = send(connection, sandbox, 1);
                wait(connection, sandbox);
                fill(connection);
                double many = send(connection, sandbox, 2);
                Benchmark.say(
                        "outbound, %,d changes: %.2f s of %,d rows, %.2f s of %,d rows, ratio %.2f",
                        CHANGES, few, PEOPLE, many, MANY, many / few);
                capture(connection);
                if (!program.running()) {
                    throw new IllegalStateException("the daemon ended; see " + folder);
                }
            }
        }
    }

    /** Seconds from the commit of so many edits until the vendor has them all. */
    private static double send(Connection connection, EveryActionSandbox sandbox, int round) throws Exception {
        sandbox.log().clear();
        long began = System.nanoTime();
        run(
                connection,
                "update s1 set first_name = 'Round " + round + "' where van_id in"
                        + " (select van_id from s1 where van_id < 901000000 order by van_id limit " + CHANGES + ")");
        until(() ->
                number(connection, "select count(*) from tidemark_change where state in ('pending', 'sending')") == 0);
        return (System.nanoTime() - began) / 1e9;
    }

    /** How long single edits wait until their request is at the vendor. */
    private static void wait(Connection connection, EveryActionSandbox sandbox) throws Exception {
        List<Long> people = sandbox.keys("Contacts", false).subList(CHANGES, CHANGES + SINGLE);
        var waits = new ArrayList<Duration>();
        for (long person : people) {
            sandbox.log().clear();
            run(connection, "update s1 set last_name = 'Single' where van_id = " + person);
            Instant committed = java.time.InstantSource.system().instant();
            if (!sandbox.log().await("POST", "/v4/people/" + person, 1, Duration.ofSeconds(40))) {
                throw new IllegalStateException("no write of " + person);
            }
            waits.add(Duration.between(
                    committed,
                    sandbox.log()
                            .requests("POST", "/v4/people/" + person)
                            .get(0)
                            .at()));
        }
        Collections.sort(waits);
        Benchmark.say(
                "local commit to write request: median %d ms, p95 %d ms of %d",
                waits.get(SINGLE / 2).toMillis(), waits.get(SINGLE * 95 / 100).toMillis(), SINGLE);
    }

    /** Rows that nobody edits, past the sandbox. */
    private static void fill(Connection connection) throws SQLException {
        run(connection, "select set_config('tidemark.writing', 's1', false)");
        run(
                connection,
                "insert into s1 (van_id, first_name, last_name, email, tidemark_synced_at)"
                        + " select 2000000000 + n, 'First ' || n, 'Last ' || n, 'p' || n || '@example.org', now()"
                        + " from generate_series(1, " + (MANY - PEOPLE) + ") n");
        run(connection, "select set_config('tidemark.writing', '', false)");
        run(connection, "vacuum analyze s1");
    }

    /** The same update without capture, with the bridge's mark, and captured; each is rolled back. */
    private void capture(Connection connection) throws SQLException {
        String update = "update s1 set last_name = last_name || 'x' where van_id between 2000000001 and "
                + (2_000_000_000L + EDITED);
        for (int run = 1; run <= runs; run++) {
            double bare = rolledBack(connection, "set local session_replication_role = replica", update);
            double suppressed = rolledBack(connection, "select set_config('tidemark.writing', 's1', true)", update);
            double captured = rolledBack(connection, "select 1", update);
            Benchmark.say(
                    "  run %d: update of %,d rows bare %.2f s | suppressed %.2f s, ratio %.2f | captured %.2f s, ratio %.2f",
                    run, EDITED, bare, suppressed, suppressed / bare, captured, captured / bare);
        }
    }

    private static double rolledBack(Connection connection, String first, String update) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(first);
            long began = System.nanoTime();
            statement.executeUpdate(update);
            double seconds = (System.nanoTime() - began) / 1e9;
            connection.rollback();
            return seconds;
        } finally {
            connection.setAutoCommit(true);
            run(connection, "vacuum s1");
            run(connection, "vacuum tidemark_change");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String query) {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException notYet) {
            return -1;
        }
    }

    private static void until(java.util.function.BooleanSupplier wanted) throws InterruptedException {
        while (!wanted.getAsBoolean()) {
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }
}
