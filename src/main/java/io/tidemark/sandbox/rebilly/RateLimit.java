package io.tidemark.sandbox.rebilly;

import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** So many calls other than GET in ten minutes, counted by organisation and not by key. */
final class RateLimit {
    private static final long SECONDS = 600;

    private final InstantSource clock;
    private final Switches switches;
    private final Map<String, Integer> used = new HashMap<>();
    private long span;

    RateLimit(InstantSource clock, Switches switches) {
        this.clock = clock;
        this.switches = switches;
    }

    /** The refusal where the limit is used up. */
    synchronized Optional<Response> count(ApiUser user, Request request) {
        int most = switches.get(Doubts.RATE_LIMIT);
        Instant now = clock.instant();
        if (now.getEpochSecond() / SECONDS != span) {
            span = now.getEpochSecond() / SECONDS;
            used.clear();
        }
        if (most == 0 || request.method().equals("GET") || used.merge(user.organizationId(), 1, Integer::sum) <= most) {
            return Optional.empty();
        }
        long end = (span + 1) * SECONDS;
        long wait = end - now.getEpochSecond();
        Response refusal = Problem.tooManyRequests()
                .with("X-RateLimit-Limit", Integer.toString(most))
                .with("X-RateLimit-Remaining", "0");
        return Optional.of(
                switch (switches.get(Doubts.RETRY_HEADER)) {
                    case EPOCH -> refusal.with("X-RateLimit-Retry-After", Long.toString(end));
                    case SECONDS -> refusal.with("X-RateLimit-Retry-After", Long.toString(wait));
                    case PLAIN -> refusal.with("Retry-After", Long.toString(wait));
                });
    }
}
