package io.tidemark.route;

import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.StreamStore;
import io.tidemark.stream.Backoff;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.StreamState;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Step;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;

/** The poll step: how the job stands, and what follows from it. */
public final class Polls {
    /** A new job may not be found at first. */
    private static final int UNKNOWN_AT_FIRST = 3;

    private final StreamStore store;
    private final Failures failures;
    private final Wanted wanted;

    Polls(StreamStore store, Failures failures, Wanted wanted) {
        this.wanted = wanted;
        this.store = store;
        this.failures = failures;
    }

    /** Asks how the job stands. */
    public Step<JobStatus> ask(@ExchangeProperty("turn") Turn turn) {
        return turn.stream().export().status(turn.state().job().id(), wanted.of(turn));
    }

    /** Stores what the vendor said. */
    public void polled(@ExchangeProperty("turn") Turn turn, @Body JobStatus status) {
        if (status instanceof JobStatus.Ready ready) {
            complete(turn, ready);
        } else {
            notComplete(turn, status);
        }
    }

    private void complete(Turn turn, JobStatus.Ready ready) {
        StreamState next = turn.state().complete(ready.word(), ready.windowEnd(), turn.now());
        if (next.inFlight().kind() == CycleKind.WINDOW && next.inFlight().to() == null) {
            turn.stream().setOwnEnd();
            failures.jobLost(
                    turn,
                    "the vendor did not say where the window of job "
                            + turn.state().job().id() + " ends; it is asked for again with an end set here");
            return;
        }
        store.save(turn.claim(), next, null);
        turn.overAndOn();
    }

    /** What to do with a job that has no files to load. */
    void notComplete(Turn turn, JobStatus status) {
        String job = "job " + turn.state().job().id();
        if (status instanceof JobStatus.Failed failed) {
            String words = job + " failed at the vendor: " + failed.reason();
            if (failed.tooMuch()) {
                failures.tooMuch(turn, words);
            } else {
                failures.cycleFailed(turn, words + "; a new one is asked for");
            }
        } else if (status instanceof JobStatus.Gone) {
            gone(turn, job);
        } else if (timedOut(turn)) {
            turn.stream().export().cancel(turn.state().job().id()).ifPresent(turn::sayFarewell);
            failures.cycleFailed(
                    turn,
                    job + " was still " + status.word() + " after "
                            + turn.stream().settings().jobTimeout() + " (tidemark.streams."
                            + turn.stream().name()
                            + ".job-timeout) and is given up; a new one is asked for");
        } else {
            stillRunning(turn, status, job);
        }
    }

    private void gone(Turn turn, String job) {
        if (turn.state().job().polls() < UNKNOWN_AT_FIRST) {
            pollAgain(turn, turn.state(), "not found");
        } else {
            failures.jobLost(turn, job + " is not known to the vendor any more; its window is asked for again");
        }
    }

    private void stillRunning(Turn turn, JobStatus status, String job) {
        StreamState state = turn.state();
        if (status instanceof JobStatus.Unknown) {
            state = state.warned(job + " is in a state that Tidemark does not know: " + status.word()
                    + "; it is polled until the job time-out");
        }
        pollAgain(turn, state, status.word());
    }

    private void pollAgain(Turn turn, StreamState state, String word) {
        StreamSettings settings = turn.stream().settings();
        Duration wait = Backoff.poll(state.job().polls() + 1, settings.pollFirst(), settings.pollMost());
        store.save(turn.claim(), state.stillRunning(word, turn.now().plus(wait)), null);
        turn.over();
    }

    private static boolean timedOut(Turn turn) {
        Instant end =
                turn.state().job().requestedAt().plus(turn.stream().settings().jobTimeout());
        return !turn.now().isBefore(end);
    }
}
