package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param connect until the other side has taken the connection
 * @param idle without a single byte
 * @param head until the answer begins, redirects and all, however alive the other side seems
 * @param whole until the answer has ended
 */
record Limits(Duration connect, Duration idle, Duration head, Duration whole) {
    private static final Duration CONNECT = Duration.ofSeconds(15);

    /** A vendor may take over half a minute for a call; what takes longer is tried again. */
    static final Limits CALL =
            new Limits(CONNECT, Duration.ofSeconds(90), Duration.ofSeconds(120), Duration.ofSeconds(180));

    static final Limits DOWNLOAD =
            new Limits(CONNECT, Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofHours(6));

    Limits {
        requireNonNull(connect, "connect is null");
        requireNonNull(idle, "idle is null");
        requireNonNull(head, "head is null");
        requireNonNull(whole, "whole is null");
    }
}
