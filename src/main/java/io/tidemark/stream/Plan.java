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
     * @param part whether the vendor takes no window that long, so that another part follows
     */
    record Ask(CycleKind kind, Instant from, @Nullable Instant to, boolean first, boolean clamped, boolean part)
            implements Plan {
        public Ask(CycleKind kind, Instant from, @Nullable Instant to, boolean first, boolean clamped) {
            this(kind, from, to, first, clamped, false);
        }
    }

    /** The watermark is out of reach: known records by their keys first. */
    record Backfill(Instant from) implements Plan {}

    /** A full comparison has asked for its windows: the known records by their keys follow. */
    record Compare(Instant from) implements Plan {}

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
     * @param earliest where the whole reach starts where the vendor sets no limit
     * @param longest the longest window that the vendor takes, empty for no limit
     * @param start where the first window starts, empty for the whole reach
     * @param end where windows end for good, empty for never
     * @param backfilled whether the known records have all been asked for
     */
    record Terms(
            Duration overlap,
            Optional<Duration> reach,
            Instant earliest,
            Optional<Duration> longest,
            Optional<Instant> start,
            Optional<Instant> end,
            Gap gap,
            boolean backfilled) {

        /** The earliest start that the vendor takes. */
        public Instant edge(Instant now) {
            return reach.map(length -> now.minus(length).plus(MARGIN))
                    .map(Plan::upToTheSecond)
                    .orElse(earliest);
        }

        private Plan ask(CycleKind kind, Instant wanted, boolean first, Instant now) {
            Instant edge = edge(now);
            Instant from = later(wanted, edge).truncatedTo(ChronoUnit.SECONDS);
            Instant last = end.orElse(null);
            if (last != null && !from.isBefore(last)) {
                return new Nothing();
            }
            Instant cut = longest.map(from::plus).orElse(null);
            boolean part = cut != null && cut.isBefore(last == null ? now : last);
            return new Ask(kind, from, part ? cut : last, first, wanted.isBefore(edge), part);
        }
    }

    /** The vendor counts its reach from its own clock, at the time it reads the request. */
    Duration MARGIN = Duration.ofMinutes(5);

    /** So old the watermark may grow while a full comparison goes through the known records. */
    Duration FRESH = Duration.ofMinutes(15);

    /**
     * Plans the next window.
     *
     * @param now the vendor's time
     */
    static Plan of(StreamState state, Terms terms, Instant now) {
        Instant edge = terms.edge(now);
        Instant watermark = state.watermark();
        if (watermark == null) {
            return terms.ask(CycleKind.WINDOW, terms.start().orElse(edge), true, now);
        }
        if (state.resync()) {
            return again(CycleKind.RESYNC, state, terms.start().orElse(edge), terms, now);
        }
        if (watermark.isBefore(edge)) {
            return switch (terms.gap()) {
                case FAIL -> new OutOfReach(watermark, edge);
                case CLAMP -> terms.ask(CycleKind.WINDOW, watermark, false, now);
                case BACKFILL ->
                    terms.backfilled() ? terms.ask(CycleKind.WINDOW, watermark, false, now) : new Backfill(edge);
            };
        }
        if (terms.end().filter(end -> !watermark.isBefore(end)).isPresent()) {
            return new Nothing();
        }
        boolean goesOn =
                state.partsDone(CycleKind.WINDOW).filter(watermark::equals).isPresent();
        Instant from = goesOn ? watermark : watermark.minus(terms.overlap());
        return terms.ask(CycleKind.WINDOW, later(from, edge), false, now);
    }

    /** Plans the next part of a full comparison; the news come first where it takes long. */
    static Plan reconcile(StreamState state, Terms terms, Instant now) {
        if (state.comparesKeys()) {
            Instant watermark = state.watermark();
            boolean fresh = watermark != null && watermark.isAfter(now.minus(FRESH));
            return fresh ? new Compare(terms.edge(now)) : of(state, terms, now);
        }
        return again(CycleKind.RECONCILE, state, terms.edge(now), terms, now);
    }

    /** Everything once more, from where an earlier part ended. */
    private static Plan again(CycleKind kind, StreamState state, Instant start, Terms terms, Instant now) {
        return terms.ask(kind, state.partsDone(kind).orElse(start), false, now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant upToTheSecond(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(instant) ? whole : whole.plusSeconds(1);
    }
}
