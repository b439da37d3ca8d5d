package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.csv.CsvText;
import io.tidemark.sql.Claim;
import io.tidemark.sql.Load;
import io.tidemark.stream.NextStep;
import io.tidemark.stream.StreamState;
import io.tidemark.system.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One step of one stream while it is being taken. Belongs to the exchange that takes it. */
public final class Turn implements AutoCloseable {
    private final ActiveStream stream;
    private Claim claim;
    private JobStatus.@Nullable Ready ready;
    private @Nullable Load load;
    private @Nullable CsvText text;
    private long loadStarted;
    private boolean over;
    private boolean goesOn;
    private volatile boolean settled;
    private Bridge.Round round = Bridge.Round.FAILED;
    private final long began = System.nanoTime();

    Turn(ActiveStream stream, Claim claim) {
        this.stream = stream;
        this.claim = claim;
    }

    public ActiveStream stream() {
        return stream;
    }

    Claim claim() {
        return claim;
    }

    /** The database's time now, as far as this machine can tell without asking. */
    Instant now() {
        return claim.takenAt().plusNanos(System.nanoTime() - began);
    }

    StreamState state() {
        return claim.state();
    }

    void claim(Claim now) {
        claim = now;
    }

    /** How far the vendor's clock is ahead of the database's. */
    Duration ahead() {
        return Duration.between(now(), stream.clock().now());
    }

    /** The step to take: {@code write}, {@code request}, {@code poll} or {@code load}; a route is called so. */
    public String getStep() {
        return writes() ? "write" : state().nextStep().name().toLowerCase(Locale.ROOT);
    }

    /** Whether local changes go out before the cycle goes on; nothing is merged while a creation is in doubt. */
    boolean writes() {
        return stream.writes()
                && (claim.outward().due() || (claim.outward().inDoubt() && state().nextStep() == NextStep.LOAD));
    }

    /** Where the stream's source is called; a route is called so. */
    public String getSource() {
        return stream.settings().source();
    }

    /** Whether the step is done and nothing is left to do in this turn. */
    public boolean isOver() {
        return over;
    }

    void over() {
        over = true;
    }

    /** Whether the next step can be taken at once, without waiting for a tick. */
    public boolean isGoesOn() {
        return goesOn;
    }

    /** The step is done, and the next one can be taken at once. */
    void overAndOn() {
        over = true;
        goesOn = true;
    }

    /** Something was written at the vendor. */
    void wrote() {
        stream.wrote();
    }

    /** A change is off this round, one way or the other. */
    void settled() {
        settled = true;
    }

    /** Whether the round of writing led to anything, so that another one will. */
    boolean hasSettled() {
        return settled;
    }

    /** The round of writing went to its end. */
    void wroteAll(boolean more) {
        round = more ? Bridge.Round.MORE : Bridge.Round.DONE;
    }

    Bridge.Round round() {
        return round;
    }

    void loading(JobStatus.Ready now, Load begun) {
        ready = now;
        load = begun;
        loadStarted = System.nanoTime();
    }

    /** The text of the file that is being loaded. */
    void reading(CsvText now) {
        text = now;
    }

    CsvText text() {
        return requireNonNull(text, "no file is being read");
    }

    Load load() {
        return requireNonNull(load, "nothing is being loaded");
    }

    JobStatus.Ready ready() {
        return requireNonNull(ready, "no export is ready");
    }

    /** Rows that could not be stored are worth a look when the cycle fails, too. */
    void keepRejects() {
        if (load != null) {
            load.keepRejects();
        }
    }

    long loadMillis() {
        return (System.nanoTime() - loadStarted) / 1_000_000;
    }

    @Override
    public void close() {
        if (load != null) {
            load.close();
            load = null;
        }
    }
}
