package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed (SIGKILL) at every step and at random moments, and started again. Five hundred random kills:
 * {@code ./mvnw test -Dtest=KillTest -Dtidemark.kills=500}, with {@code -Dtidemark.seed=...} for the same moments again.
 */
final class KillTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final int KILLS = Integer.getInteger("tidemark.kills", 2);
    private static final int KILLS_A_DATABASE = 25;

    @TempDir
    Path folder;

    private final EveryActionSandbox sandbox = EveryActionSandbox.start();
    private Edits edits = new Edits(sandbox, new Random(17));

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void killedAtEachStepItTakesUpTheSameJobOnH2() throws Exception {
        killAtEachStep(Installation.h2(folder, sandbox));
    }

    @Test
    void killedAtEachStepItTakesUpTheSameJobOnPostgreSql() throws Exception {
        killAtEachStep(Installation.postgreSql(folder, sandbox));
    }

    private void killAtEachStep(Installation installation) throws Exception {
        installation.contacts("schedule", "0 0 3 1 1 ? 2099");
        Target target = installation.target();
        edits.edit();
        killWhileAsking(installation);
        killWhilePolling(installation);
        killWhileDownloading(installation);
        assertThat(target.rows("select * from contacts")).isEmpty();

        try (Program program = installation.run()) {
            program.awaitOutput("20 rows read, 20 inserted");
            assertThat(jobs()).as("the stored job was taken up, three times").isEqualTo(2);
            edits.assertEqual(target);
            killWhileMerging(installation, program);
        }
    }

    private void killWhileAsking(Installation installation) throws Exception {
        sandbox.faults().next("POST " + Installation.JOBS, Fault.slow(FOR_EVER));
        try (Program program = installation.run()) {
            awaitRequest(program, "POST", Installation.JOBS, 1);
            program.kill();
        }
        edits.check(installation.target());
        assertThat(installation.target().rows("select cycle_id, job_id from tidemark_stream"))
                .as("the cycle has begun, and the answer is not known")
                .containsExactly("1|");
    }

    private void killWhilePolling(Installation installation) throws Exception {
        sandbox.switches().set(Doubts.PENDING_POLLS, 1_000);
        for (int polls = 1; polls <= 3; polls += 2) {
            try (Program program = installation.run()) {
                awaitRequest(program, "GET", job(2), polls);
                program.kill();
            }
            edits.check(installation.target());
            assertThat(installation.target().rows("select cycle_id, job_id from tidemark_stream"))
                    .containsExactly("1|3000000018");
        }
    }

    private void killWhileDownloading(Installation installation) throws Exception {
        sandbox.switches()
                .set(Doubts.PENDING_POLLS, 0)
                .set(Doubts.IN_PROCESS_POLLS, 0)
                .set(Doubts.ROWS_PER_FILE, 7);
        sandbox.faults().next("GET /exports/3000000018-2.csv", Fault.drip(Duration.ofMillis(20)));
        try (Program program = installation.run()) {
            awaitRequest(program, "GET", "/exports/3000000018-2.csv", 1);
            program.kill();
        }
        edits.check(installation.target());
    }

    /** A row that somebody else holds makes the merge wait. On PostgreSQL it still does after the client's death. */
    private void killWhileMerging(Installation installation, Program running) throws Exception {
        Target target = installation.target();
        Connection other = holdRow(target, edits.edit());
        target.run("update tidemark_stream set due_at = current_timestamp");
        target.awaitBlocked(1);
        running.kill();
        edits.check(target);
        try (Program program = installation.run()) {
            if (!target.h2()) {
                target.awaitBlocked(2);
                edits.check(target);
                other.rollback();
                other.close();
            }
            program.awaitOutput("rows read");
            program.kill();
        }
        edits.check(target);
        edits.assertEqual(target);
        assertThat(jobs()).as("the stored job was taken up").isEqualTo(3);
        startsWithoutAnythingToDo(installation);
    }

    /** With H2 this connection dies with the program, whose server it is. */
    private static Connection holdRow(Target target, long contact) throws SQLException {
        Connection other = target.connect();
        other.setAutoCommit(false);
        try (var statement = other.createStatement()) {
            statement.execute("update contacts set first_name = first_name where van_id = " + contact);
        }
        return other;
    }

    /** Killed after the commit there is nothing left to do. */
    private void startsWithoutAnythingToDo(Installation installation) {
        Target target = installation.target();
        sync(installation);
        assertThat(jobs()).as("its next cycle is a new one").isEqualTo(4);
        edits.assertEqual(target);
        assertThat(target.rows("select outcome, count(*) from tidemark_cycle group by outcome"))
                .containsExactly("committed|3");
    }

    @Test
    void killedAtRandomMomentsItLosesAndDoublesNothing() throws Exception {
        long seed = Long.getLong("tidemark.seed", new Random().nextLong());
        System.out.println("KillTest: " + KILLS + " random kills, -Dtidemark.seed=" + seed);
        var random = new Random(seed);
        sandbox.switches()
                .set(Doubts.ROWS_PER_FILE, 7)
                .set(Doubts.PENDING_POLLS, 1)
                .set(Doubts.IN_PROCESS_POLLS, 0);
        edits = new Edits(sandbox, new Random(seed));
        int kills = 0;
        for (int database = 0; kills < KILLS; database++) {
            Path own = Files.createDirectory(folder.resolve("database" + database));
            Installation installation =
                    database % 2 == 0 ? Installation.postgreSql(own, sandbox) : Installation.h2(own, sandbox);
            int some = Math.min(KILLS - kills, Math.min(KILLS_A_DATABASE, (KILLS + 1) / 2));
            killAtRandom(installation, random, some);
            kills += some;
        }
    }

    private void killAtRandom(Installation installation, Random random, int kills) throws Exception {
        ScheduledExecutorService somebody = Executors.newSingleThreadScheduledExecutor();
        var editing = somebody.scheduleWithFixedDelay(edits::anything, 0, 40, TimeUnit.MILLISECONDS);
        try {
            for (int i = 0; i < kills; i++) {
                try (Program program = installation.run()) {
                    if (random.nextInt(5) > 0) {
                        awaitAnyRequest(program);
                    }
                    program.leaveFor(Duration.ofMillis(random.nextInt(2_500)));
                    program.kill();
                }
                edits.check(installation.target());
            }
        } finally {
            editing.cancel(false);
            somebody.shutdown();
            assertThat(somebody.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }
        converge(installation);
    }

    private void awaitAnyRequest(Program program) {
        int before = sandbox.log().requests().size();
        Awaiting.until(() -> sandbox.log().requests().size() > before, program::output, program::alive);
    }

    /** The first ends the cycle in flight, the second one's window has the last edits. */
    private void converge(Installation installation) {
        sync(installation);
        sync(installation);
        edits.check(installation.target());
        edits.assertEqual(installation.target());
    }

    /** One cycle by a process that ends well. */
    private static void sync(Installation installation) {
        try (Program program = installation.start("sync")) {
            assertThat(program.await()).as(program.output()).isZero();
        }
        assertThat(installation.target().rows("select * from tidemark_staging_contacts"))
                .as("nothing is left in staging")
                .isEmpty();
    }

    private long jobs() {
        return sandbox.log().count("POST", Installation.JOBS);
    }

    /** The path of the so-manieth export job. */
    private static String job(int number) {
        return Installation.JOBS + "/" + (3_000_000_016L + number);
    }

    private String requests() {
        return sandbox.log().requests().stream()
                .map(request -> request.method() + " " + request.path() + " " + request.status())
                .collect(Collectors.joining(", "));
    }

    private void awaitRequest(Program program, String method, String path, long times) {
        Awaiting.until(
                () -> sandbox.log().count(method, path) >= times,
                () -> "no " + method + " " + path + " but " + requests() + ":\n" + program.output(),
                program::alive);
    }
}
