package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that are not accepted stop a stream, and only that one; a hanging source holds up nobody else. */
class DeniedTest {
    private static final EveryActionSandbox ELSEWHERE = EveryActionSandbox.start();

    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(
            setup -> setup.source("elsewhere", ELSEWHERE, ELSEWHERE.user()).stream("others", "elsewhere"));

    @AfterAll
    static void leave() {
        ELSEWHERE.close();
    }

    @Test
    void a_vendor_that_repeats_the_key_in_what_it_says_is_not_quoted_with_it() {
        String key = BRIDGE.sandbox().user().key();
        BRIDGE.sandbox()
                .faults()
                .next(
                        SharedBridge.POST_JOB,
                        Fault.status(401)
                                .body(
                                        "application/json",
                                        "{\"errors\":[{\"code\":\"X\",\"text\":\"no longer valid: " + key + "\"}]}"));
        BRIDGE.begin("contacts");
        StreamState stopped = BRIDGE.running().until("contacts", state -> state.condition() == Condition.STOPPED);

        assertThat(stopped.reason()).contains("no longer valid: ***").doesNotContain(key);
        BRIDGE.running().store().resume("contacts");
        BRIDGE.running().untilCommitted("contacts");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a_refusal_stops_the_stream_with_a_reason_keeps_its_watermark_and_makes_no_further_calls(int status) {
        BRIDGE.begin("contacts");
        Instant watermark = BRIDGE.running().untilCommitted("contacts").watermark();
        BRIDGE.sandbox().faults().next(SharedBridge.GET_JOB, Fault.status(status));
        BRIDGE.running().store().due("contacts");
        StreamState stopped = BRIDGE.running().until("contacts", state -> state.condition() == Condition.STOPPED);

        assertThat(stopped.reason())
                .startsWith("EveryAction denied GET /changedEntityExportJobs/3")
                .contains("(" + status + ")")
                .contains("Check application-name and api-key");
        assertThat(stopped.watermark()).isEqualTo(watermark);
        assertThat(BRIDGE.running().lastCycle("contacts").outcome()).isEqualTo("stopped");
        assertThat(BRIDGE.running().status("contacts").unwell()).isTrue();
        assertThat(BRIDGE.running().happenings().all()).contains("contacts stopped");

        BRIDGE.sandbox().log().clear();
        BRIDGE.running().store().due("contacts");
        BRIDGE.begin("others");
        BRIDGE.running().untilCommitted("others");
        assertThat(BRIDGE.sandbox().log().requests()).isEmpty();

        BRIDGE.running().store().resume("contacts");
        BRIDGE.running().until("contacts", state -> state.flight().isEmpty() && state.dueAt() == null);
        assertThat(BRIDGE.running().lastCycle("contacts").outcome()).isEqualTo("committed");
        assertThat(BRIDGE.running().state("contacts").reason()).isNull();
    }

    @Test
    void a_key_without_the_right_to_a_resource_is_told_so() {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.sandbox().switches().set(Doubts.FORBIDDEN, Set.of("Contacts"));
        BRIDGE.running().store().due("contacts");
        StreamState stopped = BRIDGE.running().until("contacts", state -> state.condition() == Condition.STOPPED);

        assertThat(stopped.reason())
                .startsWith(
                        "EveryAction denied GET /changedEntityExportJobs/fields/Contacts (403: FORBIDDEN, this key has no right to Contacts");
    }

    @Test
    void a_source_that_hangs_holds_up_nobody_else() {
        BRIDGE.sandbox()
                .faults()
                .next(SharedBridge.GET_JOB, Fault.slow(Duration.ofSeconds(3)).times(8));
        BRIDGE.begin("contacts");
        Running.until(() -> !BRIDGE.polls().isEmpty(), () -> "no poll");
        BRIDGE.begin("others");
        BRIDGE.running().untilCommitted("others");
        BRIDGE.running().cycle("others");

        assertThat(BRIDGE.polls()).as("the first poll still waits").hasSize(1);
        assertThat(BRIDGE.running().state("contacts").watermark()).isNull();
        BRIDGE.sandbox().faults().clear();
    }
}
