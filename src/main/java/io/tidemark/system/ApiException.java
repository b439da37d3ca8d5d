package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A conversation that did not come to a result. The kind says what to do next; the message says what happened in words
 * for a person, with the vendor's own code, and holds no secret, no signed link and no row.
 */
public abstract sealed class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ApiException(String message) {
        super(requireNonNull(message, "message is null"));
    }

    /** The other side cannot answer now. The same step is tried again later. */
    public static final class RetryLater extends ApiException {
        private static final long serialVersionUID = 1L;

        private final Optional<Duration> delay;
        private final boolean certain;

        /**
         * The other side cannot answer now.
         *
         * @param delay how long the vendor asks to wait, for every call of the source; empty where it does not say
         */
        public RetryLater(String message, Optional<Duration> delay) {
            this(message, delay, false);
        }

        private RetryLater(String message, Optional<Duration> delay, boolean certain) {
            super(message);
            this.delay = requireNonNull(delay, "delay is null");
            this.certain = certain;
        }

        /** No call of the source can do anything before the delay is over, so that none is made. */
        public static RetryLater notBefore(String message, Duration delay) {
            return new RetryLater(message, Optional.of(delay), true);
        }

        public Optional<Duration> delay() {
            return delay;
        }

        /** Whether asking before the delay is over would be in vain. */
        public boolean isCertain() {
            return certain;
        }
    }

    /** The vendor will not do what was asked, and asking again the same way will not help. The cycle fails. */
    public static final class Refused extends ApiException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    /** The vendor will not export as much at once; a shorter window is asked for. */
    public static final class TooMuch extends ApiException {
        private static final long serialVersionUID = 1L;

        public TooMuch(String message) {
            super(message);
        }
    }

    /** The credentials are not, or no longer, accepted. The stream stops until a person has acted. */
    public static final class Denied extends ApiException {
        private static final long serialVersionUID = 1L;

        public Denied(String message) {
            super(message);
        }
    }

    /** The wait that a {@code Retry-After} header asks for: seconds, or an HTTP date read against the answer's own time. */
    public static Optional<Duration> retryAfter(ApiAnswer answer) {
        return answer.header("Retry-After").flatMap(value -> RetryAfter.parse(value.trim(), serverTime(answer)));
    }

    private static Instant serverTime(ApiAnswer answer) {
        return answer.header("Date").flatMap(RetryAfter::httpDate).orElse(answer.receivedAt());
    }
}
