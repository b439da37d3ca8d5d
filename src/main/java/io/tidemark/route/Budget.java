package io.tidemark.route;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.DailyCalls;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a source's calls of the day may still be. The vendor's own count is the better one where its answers tell it: it
 * outlives a restart and knows of other clients. Safe for use by many threads.
 */
final class Budget {
    /** The vendor's midnight is over for sure. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final String source;
    private final Optional<DailyCalls> limit;
    private final SourceClock clock;
    private LocalDate day = LocalDate.MIN;
    private long used;

    Budget(String source, Optional<DailyCalls> limit, SourceClock clock) {
        this.source = source;
        this.limit = limit;
        this.clock = clock;
    }

    /** Takes a call off; where none is left, says until when none is made. */
    void spend() {
        limit.ifPresent(this::spend);
    }

    private synchronized void spend(DailyCalls daily) {
        LocalDate today = turn(daily);
        if (used >= daily.most()) {
            Instant next =
                    today.plusDays(1).atStartOfDay(daily.zone()).toInstant().plus(MARGIN);
            throw ApiException.RetryLater.notBefore(
                    "source " + source + ": " + used + " calls are counted today of the " + daily.most()
                            + " that tidemark.sources." + source + ".daily-calls allows; no call is made before "
                            + next,
                    Duration.between(clock.now(), next));
        }
        used++;
    }

    private LocalDate turn(DailyCalls daily) {
        LocalDate today = clock.now().atZone(daily.zone()).toLocalDate();
        if (!today.equals(day)) {
            day = today;
            used = 0;
        }
        return today;
    }

    /** What the vendor says of its count; its clock has been heard before. */
    void hear(ApiAnswer answer) {
        limit.ifPresent(daily -> daily.counted().apply(answer).ifPresent(count -> hear(daily, count)));
    }

    private synchronized void hear(DailyCalls daily, long count) {
        turn(daily);
        used = Math.max(used, count);
    }
}
