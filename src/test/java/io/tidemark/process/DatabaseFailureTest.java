package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL ends connections, refuses statements, goes away and comes back, under a running daemon. */
final class DatabaseFailureTest {
    private static final String TERMINATE = "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and application_name = 'tidemark'";

    @TempDir
    Path folder;

    private final EveryActionSandbox sandbox = EveryActionSandbox.start();
    private final Edits edits = new Edits(sandbox, new Random(20));

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aStepThatTheServerEndsOrRefusesIsTakenAgain() throws Exception {
        sandbox.switches()
                .set(Doubts.PENDING_POLLS, 0)
                .set(Doubts.IN_PROCESS_POLLS, 0)
                .set(Doubts.ROWS_PER_FILE, 7);
        Installation installation = Installation.postgreSql(folder, sandbox).contacts("schedule", "0 0 3 1 1 ? 2099");
        edits.edit();
        sandbox.faults().next("GET /exports/*-2.csv", Fault.drip(Duration.ofMillis(5)));
        try (Program program = installation.run()) {
            endedInMidDownload(installation, program);
            endedInMidMerge(installation, program);
            refusedForItsTime(installation, program);
        }
    }

    private void endedInMidDownload(Installation installation, Program program) {
        Target target = installation.target();
        Awaiting.until(
                () -> sandbox.log().count("GET", "/exports/3000000017-2.csv") == 1, program::output, program::alive);
        Awaiting.until(
                () -> target.number("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and state = 'active' and query like 'copy %'")
                        == 1,
                () -> "nothing is being staged");
        target.run(TERMINATE);
        program.awaitOutput("the same step is tried again");
        program.awaitOutput("20 rows read, 20 inserted");
        committed(installation, 1);
    }

    private void endedInMidMerge(Installation installation, Program program) throws SQLException {
        Target target = installation.target();
        long contact = edits.edit();
        try (Connection other = target.connect()) {
            hold(other, contact);
            target.run("update tidemark_stream set due_at = current_timestamp");
            awaitBlocked(target);
            target.run(TERMINATE);
            edits.check(target);
        }
        program.awaitOutput("1 updated", 1);
        committed(installation, 2);
    }

    private void refusedForItsTime(Installation installation, Program program) throws SQLException {
        Target target = installation.target();
        String database = target.rows("select current_database()").get(0);
        target.run("alter database " + database + " set statement_timeout = '3s'", TERMINATE);
        long contact = edits.edit();
        try (Connection other = target.connect()) {
            hold(other, contact);
            target.run("update tidemark_stream set due_at = current_timestamp");
            program.awaitOutput("canceling statement due to statement timeout");
            try (Program status = installation.start("status")) {
                assertThat(status.await()).isEqualTo(1);
                assertThat(status.output())
                        .contains("contacts: failing", "why: the database refused (SQL state 57014): ERROR: canceling");
            }
            edits.check(target);
        }
        program.awaitOutput("1 updated", 2);
        committed(installation, 3);
        assertThat(program.output()).doesNotContain("\tat ");
    }

    private void committed(Installation installation, int cycles) {
        Target target = installation.target();
        edits.check(target);
        edits.assertEqual(target);
        assertThat(target.rows("select * from tidemark_staging_contacts")).isEmpty();
        assertThat(target.rows("select failures, last_error from tidemark_stream"))
                .containsExactly("0|");
        assertThat(target.number("select count(*) from tidemark_cycle where outcome = 'committed'"))
                .isEqualTo(cycles);
    }

    private static void hold(Connection other, long contact) throws SQLException {
        other.setAutoCommit(false);
        try (var statement = other.createStatement()) {
            statement.execute("set statement_timeout = 0");
            statement.execute("update contacts set first_name = first_name where van_id = " + contact);
        }
    }

    private static void awaitBlocked(Target target) {
        Awaiting.until(
                () -> target.number("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and application_name = 'tidemark' and wait_event_type = 'Lock'")
                        > 0,
                () -> "no statement waits");
    }

    @Test
    void aServerThatIsStoppedAndStartedIsUsedAgain() throws Exception {
        sandbox.switches().set(Doubts.PENDING_POLLS, 0).set(Doubts.IN_PROCESS_POLLS, 0);
        int port = freePort();
        EmbeddedPostgres first = start(port);
        var target = new Target(PostgreSqlServer.url(port, "postgres"), "postgres", "");
        Installation installation = new Installation(folder, sandbox, target);
        edits.edit();
        try (Program program = installation.run()) {
            program.awaitOutput("rows read");
            first.close();
            edits.edit();
            long asked = jobs();
            program.leaveFor(Duration.ofSeconds(3));
            assertThat(jobs())
                    .as("nothing is asked for that could not be stored")
                    .isLessThanOrEqualTo(asked + 1);
            int before = program.count("1 updated");
            try (EmbeddedPostgres again = start(port)) {
                assertThat(again.getPort()).isEqualTo(port);
                program.awaitOutput("1 updated", before + 1);
                edits.check(target);
                edits.assertEqual(target);
                program.kill();
            }
            assertThat(program.output()).doesNotContain("\tat ");
        }
    }

    private EmbeddedPostgres start(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder.resolve("server"))
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException | IllegalStateException missing) {
            Assumptions.abort("skipped: no embedded PostgreSQL runs on this platform (" + missing.getMessage() + ")");
            throw new AssertionError("aborted");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private long jobs() {
        return sandbox.log().count("POST", Installation.JOBS);
    }
}
