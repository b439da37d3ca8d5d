package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vendor accepted an export request.
 *
 * @param jobId the vendor's id of the job; stored before anything else happens
 * @param windowEnd the end of the window in the vendor's words, null while it has not said
 * @param selfExclusionRefused whether the stream's own changes were to be left out and the vendor did not agree to it
 * @param notes other properties that were asked for and did not come back, for people to read
 */
public record Requested(String jobId, @Nullable Instant windowEnd, boolean selfExclusionRefused, List<String> notes) {

    public Requested {
        requireNonNull(jobId, "jobId is null");
        notes = List.copyOf(notes);
    }
}
