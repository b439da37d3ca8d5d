package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.Change;
import io.tidemark.change.Change.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes that go to the vendor together.
 *
 * @param job the vendor's id of the job that they are part of, empty where none has begun
 */
public record Batch(List<Change> changes, Optional<String> job) {
    public Batch {
        changes = List.copyOf(changes);
        requireNonNull(job, "job is null");
    }

    /** Whether the vendor works at it; a route asks. */
    public boolean isUnderWay() {
        return job.isPresent();
    }

    List<String> keys() {
        return changes.stream()
                .map(change -> requireNonNull(change.key(), "a record without a key goes alone"))
                .toList();
    }

    /** When the first of it was stored as sent. */
    Instant sentAt() {
        return changes.stream()
                .flatMap(change -> change.attempt().map(Attempt::at).stream())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
