package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.stream.Condition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person says to a stream that runs. */
class PersonTest {
    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(setup -> setup.stream("others", "ea"));

    @Test
    void a_paused_stream_takes_no_step_and_goes_on_with_the_same_job_when_it_is_resumed() {
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, true);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobs(1);
        BRIDGE.running().store().pause("contacts");
        Running.until(
                () -> BRIDGE.running()
                        .rows("select name from tidemark_stream where claim_until is not null")
                        .isEmpty(),
                () -> "a step is still being taken");
        assertThat(BRIDGE.running().state("contacts").condition()).isEqualTo(Condition.PAUSED);
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, false);
        BRIDGE.sandbox().log().clear();
        BRIDGE.running().store().due("contacts");
        BRIDGE.begin("others");
        BRIDGE.running().untilCommitted("others");
        String job = BRIDGE.running().state("contacts").job().id();
        assertThat(BRIDGE.polls()).noneMatch(poll -> poll.path().endsWith(job));
        assertThat(BRIDGE.running().status("contacts").state()).isEqualTo("paused");

        BRIDGE.running().store().resume("contacts");
        BRIDGE.running().untilCommitted("contacts");
        assertThat(BRIDGE.polls()).anyMatch(poll -> poll.path().endsWith(job));
    }

    @Test
    void a_resync_during_a_cycle_follows_it_asks_for_the_whole_reach_and_leaves_the_watermark() {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, true);
        BRIDGE.running().store().due("contacts");
        BRIDGE.untilJobs(2);
        BRIDGE.running().store().resync("contacts");
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, false);
        BRIDGE.running().until("contacts", state -> state.flight().isEmpty() && state.dueAt() == null);

        assertThat(BRIDGE.running().rows("select kind from tidemark_cycle order by id"))
                .extracting(row -> row.get("kind"))
                .containsExactly("window", "window", "resync");
        Instant now = InstantSource.system().instant();
        assertThat(WindowTest.instant(BRIDGE.asked().get(1), "dateChangedFrom"))
                .isAfter(now.minus(1, ChronoUnit.HOURS));
        assertThat(WindowTest.instant(BRIDGE.asked().get(2), "dateChangedFrom"))
                .isBefore(now.minus(89, ChronoUnit.DAYS));
        assertThat(BRIDGE.running().value("select window_to from tidemark_cycle where kind = 'resync'"))
                .isNotEqualTo(BRIDGE.running().value("select watermark from tidemark_stream"));
        assertThat(BRIDGE.running().value("select max(window_to) from tidemark_cycle where kind = 'window'"))
                .isEqualTo(BRIDGE.running().value("select watermark from tidemark_stream"));
        assertThat(BRIDGE.running().state("contacts").resync()).isFalse();
    }

    @Test
    void a_wish_while_a_stream_is_paused_is_granted_when_it_is_resumed() {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.running().store().pause("contacts");
        BRIDGE.running().store().due("contacts");
        BRIDGE.running().store().resume("contacts");
        BRIDGE.running()
                .until(
                        "contacts",
                        state -> state.dueAt() == null && state.flight().isEmpty());

        assertThat(BRIDGE.count("tidemark_cycle")).isEqualTo(2);
    }
}
