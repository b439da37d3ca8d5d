package io.tidemark.command;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes SIGTERM and Ctrl-C an orderly end with the exit status 0: what is running is told to stop, and the process ends when
 * it has. A shutdown hook would not do: an embedded database closes itself in one of its own, while steps are still being
 * stored.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch wanted = new CountDownLatch(1);
    private volatile Runnable stop = () -> {};

    /** Listens from now on. */
    StopSignal() {
        SIGNALS.forEach(this::listen);
    }

    /** What tells the work to stop; it returns at once. A stop that was wanted before is told now. */
    void stops(Runnable work) {
        stop = work;
        if (wanted.getCount() == 0) {
            work.run();
        }
    }

    /** By reflection, as the compiler would warn of the only class that can: the platform names no other. */
    private void listen(String signal) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        begin();
                        return null;
                    });
            type.getMethod("handle", type, handler)
                    .invoke(null, type.getConstructor(String.class).newInstance(signal), ours);
        } catch (ReflectiveOperationException unknownHere) {
            LOG.debug("no {} on this platform; it ends the process at once", signal, unknownHere);
        }
    }

    private void begin() {
        if (wanted.getCount() > 0) {
            wanted.countDown();
            var limit = new Thread(this::endLate, "stop");
            limit.setDaemon(true);
            limit.start();
        }
    }

    private void endLate() {
        stop.run();
        try {
            if (over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("not stopped after {}; the process ends now, and its steps are taken up again later", PATIENCE);
        Runtime.getRuntime().halt(CommandLineInterface.UNWELL);
    }

    @Override
    public void close() {
        over.countDown();
    }
}
