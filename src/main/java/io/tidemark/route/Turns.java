package io.tidemark.route;

import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.StreamStore;
import io.tidemark.system.Step;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands out turns: a turn is a claim on a stream's next step, kept alive while the step is being taken. */
public final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    /** Without a sign of life for so long a claim is free for others. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration RENEWED_AFTER = LEASE.dividedBy(3);

    /** Who holds this process's claims, for people to read. */
    static final String HOLDER = ManagementFactory.getRuntimeMXBean().getName();

    private final Streams streams;
    private final StreamStore store;
    /** Tokens of the steps that are being taken, with when they were last renewed. */
    private final Map<Long, Long> held = new ConcurrentHashMap<>();

    private volatile @Nullable Set<String> only;
    private volatile boolean begins = true;
    private final ReadWriteLock taking = new ReentrantReadWriteLock();
    private boolean stopping;

    public Turns(Streams streams, StreamStore store) {
        this.streams = streams;
        this.store = store;
    }

    /**
     * Takes no steps but those of the given streams from now on.
     *
     * @param begin whether cycles may begin; otherwise only those in flight are brought to their end
     */
    public void only(Set<String> names, boolean begin) {
        begins = begin;
        only = Set.copyOf(names);
    }

    /** Whether this process takes a step of the stream: it is configured here, and not left out. */
    public boolean offers(@Body Map<String, Object> step) {
        String name = String.valueOf(step.get("name"));
        Set<String> chosen = only;
        return streams.find(name).isPresent() && (chosen == null || chosen.contains(name));
    }

    /** Claims the stream's next step; null if it is not due, or another process takes it. */
    public @Nullable Turn claim(@Body String stream) {
        taking.readLock().lock();
        try {
            return stopping ? null : claimed(stream);
        } finally {
            taking.readLock().unlock();
        }
    }

    private @Nullable Turn claimed(String stream) {
        Optional<Turn> turn = streams.find(stream)
                .flatMap(active -> store.claim(stream, HOLDER, LEASE).map(claim -> new Turn(active, claim)));
        if (turn.filter(this::isUnwanted).isPresent()) {
            giveBack(turn.get().claim().token());
            return null;
        }
        return turn.map(this::hold).orElse(null);
    }

    /** Whether the vendor is to be told something when the step is done. */
    public boolean leaves(@ExchangeProperty("turn") Turn turn) {
        return turn.farewell().isPresent();
    }

    /** What the vendor is told when the step is done; its answer does not matter. */
    public Step<?> farewell(@ExchangeProperty("turn") Turn turn) {
        return turn.farewell().orElseThrow();
    }

    private boolean isUnwanted(Turn turn) {
        return !begins && !turn.writes() && turn.state().flight().isEmpty();
    }

    private Turn hold(Turn taken) {
        held.put(taken.claim().token(), System.nanoTime());
        return taken;
    }

    /** Claims the stream for a round of writing; empty while another process holds it, or its source wants a wait. */
    Optional<Turn> toWrite(String stream) {
        return streams.find(stream)
                .filter(ActiveStream::writes)
                .flatMap(active -> store.takeToWrite(stream, HOLDER, LEASE).map(claim -> new Turn(active, claim)))
                .map(this::hold);
    }

    /** The turn is over, however it went. */
    public void end(@ExchangeProperty("turn") Turn turn) {
        long token = turn.claim().token();
        try {
            turn.close();
            if (!turn.isOver()) {
                giveBack(token);
            }
        } finally {
            // last: while it is held, a stop gives it back, too, before the database is closed
            held.remove(token);
        }
    }

    /** Takes no further step: what is claimed after a stop would be given back by nobody. */
    void stop() {
        taking.writeLock().lock();
        try {
            stopping = true;
        } finally {
            taking.writeLock().unlock();
        }
    }

    /** Frees the claims of steps that did not finish, so that others need not wait for their leases. */
    void giveBack() {
        held.keySet().forEach(this::giveBack);
        held.clear();
    }

    /** Frees a claim; where the database cannot now, its lease runs out. */
    private void giveBack(long token) {
        try {
            store.release(token);
        } catch (DatabaseException down) {
            LOG.debug("the claim {} runs out by itself", token, down);
        }
    }

    /** Keeps the claims of steps that take long. */
    public void renew() {
        long now = System.nanoTime();
        held.forEach((token, last) -> {
            if (now - last > RENEWED_AFTER.toNanos()) {
                if (store.renew(token, LEASE)) {
                    held.replace(token, now);
                } else {
                    held.remove(token);
                }
            }
        });
    }
}
