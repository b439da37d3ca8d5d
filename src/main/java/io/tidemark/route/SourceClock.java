package io.tidemark.route;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A source's own time, as far as its answers tell: the local clock moved by what the latest {@code Date} header showed.
 * Safe for use by many threads.
 */
final class SourceClock {
    private final InstantSource local;
    private volatile Duration offset = Duration.ZERO;

    SourceClock(InstantSource local) {
        this.local = local;
    }

    void hear(ApiAnswer answer) {
        answer.header("Date")
                .flatMap(RetryAfter::httpDate)
                .ifPresent(date -> offset = Duration.between(answer.receivedAt(), date));
    }

    Instant now() {
        return local.instant().plus(offset);
    }

    /** How far the source is ahead of this machine, negative if behind; as exact as a header in whole seconds. */
    Duration skew() {
        return offset;
    }
}
