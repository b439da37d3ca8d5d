package io.tidemark.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Safe for use by several threads. */
public final class MovableClock implements InstantSource {
    private Instant now;

    public MovableClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves the clock; a negative length moves it back. */
    public synchronized void advance(Duration length) {
        now = now.plus(length);
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }
}
