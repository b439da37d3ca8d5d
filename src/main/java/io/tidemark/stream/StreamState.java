package io.tidemark.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream's durable state. Each transition is a function from one state to the next; storing it is somebody else's
 * work, and so is keeping two processes from doing it at once.
 *
 * @param condition whether it may take steps, and why not
 * @param reason what happened and what to do, null while running
 * @param watermark where the next window starts, in the vendor's words; null before the first cycle committed
 * @param dueAt since when a cycle is wanted, null while none is
 * @param nextAt the next step is not taken before
 * @param resync whether the next cycle starts from the whole reach
 * @param lastKey how far a back-fill, or a repetition of everything in parts or by keys, has come; null while there is
 *     none
 * @param failures failed tries of the step in a row
 * @param lostJobs jobs in a row that came to nothing
 * @param lastError what failed last, null after a success
 * @param lastSuccess when a cycle last committed
 * @param mismatch the count that differed last and how often in a row
 * @param accepted what the brake counted; passes once when a person lets the stream go on, null for nothing
 * @param databaseIdentity which database this state was written in
 * @param accountIdentity which account it belongs to, null before the first answer
 * @param warnings what stays visible until it is no longer so
 */
public record StreamState(
        String name,
        String source,
        Condition condition,
        @Nullable String reason,
        @Nullable Instant watermark,
        @Nullable Instant dueAt,
        Instant nextAt,
        boolean resync,
        @Nullable String lastKey,
        Optional<Flight> flight,
        int failures,
        int lostJobs,
        @Nullable String lastError,
        @Nullable Instant lastSuccess,
        @Nullable Mismatch mismatch,
        @Nullable Allowance accepted,
        @Nullable String databaseIdentity,
        @Nullable String accountIdentity,
        List<String> warnings) {

    public StreamState {
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
        requireNonNull(condition, "condition is null");
        requireNonNull(nextAt, "nextAt is null");
        requireNonNull(flight, "flight is null");
        warnings = List.copyOf(warnings);
    }

    /** A stream that has never run and is due at once. */
    public static StreamState fresh(String name, String source, Instant now) {
        return new StreamState(
                name,
                source,
                Condition.RUNNING,
                null,
                null,
                now,
                now,
                false,
                null,
                Optional.empty(),
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    public NextStep nextStep() {
        Optional<Job> job = flight.flatMap(Flight::job);
        if (job.isEmpty()) {
            return NextStep.REQUEST;
        }
        return job.get().complete() ? NextStep.LOAD : NextStep.POLL;
    }

    /**
     * How the cycle in flight stands, as it is stored: {@code idle}, {@code begun}, {@code requested} or
     * {@code ready}. Only an idle stream waits for somebody to want a cycle.
     */
    public String step() {
        return switch (nextStep()) {
            case REQUEST -> flight.isEmpty() ? "idle" : "begun";
            case POLL -> "requested";
            case LOAD -> "ready";
        };
    }

    public Flight inFlight() {
        return flight.orElseThrow(() -> new IllegalStateException(name + " has no cycle in flight"));
    }

    public Job job() {
        return inFlight().job().orElseThrow(() -> new IllegalStateException(name + " has no job"));
    }

    /**
     * As a rehearsal starts from it, whatever a person or a brake stopped: what is in flight is its cycle, and where nothing
     * is, one is due.
     *
     * @param cycle in place of the one in flight
     */
    public StreamState rehearsed(long cycle, Instant now) {
        Edit edit = edit().running(condition == Condition.RUNNING)
                .nextAt(now)
                .wentWell()
                .warnings(List.of());
        return flight.map(flying -> edit.flight(flying.as(cycle)).dueAt(null))
                .orElseGet(() -> edit.dueAt(now))
                .done();
    }

    /** A person wants everything within reach once more. */
    public StreamState resyncWanted() {
        return edit().resync(true).lastKey(null).done();
    }

    /** A cycle starts: the wish for one is granted, unless it only reads back, or a full comparison goes on after it. */
    public StreamState begun(Flight begun) {
        boolean aside = begun.kind() == CycleKind.READ_BACK || (begun.kind() == CycleKind.WINDOW && comparesKeys());
        return edit().flight(begun)
                .dueAt(aside || begun.part() ? dueAt : null)
                .resync(aside && resync)
                .done();
    }

    /** The window ends where it is said here, unless the vendor says another end. */
    public StreamState endingAt(Instant end) {
        return edit().flight(inFlight().endingAt(end)).done();
    }

    /** The vendor accepted the request. */
    public StreamState requested(Job job, @Nullable Instant windowEnd, Instant nextPoll) {
        return edit().flight(inFlight().withJob(job, windowEnd))
                .nextAt(nextPoll)
                .succeeded()
                .done();
    }

    /** The job is still at work. */
    public StreamState stillRunning(String word, Instant nextPoll) {
        return edit().flight(inFlight().withJob(job().polled(word, false), null))
                .nextAt(nextPoll)
                .succeeded()
                .done();
    }

    /** The job is complete; its files can be loaded at once. */
    public StreamState complete(String word, @Nullable Instant windowEnd, Instant now) {
        return edit().flight(inFlight().withJob(job().polled(word, true), windowEnd))
                .nextAt(now)
                .succeeded()
                .done();
    }

    /** The step failed in a way that passes; the same step is taken again. */
    public StreamState later(String error, Instant nextTry) {
        return edit().failed(error).nextAt(nextTry).done();
    }

    /** The step cannot be taken before the given time; nothing failed. */
    public StreamState waiting(Instant until) {
        return until.isAfter(nextAt) ? edit().nextAt(until).done() : this;
    }

    /** The job is lost; the same cycle asks for its window again. */
    public StreamState jobLost(String error, Instant nextTry) {
        return edit().lostJob(error)
                .flight(inFlight().withoutJob())
                .nextAt(nextTry)
                .done();
    }

    /** The vendor will not export as much at once: the same cycle asks for the window's first half, and the rest follows. */
    public StreamState halved(Instant half, String error, Instant nextTry) {
        return edit().lostJob(error)
                .flight(inFlight().partUpTo(half))
                .dueAt(dueAt == null ? nextTry : dueAt)
                .nextAt(nextTry)
                .done();
    }

    /** How far the parts of a longer window of that kind have come, empty where none is done. */
    Optional<Instant> partsDone(CycleKind kind) {
        return Flight.partEnd(kind, lastKey);
    }

    /** Whether a full comparison has asked for its windows and goes on with the known records. */
    public boolean comparesKeys() {
        return Flight.keysDone(CycleKind.RECONCILE, lastKey).isPresent();
    }

    /** The key after which the next batch of known records begins, null for the first. */
    public @Nullable String keysDone() {
        String done = Flight.keysDone(CycleKind.RECONCILE, lastKey).orElse(lastKey);
        return done == null || done.isEmpty() || Flight.endsPart(done) ? null : done;
    }

    /** The cycle failed; another one is due for the same window. */
    public StreamState cycleFailed(String error, Instant nextTry) {
        return edit().lostJob(error)
                .landed(flight)
                .dueAt(dueAt == null ? nextTry : dueAt)
                .nextAt(nextTry)
                .done();
    }

    /** The announced count differed from what was read; the third time in a row with the same numbers it is no accident. */
    public StreamState mismatched(long announced, long read, String error, Instant nextTry) {
        Mismatch next = Mismatch.after(mismatch, announced, read);
        StreamState failed = cycleFailed(error, nextTry).edit().mismatch(next).done();
        return next.times() < Mismatch.PATIENCE
                ? failed
                : failed.stopped(
                        Condition.STOPPED,
                        error + ". The same numbers came " + next.times() + " times in a row: set"
                                + " tidemark.streams." + name
                                + ".count-mismatch=accept to take the rows as they are, then"
                                + " run 'tidemark resume " + name + "'");
    }

    /** The stream cannot go on until a person has acted. A cycle in flight ends; its window is asked for again. */
    public StreamState stopped(Condition why, String what) {
        return edit().condition(why, what)
                .failed(what)
                .landed(flight)
                .dueAt(dueAt == null ? nextAt : dueAt)
                .done();
    }

    /** The cycle would delete or blank more than the brake allows; nothing of it is in the table. */
    public StreamState braked(Allowance counted, String what) {
        return stopped(Condition.BRAKED, what).edit().accepted(counted).done();
    }

    /**
     * The cycle's rows are in the table. The watermark moves if the cycle was a window, and never back; a back-fill has
     * come as far as its last key and wants to go on.
     *
     * @param more warnings besides those of the request
     */
    public StreamState committed(Instant now, List<String> more) {
        Flight landed = inFlight();
        Edit edit = edit().wentWell().success(now).mismatch(null).accepted(null).nextAt(now);
        switch (landed.kind()) {
            case WINDOW ->
                edit.watermark(later(watermark, landed.to()))
                        .lastKey(landed.part() ? landed.lastKey() : comparesKeys() ? lastKey : null);
            case BACKFILL -> edit.lastKey(landed.lastKey()).dueAt(dueAt == null ? now : dueAt);
            case RESYNC -> edit.lastKey(landed.lastKey()).resync(landed.part());
            case RECONCILE -> edit.lastKey(landed.part() ? landed.lastKey() : null);
            case READ_BACK, LOAD -> {}
        }
        StreamState next = edit.landed(Optional.empty()).done();
        for (String warning : more) {
            next = next.warned(warning);
        }
        return next;
    }

    /** There was nothing to ask for. */
    public StreamState nothingToDo(Instant now) {
        return edit().wentWell().dueAt(null).success(now).nextAt(now).done();
    }

    public StreamState identified(String database, String account) {
        return edit().identities(database, account).done();
    }

    /** These warnings and no others. */
    public StreamState warnedOnly(List<String> all) {
        return edit().warnings(all.stream().distinct().toList()).done();
    }

    public StreamState warned(String warning) {
        if (warnings.contains(warning)) {
            return this;
        }
        var more = new ArrayList<>(warnings);
        more.add(warning);
        return edit().warnings(more).done();
    }

    /** How much went wrong in a row since something last went well; 0 where all is well. */
    public int troubles() {
        return failures + lostJobs;
    }

    /** How far the table is behind, null before the first cycle committed. */
    public @Nullable Duration lag(Instant now) {
        return watermark == null ? null : Duration.between(watermark, now);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    private Edit edit() {
        return new Edit(this);
    }

    /** The next state while it is being written down. */
    private static final class Edit {
        private final StreamState before;
        private Condition condition;
        private @Nullable String reason;
        private @Nullable Instant watermark;
        private @Nullable Instant dueAt;
        private Instant nextAt;
        private boolean resync;
        private @Nullable String lastKey;
        private Optional<Flight> flight;
        private int failures;
        private int lostJobs;
        private @Nullable String lastError;
        private @Nullable Instant lastSuccess;
        private @Nullable Mismatch mismatch;
        private @Nullable Allowance accepted;
        private @Nullable String databaseIdentity;
        private @Nullable String accountIdentity;
        private List<String> warnings;

        Edit(StreamState before) {
            this.before = before;
            condition = before.condition;
            reason = before.reason;
            watermark = before.watermark;
            dueAt = before.dueAt;
            nextAt = before.nextAt;
            resync = before.resync;
            lastKey = before.lastKey;
            flight = before.flight;
            failures = before.failures;
            lostJobs = before.lostJobs;
            lastError = before.lastError;
            lastSuccess = before.lastSuccess;
            mismatch = before.mismatch;
            accepted = before.accepted;
            databaseIdentity = before.databaseIdentity;
            accountIdentity = before.accountIdentity;
            warnings = before.warnings;
        }

        Edit condition(Condition why, String what) {
            condition = why;
            reason = what;
            return this;
        }

        /** What a person has not accepted yet passes no brake. */
        Edit running(boolean keepAccepted) {
            condition = Condition.RUNNING;
            reason = null;
            accepted = keepAccepted ? accepted : null;
            return this;
        }

        Edit watermark(@Nullable Instant at) {
            watermark = at;
            return this;
        }

        Edit dueAt(@Nullable Instant at) {
            dueAt = at;
            return this;
        }

        Edit nextAt(Instant at) {
            nextAt = at;
            return this;
        }

        Edit resync(boolean wanted) {
            resync = wanted;
            return this;
        }

        Edit lastKey(@Nullable String key) {
            lastKey = key;
            return this;
        }

        Edit flight(Flight now) {
            flight = Optional.of(now);
            return this;
        }

        /** No cycle is in flight any more; a resync that did not commit stays wanted. */
        Edit landed(Optional<Flight> lost) {
            resync = resync
                    || lost.map(Flight::kind).filter(CycleKind.RESYNC::equals).isPresent();
            flight = Optional.empty();
            return this;
        }

        Edit failed(String error) {
            failures++;
            lastError = error;
            return this;
        }

        Edit lostJob(String error) {
            failures = 0;
            lostJobs++;
            lastError = error;
            return this;
        }

        /** A step went well. Why earlier jobs were lost stays known until one leads to something. */
        Edit succeeded() {
            failures = 0;
            lastError = lostJobs == 0 ? null : lastError;
            return this;
        }

        Edit wentWell() {
            lostJobs = 0;
            return succeeded();
        }

        Edit success(Instant at) {
            lastSuccess = at;
            return this;
        }

        Edit mismatch(@Nullable Mismatch last) {
            mismatch = last;
            return this;
        }

        Edit accepted(@Nullable Allowance allowance) {
            accepted = allowance;
            return this;
        }

        Edit identities(String database, String account) {
            databaseIdentity = database;
            accountIdentity = account;
            return this;
        }

        Edit warnings(List<String> all) {
            warnings = all;
            return this;
        }

        StreamState done() {
            return new StreamState(
                    before.name,
                    before.source,
                    condition,
                    reason,
                    watermark,
                    dueAt,
                    nextAt,
                    resync,
                    lastKey,
                    flight,
                    failures,
                    lostJobs,
                    lastError,
                    lastSuccess,
                    mismatch,
                    accepted,
                    databaseIdentity,
                    accountIdentity,
                    warnings);
        }
    }
}
