package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How many calls a day a source may have used before the bridge stops of itself.
 *
 * @param most of a day's calls as the vendor counts them, those of its other clients among them
 * @param zone in which a day ends
 * @param counted how many the vendor has counted so far, empty where an answer does not tell
 */
public record DailyCalls(long most, ZoneId zone, Function<ApiAnswer, OptionalLong> counted) {
    public DailyCalls {
        requireNonNull(zone, "zone is null");
        requireNonNull(counted, "counted is null");
    }
}
