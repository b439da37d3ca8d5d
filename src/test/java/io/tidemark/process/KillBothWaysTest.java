package io.tidemark.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed (SIGKILL) at every step of the way back and at random moments while both sides are edited, and
 * started again: no edit is lost, nothing is created twice, nothing goes round in circles. Five hundred random kills:
 * {@code ./mvnw test -Dtest=KillBothWaysTest -Dtidemark.kills=500}, with {@code -Dtidemark.seed=...} for the same edits again.
 */
final class KillBothWaysTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final int KILLS = Integer.getInteger("tidemark.kills", 2);
    private static final int KILLS_A_DATABASE = 25;
    private static final String CREATE = "/v4/people/findOrCreate";

    @TempDir
    Path folder;

    private final EveryActionSandbox sandbox = EveryActionSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void killedAtEachStepOfTheWayBackItSendsNothingTwiceOnH2() throws Exception {
        killAtEachStep(both(Installation.h2(folder, sandbox)));
    }

    @Test
    void killedAtEachStepOfTheWayBackItSendsNothingTwiceOnPostgreSql() throws Exception {
        killAtEachStep(both(Installation.postgreSql(folder, sandbox)));
    }

    private static Installation both(Installation installation) {
        return installation
                .contacts("direction", "both")
                .contacts("outbound-deletes", "propagate")
                .contacts("outbound-schedule", "0/1 * * * * ?")
                .set("tidemark.sources.crm.external-id-type", "BridgeKey")
                .set("tidemark.sources.crm.max-concurrent-requests", "8")
                .set("tidemark.sources.crm.settle-delay", "PT0.2S");
    }

    private void killAtEachStep(Installation installation) throws Exception {
        sandbox.switches().set(Doubts.PENDING_POLLS, 0).set(Doubts.IN_PROCESS_POLLS, 0);
        List<Long> people = sandbox.keys("Contacts", false);
        long lost = people.get(0);
        long unanswered = people.get(1);
        long deleted = people.get(2);
        var edits = new TwoSidedEdits(sandbox, installation.target(), new Random(17));
        killWithoutAnAnswer(installation, edits, lost, unanswered, deleted);
        assertThat(states(installation.target()))
                .as("everything is stored as sent")
                .containsExactly("delete|sending|1", "insert|sending|2", "update|sending|2");
        assertThat(sandbox.record("Contacts", lost).orElseThrow().get("LastName"))
                .isNotEqualTo(edits.lastName(lost));
        assertThat(sandbox.record("Contacts", unanswered).orElseThrow().get("LastName"))
                .isEqualTo(edits.lastName(unanswered));
        assertThat(edits.created()).as("one was created, the other was not").isEqualTo(1);

        killBeforeSettling(installation, lost);
        assertThat(states(installation.target()))
                .as("not settled")
                .anyMatch(state -> state.startsWith("update|sending|"));
        assertThat(edits.created()).isEqualTo(2);

        converge(installation, edits);
        assertThat(sandbox.log().count("POST", "/v4/people/" + lost)).isEqualTo(2);
        assertThat(sandbox.log().count("POST", "/v4/people/" + unanswered)).isEqualTo(1);
        assertThat(sandbox.log().count("DELETE", "/v4/people/" + deleted)).isEqualTo(1);
        assertThat(sandbox.log().count("POST", CREATE)).isEqualTo(3);
    }

    /** Each change was stored as sent and has reached the vendor; some have had their effect there. */
    private void killWithoutAnAnswer(
            Installation installation, TwoSidedEdits edits, long lost, long unanswered, long deleted) {
        try (Program program = installation.run()) {
            program.awaitOutput("20 rows read, 20 inserted");
            sandbox.faults()
                    .next("POST /v4/people/" + lost, Fault.status(503).pause(FOR_EVER))
                    .next("POST /v4/people/" + unanswered, Fault.slow(FOR_EVER))
                    .next("DELETE /v4/people/" + deleted, Fault.slow(FOR_EVER))
                    .next("POST " + CREATE, Fault.status(503).pause(FOR_EVER))
                    .next("POST " + CREATE, Fault.slow(FOR_EVER));
            Target target = installation.target();
            target.run("update tidemark_stream set state = 'paused'");
            edits.edit(lost);
            edits.edit(unanswered);
            edits.delete(deleted);
            edits.insert();
            edits.insert();
            target.run("update tidemark_stream set state = 'running', outbound_due_at = current_timestamp");
            awaitRequests(program, "POST", "/v4/people/" + lost, 1);
            awaitRequests(program, "POST", "/v4/people/" + unanswered, 1);
            awaitRequests(program, "DELETE", "/v4/people/" + deleted, 1);
            awaitRequests(program, "POST", CREATE, 2);
            Awaiting.until(
                    () -> edits.created() == 1
                            && !sandbox.keys("Contacts", false).contains(deleted)
                            && edits.lastName(unanswered)
                                    .equals(sandbox.record("Contacts", unanswered)
                                            .orElseThrow()
                                            .get("LastName")),
                    () -> "no effect yet");
            program.kill();
        }
    }

    /** The answers are there, and somebody's lock on the row keeps them from being settled. */
    private void killBeforeSettling(Installation installation, long edited) throws SQLException {
        Target target = installation.target();
        age(target);
        var other = new AtomicReference<Connection>();
        sandbox.faults().meanwhile("POST /v4/people/" + edited, true, () -> other.set(lock(target, edited)));
        try (Program program = installation.run()) {
            awaitRequests(program, "POST", "/v4/people/" + edited, 2);
            awaitRequests(program, "POST", CREATE, 3);
            target.awaitBlocked(1);
            program.kill();
        }
        // with H2 this connection has died with the program, whose server it was
        if (!target.h2()) {
            requireNonNull(other.get(), "nothing was locked").close();
        }
    }

    private static Connection lock(Target target, long contact) {
        try {
            Connection other = target.connect();
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("select * from contacts where van_id = " + contact + " for update");
            }
            return other;
        } catch (SQLException failed) {
            throw new AssertionError("the row cannot be locked", failed);
        }
    }

    /** Changes by kind and state. */
    private static List<String> states(Target target) {
        return target.rows("select kind, state, count(*) from tidemark_change where state <> 'pinned'"
                + " group by kind, state order by kind");
    }

    /** Waits are over, and no call can be under way any more: whoever made it is dead. */
    private static void age(Target target) {
        if (target.has("tidemark_change")) {
            target.run(
                    "update tidemark_change set next_at = current_timestamp where next_at > current_timestamp",
                    "update tidemark_change set sent_at = sent_at - interval '10' minute where sent_at is not null");
        }
    }

    @Test
    void killedAtRandomMomentsItLosesNoEditAndCreatesNothingTwice() throws Exception {
        long seed = Long.getLong("tidemark.seed", new Random().nextLong());
        System.out.println("KillBothWaysTest: " + KILLS + " random kills, -Dtidemark.seed=" + seed);
        var random = new Random(seed);
        int kills = 0;
        for (int database = 0; kills < KILLS; database++) {
            Path own = Files.createDirectory(folder.resolve("database" + database));
            Installation installation =
                    database % 2 == 0 ? Installation.postgreSql(own, sandbox) : Installation.h2(own, sandbox);
            int some = Math.min(KILLS - kills, Math.min(KILLS_A_DATABASE, (KILLS + 1) / 2));
            sandbox.switches()
                    .set(Doubts.ROWS_PER_FILE, 7)
                    .set(Doubts.PENDING_POLLS, 1)
                    .set(Doubts.IN_PROCESS_POLLS, 0);
            killAtRandom(both(installation), random, some);
            kills += some;
            System.out.println("KillBothWaysTest: " + kills + " kills, all is well");
        }
    }

    private void killAtRandom(Installation installation, Random random, int kills) throws Exception {
        var edits = new TwoSidedEdits(sandbox, installation.target(), new Random(random.nextLong()));
        ScheduledExecutorService somebody = new ScheduledThreadPoolExecutor(1);
        var editing = somebody.scheduleWithFixedDelay(edits::editThere, 0, 60, TimeUnit.MILLISECONDS);
        try {
            for (int i = 0; i < kills; i++) {
                try (Program program = installation.run()) {
                    if (random.nextInt(5) > 0) {
                        awaitAnyRequest(program);
                        for (int some = random.nextInt(8); some > 0; some--) {
                            edits.editHere();
                            program.leaveFor(Duration.ofMillis(random.nextInt(150)));
                        }
                    }
                    program.leaveFor(Duration.ofMillis(random.nextInt(1_500)));
                    program.kill();
                }
                edits.assertNothingTwice();
            }
        } finally {
            editing.cancel(false);
            somebody.shutdown();
            assertThat(somebody.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }
        converge(installation, edits);
    }

    /** From then on the program has its database, and H2 can be looked into beside it. */
    private void awaitAnyRequest(Program program) {
        int before = sandbox.log().requests().size();
        Awaiting.until(() -> sandbox.log().requests().size() > before, program::output, program::alive);
    }

    /** Left alone, the program brings both sides together and then writes nothing more. */
    private void converge(Installation installation, TwoSidedEdits edits) {
        Target target = installation.target();
        sandbox.faults().clear();
        age(target);
        try (Program program = installation.run()) {
            awaitAnyRequest(program);
            Awaiting.until(
                    () -> committed(target) > 0
                            && target.rows("select * from tidemark_change").isEmpty()
                            && edits.differences().isEmpty(),
                    () -> "left are " + target.rows("select * from tidemark_change") + edits.differences() + ":\n"
                            + program.output(),
                    program::alive);
            long writes = writes();
            List<String> rows = target.rows("select * from contacts order by tidemark_id");
            long cycles = committed(target);
            Awaiting.until(() -> committed(target) >= cycles + 2, program::output, program::alive);
            assertThat(target.rows("select * from contacts order by tidemark_id"))
                    .as("no row is written again")
                    .isEqualTo(rows);
            assertThat(writes()).as("nothing is sent again").isEqualTo(writes);
            program.kill();
        }
        edits.assertNothingTwice();
    }

    private static long committed(Target target) {
        return target.has("tidemark_cycle")
                ? target.number("select count(*) from tidemark_cycle where outcome = 'committed'")
                : 0;
    }

    private long writes() {
        return sandbox.log().requests().stream()
                .filter(request -> request.path().startsWith("/v4/people/")
                        && !request.method().equals("GET"))
                .count();
    }

    private void awaitRequests(Program program, String method, String path, long times) {
        Awaiting.until(
                () -> sandbox.log().count(method, path) >= times,
                () -> "no " + times + " of " + method + " " + path + " but "
                        + sandbox.log().requests().stream()
                                .map(request -> request.method() + " " + request.path() + " " + request.status())
                                .collect(Collectors.joining(", "))
                        + ":\n" + program.output(),
                program::alive);
    }
}
