package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.Doubts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who takes a step: one, whatever fires and however many bridges share the database (F21, F35, rule 11). */
class ClaimTest {
    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(setup -> setup.stream("others", "ea"));

    @Test
    void any_number_of_firings_during_a_cycle_is_one_further_cycle() {
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, true);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobs(1);
        BRIDGE.running().store().due("contacts");
        BRIDGE.running().store().due("contacts");
        BRIDGE.running().store().due("contacts");
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, false);
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.running().rows("select outcome from tidemark_cycle"))
                .containsExactly(Map.of("outcome", "committed"), Map.of("outcome", "committed"));
    }

    @Test
    void of_two_bridges_on_one_database_each_step_is_taken_by_one() {
        try (var second = Running.start(BRIDGE.setup())) {
            BRIDGE.begin("contacts");
            BRIDGE.begin("others");
            for (int cycle = 0; cycle < 4; cycle++) {
                BRIDGE.running().cycle("contacts");
                second.cycle("others");
            }
            BRIDGE.running().untilCommitted("others");
        }
        Map<String, Long> polls =
                BRIDGE.polls().stream().collect(Collectors.groupingBy(RecordedRequest::path, Collectors.counting()));
        assertThat(BRIDGE.jobs())
                .isEqualTo(Long.parseLong(BRIDGE.running().value("select count(*) from tidemark_cycle")));
        assertThat(polls.values())
                .as("three polls and the load's look at the job")
                .containsOnly(4L);
        assertThat(BRIDGE.running().rows("select distinct outcome from tidemark_cycle"))
                .containsExactly(Map.of("outcome", "committed"));
    }

    @Test
    void a_bridge_that_was_held_up_past_its_claim_cannot_commit() {
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.slow(Duration.ofMillis(700)));
        try (var log = new CapturedLog()) {
            BRIDGE.begin("contacts");
            BRIDGE.untilFile();
            takeOver();
            Running.until(() -> log.said("another process took this step over"), () -> "the claim was not lost");
        }
        assertThat(BRIDGE.count("contacts")).isZero();
        assertThat(BRIDGE.running().state("contacts").watermark()).isNull();
        assertThat(BRIDGE.running().status("contacts").holder()).isEqualTo("somebody else");
        assertThat(BRIDGE.running().happenings().all()).doesNotContain("contacts failed");

        BRIDGE.running().execute("update tidemark_stream set claim_until = null, claim_holder = null");
        BRIDGE.running().untilCommitted("contacts");
        assertThat(BRIDGE.count("contacts")).isEqualTo(BRIDGE.records());
        assertThat(BRIDGE.jobs()).isEqualTo(1);
    }

    @Test
    void a_failure_of_a_bridge_that_lost_its_claim_is_not_stored_either() {
        BRIDGE.sandbox().faults().next(SharedBridge.POST_JOB, Fault.status(401).pause(Duration.ofMillis(500)));
        try (var log = new CapturedLog()) {
            BRIDGE.begin("contacts");
            BRIDGE.untilJobs(1);
            takeOver();
            Running.until(
                    () -> log.said("took this step over") || log.said("took it over"), () -> "the claim was not lost");
        }
        assertThat(BRIDGE.running().state("contacts").condition()).isEqualTo(io.tidemark.stream.Condition.RUNNING);
        BRIDGE.running().execute("update tidemark_stream set claim_until = null, claim_holder = null");
        BRIDGE.running().untilCommitted("contacts");
    }

    @Test
    void a_failure_that_cannot_be_stored_is_told_in_a_line_and_the_step_is_taken_again() {
        BRIDGE.sandbox().faults().next(SharedBridge.POST_JOB, Fault.status(500).pause(Duration.ofMillis(500)));
        try (var log = new CapturedLog()) {
            BRIDGE.begin("contacts");
            BRIDGE.untilJobs(1);
            BRIDGE.running().execute("alter table tidemark_stream rename to tidemark_away");
            Running.until(
                    () -> log.said("contacts: that is not stored, and the step is taken again: "), () -> "silent");
            BRIDGE.running().execute("alter table tidemark_away rename to tidemark_stream");

            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR ") || line.contains("\n"));
        }
        BRIDGE.running().execute("update tidemark_stream set claim_until = null, claim_holder = null");
        BRIDGE.running().untilCommitted("contacts");
    }

    @Test
    void one_streams_failures_hold_up_no_other_stream_of_the_source() {
        BRIDGE.sandbox().switches().set(Doubts.ERROR_MESSAGE, "no");
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.html(200).times(3));
        BRIDGE.begin("contacts");
        BRIDGE.running().until("contacts", state -> state.troubles() > 0);
        BRIDGE.sandbox().faults().clear();
        BRIDGE.begin("others");
        BRIDGE.running().untilCommitted("others");
        BRIDGE.running().untilCommitted("contacts");
        assertThat(List.of(BRIDGE.count("contacts"), BRIDGE.count("others"))).containsOnly(BRIDGE.records());
    }

    @ParameterizedTest
    @CsvSource({
        "job_id is null and failures = 0, 0",
        "polls = 0 and failures = 0, 1",
        "watermark is null and failures = 0, 1"
    })
    void a_step_whose_end_cannot_be_stored_is_taken_again_and_nothing_is_doubled(String storable, int jobs) {
        String refused = "contacts: the database refused (SQL state 23513): Check constraint violation: \"NOT_NOW: \";"
                + " SQL statement:; the same step is tried again";
        BRIDGE.running().execute("alter table tidemark_stream add constraint not_now check (" + storable + ")");
        try (var log = new CapturedLog()) {
            BRIDGE.begin("contacts");
            Running.until(
                    () -> log.warnings().stream().filter(refused::equals).count() > 2, () -> "stored: " + log.lines());
        } finally {
            BRIDGE.running().execute("alter table tidemark_stream drop constraint not_now");
        }
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.running().rows("select outcome, rows_inserted from tidemark_cycle"))
                .containsExactly(Map.of("outcome", "committed", "rows_inserted", String.valueOf(BRIDGE.records())));
        assertThat(BRIDGE.count("contacts")).isEqualTo(BRIDGE.records());
        if (jobs > 0) {
            assertThat(BRIDGE.jobs()).isEqualTo(jobs);
        }
    }

    private static void takeOver() {
        BRIDGE.running().execute("""
                update tidemark_stream
                set claim_token = next value for tidemark_claim, claim_holder = 'somebody else',
                    claim_until = dateadd(minute, 1, current_timestamp)
                """);
    }
}
