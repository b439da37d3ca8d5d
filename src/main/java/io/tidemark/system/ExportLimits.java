package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a stream's exports can be asked for.
 *
 * @param earliest where the first window starts if nobody says otherwise and there is no reach
 * @param longest the longest window the vendor takes, empty for no limit; a longer one is asked for in pieces
 * @param endsItself whether the vendor sets the end of an open window and says so; else the bridge does
 * @param byKeys whether records can be asked for by their keys
 * @param alone whether the vendor works at one export of the account after another, so that no second one is asked for
 */
public record ExportLimits(
        Instant earliest, Optional<Duration> longest, boolean endsItself, boolean byKeys, boolean alone) {

    /** No limits, and a vendor that ends the windows. */
    public static final ExportLimits NONE = new ExportLimits(Instant.EPOCH, Optional.empty(), true, true, false);

    public ExportLimits {
        requireNonNull(earliest, "earliest is null");
        requireNonNull(longest, "longest is null");
    }
}
