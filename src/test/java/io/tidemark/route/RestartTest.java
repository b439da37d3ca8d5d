package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.NextStep;
import io.tidemark.stream.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge that ends in each state, and the next one that goes on (F16). */
class RestartTest {
    @TempDir
    Path folder;

    private final EveryActionSandbox sandbox = EveryActionSandbox.start();

    @SuppressWarnings("NullAway.Init")
    private Running running;

    @BeforeEach
    void begin() {
        running = Running.start(Setup.of(folder, sandbox).set("camel.main.shutdown-timeout", "1"));
    }

    @AfterEach
    void end() {
        running.close();
        sandbox.close();
    }

    @Test
    void after_the_cycle_began_the_next_bridge_asks_for_the_same_window_in_the_same_cycle() {
        sandbox.faults().next(SharedBridge.POST_JOB, Fault.status(503).times(1000));
        running.begin("contacts");
        StreamState before = running.until("contacts", state -> state.failures() >= 2);
        assertThat(before.inFlight().job()).isEmpty();
        running.store().due("contacts");
        restart();
        sandbox.faults().clear();
        sandbox.log().clear();
        running.execute("update tidemark_stream set due_at = null");
        running.hurry();

        running.untilCommitted("contacts");
        assertThat(SharedBridge.asked(sandbox)).hasSize(1);
        assertThat(WindowTest.instant(SharedBridge.asked(sandbox).get(0), "dateChangedFrom"))
                .isEqualTo(before.inFlight().from());
        assertThat(running.rows("select outcome from tidemark_cycle")).containsExactly(Map.of("outcome", "committed"));
    }

    @Test
    void after_the_request_and_between_polls_the_next_bridge_polls_the_same_job() {
        sandbox.switches().set(Doubts.STUCK_PENDING, true);
        running.begin("contacts");
        StreamState before = running.until("contacts", PollTest::hasJob);
        restart();
        StreamState polled = running.until(
                "contacts", state -> state.job().polls() >= before.job().polls() + 2);
        restart();
        sandbox.switches().set(Doubts.STUCK_PENDING, false);

        running.untilCommitted("contacts");
        assertThat(polled.job().id()).isEqualTo(before.job().id());
        assertThat(running.value("select job_id from tidemark_cycle"))
                .isEqualTo(before.job().id());
        assertThat(sandbox.log().count("POST", SharedBridge.JOBS)).isEqualTo(1);
    }

    @Test
    void when_the_export_is_ready_the_next_bridge_loads_it_without_asking_for_another() {
        sandbox.faults().next(SharedBridge.GET_FILE, Fault.status(503).times(4));
        running.begin("contacts");
        running.until("contacts", state -> state.failures() >= 2 && state.nextStep() == NextStep.LOAD);
        restart();
        sandbox.faults().clear();
        running.hurry();

        running.untilCommitted("contacts");
        assertThat(sandbox.log().count("POST", SharedBridge.JOBS)).isEqualTo(1);
        assertThat(running.rows("select outcome from tidemark_cycle")).containsExactly(Map.of("outcome", "committed"));
    }

    @Test
    void a_bridge_that_ends_in_mid_load_leaves_nothing_behind_and_the_next_one_loads_the_same_export() {
        sandbox.faults().next(SharedBridge.GET_FILE, Fault.drip(Duration.ofMillis(20)));
        running.begin("contacts");
        Running.until(
                () -> sandbox.log().requests().stream()
                        .anyMatch(request -> request.server().equals("files")),
                () -> "no file was asked for");
        running.store().pause("contacts");
        restart();
        assertThat(running.value("select count(*) from contacts")).isEqualTo("0");
        assertThat(running.state("contacts").watermark()).isNull();

        running.execute("update tidemark_stream set state = 'running', next_at = current_timestamp");
        running.untilCommitted("contacts");
        assertThat(running.value("select count(*) from contacts"))
                .isEqualTo(Integer.toString(sandbox.keys("Contacts", true).size()));
        Running.until(
                () -> running.value("select count(*) from tidemark_staging_contacts")
                        .equals("0"),
                () -> "staging keeps its rows");
        assertThat(sandbox.log().count("POST", SharedBridge.JOBS)).isEqualTo(1);
        assertThat(running.value("select count(*) from tidemark_cycle")).isEqualTo("1");
    }

    @Test
    void a_clean_stop_in_mid_step_gives_the_claim_back() {
        sandbox.faults().next(SharedBridge.GET_JOB, Fault.slow(Duration.ofSeconds(30)));
        running.begin("contacts");
        Running.until(
                () -> sandbox.log().requests().stream()
                        .anyMatch(request -> request.path().startsWith(SharedBridge.JOBS + "/30")),
                () -> "no poll");
        assertThat(running.status("contacts").holder()).isEqualTo(Turns.HOLDER);
        restart();

        running.untilCommitted("contacts");
        assertThat(sandbox.log().count("POST", SharedBridge.JOBS)).isEqualTo(1);
    }

    private void restart() {
        running = running.restart();
    }
}
