package io.tidemark.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what another process does, which no latch of this one can tell. */
final class Awaiting {
    private static final long LOOK_AGAIN = 10;

    private Awaiting() {}

    static void until(BooleanSupplier wanted, Supplier<String> otherwise) {
        until(wanted, otherwise, () -> true);
    }

    /**
     * Waits until it is so.
     *
     * @param possible whether it can still become so
     */
    static void until(BooleanSupplier wanted, Supplier<String> otherwise, BooleanSupplier possible) {
        long end = System.nanoTime() + Program.PATIENCE.toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > end || !possible.getAsBoolean()) {
                if (wanted.getAsBoolean()) {
                    return;
                }
                throw new AssertionError(otherwise.get());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            if (new CountDownLatch(1).await(LOOK_AGAIN, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this down");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }
}
