package io.tidemark.stream;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An export job at the vendor.
 *
 * @param word the vendor's latest word for its state
 * @param polls how often it was asked how it stands
 * @param complete whether its files can be loaded
 */
public record Job(String id, String word, Instant requestedAt, int polls, boolean complete) {

    public Job {
        requireNonNull(id, "id is null");
        requireNonNull(word, "word is null");
        requireNonNull(requestedAt, "requestedAt is null");
    }

    public static Job requested(String id, Instant at) {
        return new Job(id, "requested", at, 0, false);
    }

    Job polled(String newWord, boolean nowComplete) {
        return new Job(id, newWord, requestedAt, polls + 1, nowComplete);
    }
}
