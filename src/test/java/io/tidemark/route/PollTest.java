package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of an export job that does not end well, or not at all (F13). */
class PollTest {
    @RegisterExtension
    static final SharedBridge BRIDGE =
            new SharedBridge(setup -> setup.contacts("poll-most", "PT0.4S").stream("hasty", "ea")
                    .set("tidemark.streams.hasty.job-timeout", "PT0.6S"));

    @Test
    void polling_backs_off_from_the_first_wait_to_the_longest() {
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, true);
        BRIDGE.begin("contacts");
        StreamState state = BRIDGE.running()
                .until("contacts", now -> hasJob(now) && now.job().polls() >= 5);

        List<RecordedRequest> polls = BRIDGE.polls();
        assertThat(between(polls.get(0), polls.get(1))).isGreaterThan(Duration.ofMillis(60));
        assertThat(between(polls.get(1), polls.get(2))).isGreaterThan(Duration.ofMillis(150));
        assertThat(between(polls.get(2), polls.get(3))).isBetween(Duration.ofMillis(300), Duration.ofMillis(700));
        assertThat(between(polls.get(3), polls.get(4))).isBetween(Duration.ofMillis(300), Duration.ofMillis(700));
        assertThat(state.job().word()).isEqualTo("Pending");
        assertThat(BRIDGE.jobs()).isEqualTo(1);
    }

    @Test
    void a_job_that_fails_is_told_in_the_vendors_words_and_a_new_one_is_asked_for_the_same_window() {
        BRIDGE.sandbox()
                .switches()
                .set(Doubts.OUTCOME, Doubts.Outcome.ERROR)
                .set(Doubts.ERROR_MESSAGE, "Too many rows")
                .set(Doubts.ERROR_CODE, "E-77");
        BRIDGE.begin("contacts");
        String failure = failure("contacts");
        BRIDGE.sandbox().switches().set(Doubts.OUTCOME, Doubts.Outcome.COMPLETE);
        BRIDGE.running().untilCommitted("contacts");

        assertThat(failure)
                .matches("job 30\\d+ failed at the vendor: Too many rows \\(code E-77\\); a new one is asked for");
        assertThat(BRIDGE.asked().get(1).path("dateChangedFrom").asText().substring(0, 16))
                .isEqualTo(
                        BRIDGE.asked().get(0).path("dateChangedFrom").asText().substring(0, 16));
        assertThat(BRIDGE.running().lastCycle("contacts").outcome()).isEqualTo("committed");
    }

    @Test
    void jobs_that_fail_again_and_again_are_asked_for_less_and_less_often_and_the_status_says_so_all_the_time() {
        BRIDGE.sandbox().switches().set(Doubts.OUTCOME, Doubts.Outcome.ERROR);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobs(2);
        BRIDGE.running().until("contacts", PollTest::hasJob);
        assertThat(BRIDGE.running().status("contacts").state()).isEqualTo("failing");
        assertThat(BRIDGE.running().status("contacts").reason()).contains("Export could not be finished");
        BRIDGE.untilJobs(5);

        List<RecordedRequest> jobs = BRIDGE.sandbox().log().requests("POST", SharedBridge.JOBS);
        assertThat(between(jobs.get(3), jobs.get(4))).isGreaterThan(Duration.ofMillis(8 * 50));
        BRIDGE.sandbox().switches().reset();
        BRIDGE.running().hurry();
        assertThat(BRIDGE.running().untilCommitted("contacts").failures()).isZero();
        assertThat(BRIDGE.running().status("contacts").state()).isEqualTo("running");
    }

    @Test
    void a_job_that_vanished_is_looked_for_a_few_times_then_its_window_is_asked_for_again() {
        BRIDGE.sandbox()
                .switches()
                .set(Doubts.OUTCOME, Doubts.Outcome.VANISHED)
                .set(Doubts.PENDING_POLLS, 0)
                .set(Doubts.IN_PROCESS_POLLS, 0);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobs(2);
        assertThat(BRIDGE.polls().stream().filter(poll -> poll.status() == 404).count())
                .isBetween(3L, 5L);
        assertThat(BRIDGE.running().rows("select id from tidemark_cycle")).hasSize(1);
        BRIDGE.sandbox().switches().reset();
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.asked().get(1).path("dateChangedFrom"))
                .isEqualTo(BRIDGE.asked().get(0).path("dateChangedFrom"));
        assertThat(BRIDGE.running().rows("select outcome from tidemark_cycle"))
                .containsExactly(Map.of("outcome", "committed"));
    }

    @Test
    void a_status_that_nobody_knows_is_polled_with_a_warning_and_is_never_success() {
        BRIDGE.sandbox().switches().set(Doubts.UNKNOWN_STATUS, true).set(Doubts.IN_PROCESS_POLLS, 1_000_000);
        BRIDGE.begin("hasty");
        StreamState polled =
                BRIDGE.running().until("hasty", state -> !state.warnings().isEmpty());
        assertThat(polled.warnings())
                .containsExactly(
                        "job " + polled.job().id()
                                + " is in a state that Tidemark does not know: Hibernating; it is polled until the job time-out");
        assertThat(polled.nextStep()).isEqualTo(io.tidemark.stream.NextStep.POLL);
        String failure = failure("hasty");

        assertThat(failure)
                .isEqualTo("job " + polled.job().id() + " was still Hibernating after PT0.6S"
                        + " (tidemark.streams.hasty.job-timeout) and is given up; a new one is asked for");
        assertThat(BRIDGE.running().state("hasty").watermark()).isNull();
        BRIDGE.sandbox().switches().reset();
        BRIDGE.running().untilCommitted("hasty");
        assertThat(BRIDGE.running().state("hasty").warnings()).isEmpty();
    }

    @Test
    void a_job_that_is_stuck_is_given_up_after_the_job_time_out() {
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, true);
        BRIDGE.begin("hasty");
        String failure = failure("hasty");
        BRIDGE.untilJobs(2);

        assertThat(failure)
                .matches(
                        "job 30\\d+ was still Pending after PT0.6S \\(tidemark.streams.hasty.job-timeout\\) and is given"
                                + " up; a new one is asked for");
        assertThat(BRIDGE.running().state("hasty").watermark()).isNull();
    }

    /** The error of the first cycle of the stream that failed. */
    private static String failure(String stream) {
        String query =
                "select error from tidemark_cycle where outcome = 'failed' and stream = '" + stream + "' order by id";
        Running.until(() -> !BRIDGE.running().rows(query).isEmpty(), () -> "no cycle failed");
        return BRIDGE.running().value(query);
    }

    static boolean hasJob(StreamState state) {
        return state.flight().flatMap(io.tidemark.stream.Flight::job).isPresent();
    }

    private static Duration between(RecordedRequest one, RecordedRequest other) {
        return Duration.between(one.at(), other.at());
    }
}
