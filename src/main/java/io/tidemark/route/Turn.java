package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.Change;
import io.tidemark.csv.ContentInfo;
import io.tidemark.sql.Claim;
import io.tidemark.sql.Load;
import io.tidemark.stream.NextStep;
import io.tidemark.stream.StreamState;
import io.tidemark.system.ExportFile;
import io.tidemark.system.Field;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Step;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of one stream while it is being taken. Belongs to the exchange that takes it. */
public final class Turn implements AutoCloseable {
    private final ActiveStream stream;
    private Claim claim;
    private JobStatus.@Nullable Ready ready;
    private @Nullable Load load;
    private @Nullable ExportFile file;
    private @Nullable Reading reading;
    private @Nullable Step<?> farewell;
    private long loadStarted;
    private boolean over;
    private boolean goesOn;
    private final List<Change> alone = new ArrayList<>();
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

    /** The name of the stream's source; routes are named after it. */
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

    /** A change of this round goes alone. */
    void alone(Change change) {
        alone.add(change);
    }

    /** The changes of this round that go alone. */
    List<Change> alone() {
        return List.copyOf(alone);
    }

    /** The round of writing went to its end. */
    void wroteAll(Bridge.Round end) {
        round = end;
    }

    /** The vendor is told something whose answer does not matter, when the step is done. */
    void sayFarewell(Step<?> call) {
        farewell = call;
    }

    Optional<Step<?>> farewell() {
        return Optional.ofNullable(farewell);
    }

    Bridge.Round round() {
        return round;
    }

    void loading(JobStatus.Ready now, Load begun) {
        ready = now;
        load = begun;
        loadStarted = System.nanoTime();
    }

    /** The file that is downloaded now. */
    void fetching(ExportFile now) {
        file = now;
    }

    ExportFile fetched() {
        return requireNonNull(file, "no file is downloaded");
    }

    /** Whether the vendor gave out a file that it gives only once. */
    boolean spent() {
        return reading != null && file != null && file.once();
    }

    void reading(InputStream bytes, ContentInfo info) {
        doneReading();
        reading = Reading.open(bytes, info, fetched().format(), fields());
    }

    private List<String> fields() {
        return stream.introduction().stream()
                .flatMap(known -> known.shape().fields().stream())
                .map(Field::name)
                .toList();
    }

    /** The file that is being loaded. */
    Reading reading() {
        return requireNonNull(reading, "no file is being read");
    }

    private void doneReading() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
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
        doneReading();
        if (load != null) {
            load.close();
            load = null;
        }
    }
}
