package io.tidemark.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes SIGTERM and Ctrl-C an orderly end with the exit status 0: what is running is told to stop, and the process ends when
 * this is closed. Without it the process would end with its work half done, and with 143.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;
    private volatile Runnable stop = () -> {};

    /** Listens from now on. */
    StopSignal() {
        hook = new Thread(this::end, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What tells the work to stop; it returns at once. */
    void stops(Runnable work) {
        stop = work;
    }

    private void end() {
        stop.run();
        boolean orderly = false;
        try {
            orderly = over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (!orderly) {
            LOG.warn("not stopped after {}; the process ends now, and its steps are taken up again later", PATIENCE);
        }
        Runtime.getRuntime().halt(orderly ? CommandLineInterface.OK : CommandLineInterface.UNWELL);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // the hook waits for the line below
        }
        over.countDown();
    }
}
