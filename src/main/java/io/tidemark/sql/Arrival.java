package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of an export that meets local edits.
 *
 * @param end the window's end in the vendor's words, which no change in it can be later than; empty where it has none
 * @param ahead how far the vendor's clock is ahead of the database's
 * @param settleDelay how long the vendor may take to show a write; empty where the export proves nothing about writes
 * @param reconciles whether every difference counts, also one that neither side noted: the watermark, for what changed at
 *     the vendor after it has not been carried here yet; empty for an export in which only noted edits count
 * @param requestedAt when the export was asked for, by the database's clock; empty where nobody knows
 * @param writable the export's fields that can be written, empty where nobody asked
 * @param undeletes whether a record that was deleted at the vendor can be brought back
 */
public record Arrival(
        Optional<Instant> end,
        Duration ahead,
        Optional<Duration> settleDelay,
        Optional<Instant> reconciles,
        Optional<Instant> requestedAt,
        Optional<Set<String>> writable,
        boolean undeletes) {

    /** Nothing is known, as of a file that a person exported. */
    static final Arrival UNKNOWN = new Arrival(
            Optional.empty(),
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    public Arrival {
        requireNonNull(end, "end is null");
        requireNonNull(ahead, "ahead is null");
        requireNonNull(settleDelay, "settleDelay is null");
        requireNonNull(requestedAt, "requestedAt is null");
        writable = writable.map(Set::copyOf);
    }
}
