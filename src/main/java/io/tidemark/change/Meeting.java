package io.tidemark.change;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row, its change and its conflicts when the vendor's record comes in.
 *
 * @param row what the row gets, by column; a column that is not named stays as it is
 * @param fate what else happens to the row
 * @param change what stays local, empty where both sides agree now
 * @param conflicts what is to be recorded
 */
public record Meeting(Map<String, @Nullable String> row, Fate fate, Optional<Change> change, List<Conflict> conflicts) {

    public Meeting {
        row = Change.copied(row);
        requireNonNull(fate, "fate is null");
        requireNonNull(change, "change is null");
        conflicts = List.copyOf(conflicts);
    }

    /** What happens to the row besides its values. */
    public enum Fate {
        /** It stays, or stays away. */
        STAYS,
        /** It was deleted here and comes back. */
        RETURNS,
        /** It was deleted at the vendor and goes the way of the stream's {@code deletes}. */
        GOES
    }
}
