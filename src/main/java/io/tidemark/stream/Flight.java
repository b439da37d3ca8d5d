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
 * @param lastKey the last key that a back-fill asks for in this cycle, null for other kinds
 * @param job empty until the vendor accepted the request
 */
public record Flight(
        long cycleId,
        CycleKind kind,
        Instant from,
        @Nullable Instant to,
        @Nullable String lastKey,
        Optional<Job> job) {

    public Flight {
        requireNonNull(kind, "kind is null");
        requireNonNull(from, "from is null");
        requireNonNull(job, "job is null");
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
