package io.tidemark.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stream asks for next. */
public sealed interface Plan {

    /**
     * A window.
     *
     * @param to null to let the vendor set the end
     * @param first whether nothing has been loaded before
     * @param clamped whether the start was moved up to what the vendor still has
     */
    record Ask(CycleKind kind, Instant from, @Nullable Instant to, boolean first, boolean clamped) implements Plan {}

    /** The watermark is out of reach: known records by their keys first. */
    record Backfill(Instant from) implements Plan {}

    /** The watermark is out of reach and nobody said what to do about it. */
    record OutOfReach(Instant watermark, Instant reach) implements Plan {}

    /** The configured end has been reached. */
    record Nothing() implements Plan {}

    /** What happens when the watermark is out of reach. */
    enum Gap {
        FAIL,
        CLAMP,
        BACKFILL
    }

    /**
     * The terms of a stream's windows.
     *
     * @param reach how far back the vendor goes, empty for no limit
     * @param start where the first window starts, empty for the whole reach
     * @param end where windows end for good, empty for never
     * @param backfilled whether the known records have all been asked for
     */
    record Terms(
            Duration overlap,
            Optional<Duration> reach,
            Optional<Instant> start,
            Optional<Instant> end,
            Gap gap,
            boolean backfilled) {}

    /** The vendor counts its reach from its own clock, at the time it reads the request. */
    Duration MARGIN = Duration.ofMinutes(5);

    /**
     * Plans the next window.
     *
     * @param now the vendor's time
     */
    static Plan of(StreamState state, Terms terms, Instant now) {
        Instant edge = edge(terms.reach(), now);
        Instant end = terms.end().orElse(null);
        Instant watermark = state.watermark();
        if (watermark == null) {
            Instant wanted = terms.start().orElse(edge);
            return ask(CycleKind.WINDOW, wanted, edge, end, true);
        }
        if (state.resync()) {
            return ask(CycleKind.RESYNC, terms.start().orElse(edge), edge, end, false);
        }
        if (watermark.isBefore(edge)) {
            return switch (terms.gap()) {
                case FAIL -> new OutOfReach(watermark, edge);
                case CLAMP -> ask(CycleKind.WINDOW, watermark, edge, end, false);
                case BACKFILL ->
                    terms.backfilled() ? ask(CycleKind.WINDOW, watermark, edge, end, false) : new Backfill(edge);
            };
        }
        if (end != null && !watermark.isBefore(end)) {
            return new Nothing();
        }
        return ask(CycleKind.WINDOW, later(watermark.minus(terms.overlap()), edge), edge, end, false);
    }

    /** The earliest start that the vendor takes; the epoch where it sets no limit. */
    static Instant edge(Optional<Duration> reach, Instant now) {
        return reach.map(length -> now.minus(length).plus(MARGIN))
                .map(Plan::upToTheSecond)
                .orElse(Instant.EPOCH);
    }

    private static Plan ask(CycleKind kind, Instant wanted, Instant edge, @Nullable Instant end, boolean first) {
        Instant from = later(wanted, edge).truncatedTo(ChronoUnit.SECONDS);
        if (end != null && !from.isBefore(end)) {
            return new Nothing();
        }
        return new Ask(kind, from, end, first, wanted.isBefore(edge));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant upToTheSecond(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(instant) ? whole : whole.plusSeconds(1);
    }
}
