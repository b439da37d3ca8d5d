package io.tidemark.stream;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cycle on its way.
 *
 * @param from the window's start
 * @param to the window's end in the vendor's words, null while it has not said
 * @param lastKey the last key that a back-fill or a read-back asks for in this cycle, or how far a part of a longer
 *     window goes; null for a whole window
 * @param job empty until the vendor accepted the request
 */
public record Flight(
        long cycleId,
        CycleKind kind,
        Instant from,
        @Nullable Instant to,
        @Nullable String lastKey,
        Optional<Job> job) {

    private static final String PART = " up to ";

    public Flight {
        requireNonNull(kind, "kind is null");
        requireNonNull(from, "from is null");
        requireNonNull(job, "job is null");
    }

    /** Whether this is a part of a longer window, whose next part follows at once. */
    public boolean part() {
        return partEnd(kind, lastKey).isPresent();
    }

    /** What is kept in place of a key where a part of a window ends. */
    public static String partMark(CycleKind kind, Instant end) {
        return kind.word() + PART + end;
    }

    /** Where a part of a window of that kind ends, empty where the text is a key, nothing, or of another kind. */
    static Optional<Instant> partEnd(CycleKind kind, @Nullable String mark) {
        String start = kind.word() + PART;
        return Optional.ofNullable(mark)
                .filter(text -> text.startsWith(start))
                .map(text -> Instant.parse(text.substring(start.length())));
    }

    /** The first part of the window up to the given end, without a job. */
    Flight partUpTo(Instant end) {
        return new Flight(cycleId, kind, from, end, partMark(kind, end), Optional.empty());
    }

    Flight as(long otherCycle) {
        return new Flight(otherCycle, kind, from, to, lastKey, job);
    }

    Flight withJob(Job newJob, @Nullable Instant windowEnd) {
        return new Flight(cycleId, kind, from, windowEnd == null ? to : windowEnd, lastKey, Optional.of(newJob));
    }

    Flight endingAt(Instant end) {
        return new Flight(cycleId, kind, from, end, lastKey, job);
    }

    Flight withoutJob() {
        return new Flight(cycleId, kind, from, null, lastKey, Optional.empty());
    }
}
