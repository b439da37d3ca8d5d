package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The other side cannot answer now: what was asked is asked again, as late as it was told, and nothing is lost (F12). */
class WaitTest {
    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(
            setup -> setup.stream("others", "ea").set("tidemark.sources.ea.max-concurrent-requests", "1"));

    @Test
    void a_wait_in_seconds_is_kept_by_every_stream_of_the_source() {
        BRIDGE.sandbox().faults().next(SharedBridge.GET_JOB, Fault.status(429).retryAfterSeconds(1));
        BRIDGE.begin("contacts");
        BRIDGE.begin("others");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.running().untilCommitted("others");

        List<RecordedRequest> requests = BRIDGE.sandbox().log().requests();
        Instant told = requests.stream()
                .filter(request -> request.status() == 429)
                .findFirst()
                .orElseThrow()
                .at();
        assertThat(requests)
                .filteredOn(request -> request.at().isAfter(told))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.at()).isAfterOrEqualTo(told.plusSeconds(1)));
        assertThat(BRIDGE.jobs()).isEqualTo(2);
    }

    @Test
    void the_wait_counts_from_the_answer_however_long_the_step_has_lasted_by_then() {
        BRIDGE.sandbox()
                .faults()
                .next("GET /v4/changedEntityExportJobs/fields/*", Fault.slow(Duration.ofMillis(1200)))
                .next(SharedBridge.POST_JOB, Fault.status(429).retryAfterSeconds(1));
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        List<RecordedRequest> posts = BRIDGE.sandbox().log().requests("POST", SharedBridge.JOBS);
        assertThat(posts).hasSize(2);
        assertThat(Duration.between(posts.get(0).at(), posts.get(1).at())).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void a_wait_until_a_date_is_stored_for_the_source_with_its_reason() {
        BRIDGE.sandbox().faults().next(SharedBridge.POST_JOB, Fault.status(503).retryAfterDate(Duration.ofMinutes(3)));
        BRIDGE.begin("contacts");
        StreamState waiting = BRIDGE.running().until("contacts", state -> state.failures() == 1);
        BRIDGE.begin("others");

        Map<String, String> source =
                BRIDGE.running().rows("select * from tidemark_source").get(0);
        assertThat(source.get("name")).isEqualTo("ea");
        assertThat(source.get("reason")).isEqualTo("EveryAction cannot answer POST /changedEntityExportJobs now (503)");
        Duration wait = Duration.between(
                InstantSource.system().instant(),
                time(BRIDGE.running().value("select not_before from tidemark_source")));
        assertThat(wait).isBetween(Duration.ofSeconds(160), Duration.ofSeconds(182));
        assertThat(waiting.lastError()).isEqualTo(source.get("reason"));
        assertThat(BRIDGE.running().store().claim("others", "a test", Duration.ofSeconds(1)))
                .as("no stream of the source can be claimed meanwhile")
                .isEmpty();

        BRIDGE.running().hurry();
        BRIDGE.running().untilCommitted("contacts");
        assertThat(BRIDGE.running().rows("select id from tidemark_cycle where stream = 'contacts'"))
                .hasSize(1);
    }

    @Test
    void a_vendor_that_asks_for_a_day_is_asked_again_after_an_hour() {
        BRIDGE.sandbox().faults().next(SharedBridge.POST_JOB, Fault.status(429).retryAfterSeconds(86_400));
        BRIDGE.begin("contacts");
        BRIDGE.running().until("contacts", state -> state.failures() == 1);

        Instant until = time(BRIDGE.running().value("select not_before from tidemark_source"));
        assertThat(Duration.between(InstantSource.system().instant(), until))
                .isBetween(Duration.ofMinutes(59), Duration.ofSeconds(3601));
    }

    @Test
    void a_busy_server_that_says_nothing_is_asked_less_and_less_often_and_its_other_streams_go_on() {
        BRIDGE.sandbox().faults().next(SharedBridge.GET_JOB, Fault.status(503).times(4));
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        List<RecordedRequest> polls = BRIDGE.polls();
        assertThat(Duration.between(polls.get(3).at(), polls.get(4).at())).isGreaterThan(Duration.ofMillis(8 * 50));
        assertThat(BRIDGE.running().rows("select * from tidemark_source")).isEmpty();
        assertThat(BRIDGE.jobs()).isEqualTo(1);
    }

    static List<Fault> passing() {
        return List.of(
                Fault.html(500),
                Fault.html(200),
                Fault.status(502),
                Fault.reset(),
                Fault.emptyBody(),
                Fault.cutBody(20),
                Fault.cutChunked(20),
                Fault.resetBody(20),
                Fault.slow(Duration.ofMillis(300)),
                Fault.status(200).body("application/json", "{\"exportJobId\": 1, \"x\": \"" + "y".repeat(17_000_000)));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_goes_wrong_with_a_poll_is_polled_again_and_the_job_is_kept(Fault fault) {
        BRIDGE.sandbox().faults().next(SharedBridge.GET_JOB, fault);
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.jobs()).isEqualTo(1);
        assertThat(BRIDGE.running().rows("select outcome from tidemark_cycle"))
                .containsExactly(Map.of("outcome", "committed"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_goes_wrong_with_the_request_is_asked_for_again_in_the_same_cycle(Fault fault) {
        BRIDGE.sandbox().faults().next(SharedBridge.POST_JOB, fault);
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.jobs()).isLessThanOrEqualTo(2);
        assertThat(BRIDGE.asked())
                .allSatisfy(asked -> assertThat(asked.path("dateChangedFrom"))
                        .isEqualTo(BRIDGE.asked().get(0).path("dateChangedFrom")));
        assertThat(BRIDGE.running().rows("select outcome from tidemark_cycle"))
                .containsExactly(Map.of("outcome", "committed"));
    }

    @Test
    void a_request_whose_answer_was_lost_costs_a_second_export_at_most() {
        BRIDGE.sandbox().faults().next(SharedBridge.POST_JOB, Fault.answerLost());
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.jobs()).isEqualTo(2);
        assertThat(BRIDGE.running().rows("select outcome from tidemark_cycle"))
                .containsExactly(Map.of("outcome", "committed"));
        assertThat(BRIDGE.count("contacts")).isEqualTo(BRIDGE.records());
    }

    @Test
    void a_failing_step_is_seen_in_the_status_and_forgotten_after_a_success() {
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, true);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobs(1);
        BRIDGE.sandbox().faults().next(SharedBridge.GET_JOB, Fault.html(500).times(3));
        BRIDGE.running().until("contacts", state -> state.failures() == 2);
        assertThat(BRIDGE.running().status("contacts").state()).isEqualTo("failing");
        BRIDGE.running().until("contacts", state -> state.failures() == 0);
        assertThat(BRIDGE.running().status("contacts").state()).isEqualTo("running");
        assertThat(BRIDGE.running().status("contacts").reason()).isNull();
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(
                        text,
                        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]x"))
                .toInstant();
    }
}
