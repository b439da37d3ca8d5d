package io.tidemark.command;

import io.tidemark.sql.Claim;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.StreamStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A claim that keeps every cycle of a stream away while a command works on it; given back by {@link #close}. */
final class StreamHold implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamHold.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final String HOLDER = ManagementFactory.getRuntimeMXBean().getName();

    private final StreamStore store;
    private final Claim claim;
    private final ScheduledExecutorService renewal;
    private final ScheduledFuture<?> renewing;

    private StreamHold(StreamStore store, Claim claim) {
        this.store = store;
        this.claim = claim;
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "renewal");
            thread.setDaemon(true);
            return thread;
        });
        long third = LEASE.toSeconds() / 3;
        this.renewing = renewal.scheduleAtFixedRate(this::renew, third, third, TimeUnit.SECONDS);
    }

    private void renew() {
        try {
            store.renew(claim.token(), LEASE);
        } catch (DatabaseException away) {
            LOG.debug("{}: the claim is renewed later", claim.stream(), away);
        }
    }

    /**
     * Takes the stream, waiting for a step that somebody takes just now.
     *
     * @throws BusyException if it is still held after a minute; the message says by whom
     */
    static StreamHold of(StreamStore store, String stream) {
        return of(store, stream, PATIENCE);
    }

    static StreamHold of(StreamStore store, String stream, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Claim> claim = store.take(stream, HOLDER, LEASE);
            if (claim.isPresent()) {
                return new StreamHold(store, claim.get());
            }
            if (System.nanoTime() >= deadline) {
                throw new BusyException(stream + ": " + holder(store, stream) + " is taking a step of it, and still is"
                        + " after " + patience + "; try again later, or stop that process");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private static String holder(StreamStore store, String stream) {
        return store.all().stream()
                .filter(known -> known.state().name().equals(stream))
                .map(StreamStore.Known::holder)
                .findFirst()
                .orElse("somebody");
    }

    Claim claim() {
        return claim;
    }

    @Override
    public void close() {
        renewing.cancel(false);
        renewal.shutdown();
        store.release(claim.token());
    }
}
