package io.tidemark.stream;

import java.time.Duration;

/** How long to wait before the next try. */
public final class Backoff {
    /** No failure keeps a stream away for longer. */
    static final Duration MOST = Duration.ofMinutes(15);

    private Backoff() {}

    /** The wait before the next poll: doubled from the first to the most. */
    public static Duration poll(int polls, Duration first, Duration most) {
        return doubled(first, polls, most);
    }

    /**
     * The wait after a failure: doubled from the first, with up to a quarter more so that streams that failed together
     * do not come back together.
     *
     * @param failures in a row, from 1
     * @param chance from 0 up to 1
     */
    public static Duration failure(int failures, Duration first, double chance) {
        Duration wait = doubled(first, failures - 1, MOST);
        return wait.plusMillis((long) (wait.toMillis() * 0.25 * chance));
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        Duration wait = first;
        for (int i = 0; i < times && wait.compareTo(most) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(most) < 0 ? wait : most;
    }
}
