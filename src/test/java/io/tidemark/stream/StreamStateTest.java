package io.tidemark.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamStateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(30);
    private static final Instant END = NOW.minusSeconds(10);

    private final StreamState fresh = StreamState.fresh("contacts", "crm", NOW);

    @Test
    void a_cycle_goes_from_request_over_polls_to_the_load_and_back_to_rest() {
        assertThat(fresh.nextStep()).isEqualTo(NextStep.REQUEST);
        assertThat(fresh.step()).isEqualTo("idle");

        StreamState begun = fresh.begun(window());
        assertThat(begun.dueAt()).isNull();
        assertThat(begun.nextStep()).isEqualTo(NextStep.REQUEST);

        StreamState requested = begun.requested(Job.requested("7", NOW), null, LATER);
        assertThat(requested.nextStep()).isEqualTo(NextStep.POLL);
        assertThat(requested.step()).isEqualTo("requested");
        assertThat(requested.nextAt()).isEqualTo(LATER);

        StreamState polled = requested.stillRunning("InProcess", LATER.plusSeconds(60));
        assertThat(polled.job()).isEqualTo(new Job("7", "InProcess", NOW, 1, false));

        StreamState ready = polled.complete("Complete", END, LATER);
        assertThat(ready.nextStep()).isEqualTo(NextStep.LOAD);
        assertThat(ready.step()).isEqualTo("ready");
        assertThat(ready.inFlight().to()).isEqualTo(END);

        StreamState committed = ready.committed(LATER, List.of());
        assertThat(committed.watermark()).isEqualTo(END);
        assertThat(committed.flight()).isEmpty();
        assertThat(committed.dueAt()).isNull();
        assertThat(committed.lastSuccess()).isEqualTo(LATER);
    }

    @Test
    void the_end_that_came_with_the_request_stays_unless_the_finished_job_says_another() {
        StreamState requested = fresh.begun(window()).requested(Job.requested("7", NOW), END, LATER);
        assertThat(requested.complete("Complete", null, LATER).inFlight().to()).isEqualTo(END);
    }

    @Test
    void the_watermark_never_moves_back() {
        StreamState ahead = committedUpTo(fresh, NOW);
        assertThat(committedUpTo(ahead, END).watermark()).isEqualTo(NOW);
    }

    @Test
    void only_a_window_moves_the_watermark() {
        StreamState resynced =
                inFlight(committedUpTo(fresh, END), CycleKind.RESYNC).committed(LATER, List.of());
        assertThat(resynced.watermark()).isEqualTo(END);
        assertThat(resynced.lastKey()).isNull();

        StreamState filled =
                inFlight(committedUpTo(fresh, END), CycleKind.BACKFILL).committed(LATER, List.of());
        assertThat(filled.watermark()).isEqualTo(END);
        assertThat(filled.lastKey()).isEqualTo("key-9");
        assertThat(filled.dueAt()).as("a back-fill wants to go on").isEqualTo(LATER);
    }

    @Test
    void a_failed_cycle_is_due_again_for_the_same_window_and_a_resync_stays_wanted() {
        StreamState failed = inFlight(fresh, CycleKind.RESYNC).cycleFailed("no", LATER);
        assertThat(failed.flight()).isEmpty();
        assertThat(failed.resync()).isTrue();
        assertThat(failed.dueAt()).isEqualTo(LATER);
        assertThat(failed.troubles()).isEqualTo(1);
        assertThat(failed.lastError()).isEqualTo("no");
        assertThat(inFlight(fresh, CycleKind.WINDOW).cycleFailed("no", LATER).resync())
                .isFalse();
    }

    @Test
    void a_lost_job_keeps_the_cycle_and_forgets_the_end_that_came_with_the_job() {
        StreamState lost = inFlight(fresh, CycleKind.WINDOW).jobLost("gone", LATER);
        assertThat(lost.nextStep()).isEqualTo(NextStep.REQUEST);
        assertThat(lost.inFlight().cycleId()).isEqualTo(5);
        assertThat(lost.inFlight().to()).isNull();
    }

    @Test
    void a_step_that_failed_is_taken_again_and_success_forgets_the_failures() {
        StreamState failing = inFlight(fresh, CycleKind.WINDOW).later("503", LATER);
        assertThat(failing.nextStep()).isEqualTo(NextStep.LOAD);
        assertThat(failing.failures()).isEqualTo(1);
        assertThat(failing.committed(LATER, List.of()).failures()).isZero();
    }

    @Test
    void the_same_mismatch_three_times_in_a_row_stops_the_stream_with_the_way_out() {
        StreamState once = inFlight(fresh, CycleKind.WINDOW).mismatched(5, 4, "announced 5, read 4", LATER);
        assertThat(once.condition()).isEqualTo(Condition.RUNNING);
        StreamState other = inFlight(once, CycleKind.WINDOW).mismatched(5, 3, "announced 5, read 3", LATER);
        assertThat(other.mismatch()).isEqualTo(new Mismatch(5, 3, 1));
        StreamState twice = inFlight(once, CycleKind.WINDOW).mismatched(5, 4, "announced 5, read 4", LATER);
        StreamState thrice = inFlight(twice, CycleKind.WINDOW).mismatched(5, 4, "announced 5, read 4", LATER);
        assertThat(thrice.condition()).isEqualTo(Condition.STOPPED);
        assertThat(thrice.reason())
                .isEqualTo("announced 5, read 4. The same numbers came 3 times in a row: set"
                        + " tidemark.streams.contacts.count-mismatch=accept to take the rows as they are, then run"
                        + " 'tidemark resume contacts'");
    }

    @Test
    void a_brake_keeps_what_it_counted_for_a_person_to_accept() {
        StreamState braked = inFlight(fresh, CycleKind.WINDOW).braked(new Allowance(900, 0), "too many");
        assertThat(braked.condition()).isEqualTo(Condition.BRAKED);
        assertThat(braked.accepted()).isEqualTo(new Allowance(900, 0));
        assertThat(braked.flight()).isEmpty();
        assertThat(braked.dueAt()).isNotNull();
    }

    @Test
    void an_allowance_covers_no_more_than_was_shown() {
        assertThat(new Allowance(10, 5).covers(10, 5)).isTrue();
        assertThat(new Allowance(10, 5).covers(11, 0)).isFalse();
        assertThat(new Allowance(10, 5).covers(0, 6)).isFalse();
    }

    @Test
    void a_warning_is_kept_once() {
        assertThat(fresh.warned("a").warned("a").warned("b").warnings()).containsExactly("a", "b");
    }

    @Test
    void a_step_that_needs_a_cycle_refuses_without_one() {
        assertThatThrownBy(() -> fresh.stillRunning("x", NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("contacts has no cycle in flight");
    }

    static StreamState committedUpTo(StreamState state, Instant end) {
        return state.begun(new Flight(1, CycleKind.WINDOW, end.minusSeconds(60), end, null, Optional.empty()))
                .requested(Job.requested("1", NOW), end, NOW)
                .complete("Complete", end, NOW)
                .committed(NOW, List.of());
    }

    private static StreamState inFlight(StreamState state, CycleKind kind) {
        String lastKey = kind == CycleKind.BACKFILL ? "key-9" : null;
        return state.begun(new Flight(5, kind, NOW.minusSeconds(600), null, lastKey, Optional.empty()))
                .requested(Job.requested("7", NOW), END, NOW)
                .complete("Complete", END, NOW);
    }

    private static Flight window() {
        return new Flight(5, CycleKind.WINDOW, NOW.minusSeconds(600), null, null, Optional.empty());
    }
}
