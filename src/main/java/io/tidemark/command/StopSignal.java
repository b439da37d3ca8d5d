package io.tidemark.command;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes SIGTERM and Ctrl-C an orderly end: what is running is told to stop, and the process ends when
 * it has. A shutdown hook would not do: an embedded database closes itself in one of its own, while steps are still being
 * stored.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Map<String, Integer> SIGNALS = Map.of("TERM", 15, "INT", 2, "HUP", 1);
    /** The exit status of who is ended by a signal is the signal's number and this. */
    private static final int BY_SIGNAL = 128;

    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch wanted = new CountDownLatch(1);
    private final List<Runnable> restored = new ArrayList<>();
    private volatile Runnable stop = () -> {};
    private volatile int number;

    /** Listens from now on, until it is closed. */
    StopSignal() {
        SIGNALS.forEach(this::listen);
    }

    /**
     * Runs what has an end of its own.
     *
     * @param words are said if a signal ended it before
     * @return the status of the work, or the one that tells of the signal
     */
    static int during(Consumer<String> say, String words, ToIntFunction<StopSignal> work) {
        try (var signal = new StopSignal()) {
            int status;
            try {
                status = work.applyAsInt(signal);
            } catch (RuntimeException cutShort) {
                if (!signal.wanted()) {
                    throw cutShort;
                }
                LOG.debug("stopped", cutShort);
                status = CommandLineInterface.UNWELL;
            }
            if (!signal.wanted() || status == CommandLineInterface.OK) {
                return status;
            }
            say.accept(words);
            return BY_SIGNAL + signal.number;
        }
    }

    /** Whether a stop is wanted. */
    boolean wanted() {
        return wanted.getCount() == 0;
    }

    /** Waits until a stop is wanted. */
    void await() throws InterruptedException {
        wanted.await();
    }

    /** What tells the work to stop; it returns at once. A stop that was wanted before is told now. */
    void stops(Runnable work) {
        stop = work;
        if (wanted()) {
            work.run();
        }
    }

    /** By reflection, as the compiler would warn of the only class that can: the platform names no other. */
    private void listen(String signal, int value) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        begin(value);
                        return null;
                    });
            Method handle = type.getMethod("handle", type, handler);
            Object which = type.getConstructor(String.class).newInstance(signal);
            Object before = handle.invoke(null, which, ours);
            restored.add(() -> {
                try {
                    handle.invoke(null, which, before);
                } catch (ReflectiveOperationException kept) {
                    LOG.debug("{} stays", signal, kept);
                }
            });
        } catch (ReflectiveOperationException unknownHere) {
            LOG.debug("no {} on this platform; it ends the process at once", signal, unknownHere);
        }
    }

    private void begin(int value) {
        if (!wanted()) {
            number = value;
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
        restored.forEach(Runnable::run);
    }
}
