package io.tidemark.sandbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends at once when the server is closed. */
final class Pauses {
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits in real time. Returns false when the wait was cut short, and then nothing more is to be sent. */
    boolean pause(Duration length) {
        try {
            return length.isZero() || !released.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void release() {
        released.countDown();
    }
}
