package io.tidemark.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.stream.Plan.Gap;
import io.tidemark.stream.Plan.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {
    private static final Instant EARLIEST = Instant.parse("2007-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");
    private static final Duration REACH = Duration.ofDays(90);
    private static final Instant EDGE = Instant.parse("2026-08-23T12:05:01Z");

    @Test
    void the_first_window_starts_at_the_edge_of_the_reach_with_a_margin_in_whole_seconds() {
        assertThat(plan(null, terms())).isEqualTo(new Plan.Ask(CycleKind.WINDOW, EDGE, null, true, false));
    }

    @Test
    void the_first_window_starts_where_the_configuration_says() {
        Instant start = Instant.parse("2026-11-01T00:00:00Z");
        assertThat(plan(null, terms(start, null, Gap.FAIL, false)))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, start, null, true, false));
    }

    @Test
    void a_configured_start_out_of_reach_moves_up_to_the_edge_and_says_so() {
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        assertThat(plan(null, terms(start, null, Gap.FAIL, false)))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, EDGE, null, true, true));
    }

    @Test
    void a_window_starts_at_the_watermark_less_the_overlap() {
        Instant watermark = Instant.parse("2026-11-21T11:00:00.900Z");
        assertThat(plan(watermark, terms()))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, Instant.parse("2026-11-21T10:55:00Z"), null, false, false));
    }

    @Test
    void the_overlap_never_reaches_behind_the_edge_and_is_no_gap_there() {
        Instant watermark = EDGE.plusSeconds(60);
        assertThat(plan(watermark, terms())).isEqualTo(new Plan.Ask(CycleKind.WINDOW, EDGE, null, false, false));
    }

    @Test
    void a_watermark_behind_the_edge_asks_a_person_by_default() {
        Instant watermark = EDGE.minusSeconds(1);
        assertThat(plan(watermark, terms())).isEqualTo(new Plan.OutOfReach(watermark, EDGE));
    }

    @Test
    void a_gap_that_is_clamped_starts_at_the_edge_and_says_so() {
        assertThat(plan(EDGE.minusSeconds(1), terms(null, null, Gap.CLAMP, false)))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, EDGE, null, false, true));
    }

    @Test
    void a_gap_that_is_filled_asks_for_the_known_records_first_and_for_the_window_afterwards() {
        assertThat(plan(EDGE.minusSeconds(1), terms(null, null, Gap.BACKFILL, false)))
                .isEqualTo(new Plan.Backfill(EDGE));
        assertThat(plan(EDGE.minusSeconds(1), terms(null, null, Gap.BACKFILL, true)))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, EDGE, null, false, true));
    }

    @Test
    void a_resync_starts_from_the_whole_reach() {
        StreamState state = state(Instant.parse("2026-11-21T11:00:00Z")).resyncWanted();
        assertThat(Plan.of(state, terms(), NOW)).isEqualTo(new Plan.Ask(CycleKind.RESYNC, EDGE, null, false, false));
    }

    @Test
    void nothing_is_asked_for_once_the_configured_end_is_reached() {
        Instant end = Instant.parse("2026-11-21T11:00:00Z");
        assertThat(plan(end, terms(null, end, Gap.FAIL, false))).isEqualTo(new Plan.Nothing());
        assertThat(plan(end.minusSeconds(1), terms(null, end, Gap.FAIL, false)))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, end.minusSeconds(301), end, false, false));
    }

    @ParameterizedTest
    @EnumSource(Gap.class)
    void without_a_limit_of_the_vendors_there_is_no_gap(Gap gap) {
        Terms unlimited = new Terms(
                Duration.ofMinutes(5),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                gap,
                false);
        assertThat(plan(Instant.parse("2001-01-01T00:05:00Z"), unlimited))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, Instant.parse("2001-01-01T00:00:00Z"), null, false, false));
    }

    @Test
    void without_a_limit_the_first_window_starts_where_the_vendor_starts() {
        assertThat(plan(null, inParts(Duration.ofDays(100_000))))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, EARLIEST, null, true, false));
    }

    @Test
    void a_window_longer_than_the_vendor_takes_is_asked_for_in_parts() {
        var terms = inParts(Duration.ofDays(364));

        assertThat(plan(null, terms))
                .isEqualTo(new Plan.Ask(
                        CycleKind.WINDOW, EARLIEST, EARLIEST.plus(Duration.ofDays(364)), true, false, true));
        assertThat(plan(NOW.minus(Duration.ofDays(30)), terms))
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, Instant.parse("2026-10-22T11:55:00Z"), null, false, false));
    }

    @Test
    void a_part_that_is_committed_is_followed_by_the_next_at_once() {
        Instant end = EARLIEST.plus(Duration.ofDays(364));
        StreamState begun = state(null).begun(part(CycleKind.WINDOW, EARLIEST, end));
        StreamState committed =
                begun.requested(Job.requested("1", NOW), null, NOW).committed(NOW, List.of());

        assertThat(committed.watermark()).isEqualTo(end);
        assertThat(committed.dueAt()).isNotNull();
        assertThat(Plan.of(committed, inParts(Duration.ofDays(364)), NOW))
                .as("without an overlap, so that parts shorter than it come to an end")
                .isEqualTo(new Plan.Ask(CycleKind.WINDOW, end, end.plus(Duration.ofDays(364)), false, false, true));
    }

    @Test
    void everything_once_more_goes_on_where_its_last_part_ended_and_moves_no_watermark() {
        var terms = inParts(Duration.ofDays(364));
        Instant watermark = NOW.minus(Duration.ofDays(1));
        Instant end = EARLIEST.plus(Duration.ofDays(364));
        StreamState begun = state(watermark).resyncWanted().begun(part(CycleKind.RESYNC, EARLIEST, end));
        StreamState committed =
                begun.requested(Job.requested("1", NOW), null, NOW).committed(NOW, List.of());

        assertThat(committed.watermark()).isEqualTo(watermark);
        assertThat(Plan.of(committed, terms, NOW))
                .isEqualTo(new Plan.Ask(CycleKind.RESYNC, end, end.plus(Duration.ofDays(364)), false, false, true));
    }

    @Test
    void a_full_comparison_goes_in_parts_too() {
        Instant end = EARLIEST.plus(Duration.ofDays(364));
        StreamState begun = state(NOW).begun(part(CycleKind.RECONCILE, EARLIEST, end));
        StreamState committed =
                begun.requested(Job.requested("1", NOW), null, NOW).committed(NOW, List.of());

        assertThat(Plan.reconcile(committed, inParts(Duration.ofDays(100_000)), NOW))
                .isEqualTo(new Plan.Ask(CycleKind.RECONCILE, end, null, false, false));
    }

    @Test
    void a_window_that_is_too_much_is_halved_and_the_rest_follows() {
        StreamState begun = state(null)
                .begun(new Flight(1, CycleKind.WINDOW, EARLIEST, NOW, null, Optional.empty()))
                .requested(Job.requested("1", NOW), null, NOW);
        Instant half = EARLIEST.plus(Duration.ofDays(10));
        StreamState halved = begun.halved(half, "too much", NOW);

        assertThat(halved.nextStep()).isEqualTo(NextStep.REQUEST);
        assertThat(halved.inFlight().to()).isEqualTo(half);
        assertThat(halved.requested(Job.requested("2", NOW), null, NOW)
                        .committed(NOW, List.of())
                        .dueAt())
                .isNotNull();
    }

    private static Flight part(CycleKind kind, Instant from, Instant end) {
        return new Flight(1, kind, from, end, Flight.partMark(kind, end), Optional.empty());
    }

    private static Terms inParts(Duration longest) {
        return new Terms(
                Duration.ofMinutes(5),
                Optional.empty(),
                EARLIEST,
                Optional.of(longest),
                Optional.empty(),
                Optional.empty(),
                Gap.FAIL,
                false);
    }

    private static Plan plan(@Nullable Instant watermark, Terms terms) {
        return Plan.of(state(watermark), terms, NOW);
    }

    private static Terms terms() {
        return terms(null, null, Gap.FAIL, false);
    }

    private static Terms terms(@Nullable Instant start, @Nullable Instant end, Gap gap, boolean backfilled) {
        return new Terms(
                Duration.ofMinutes(5),
                Optional.of(REACH),
                Instant.EPOCH,
                Optional.empty(),
                Optional.ofNullable(start),
                Optional.ofNullable(end),
                gap,
                backfilled);
    }

    private static StreamState state(@Nullable Instant watermark) {
        StreamState fresh = StreamState.fresh("contacts", "crm", NOW);
        return watermark == null ? fresh : StreamStateTest.committedUpTo(fresh, watermark);
    }
}
