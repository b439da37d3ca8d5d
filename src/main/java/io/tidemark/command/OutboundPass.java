package io.tidemark.command;

import io.tidemark.route.Bridge;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import io.tidemark.sql.Waiting;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import org.jspecify.annotations.Nullable;

/** Sends a stream's local changes, round after round, until nothing is due. */
final class OutboundPass {
    private final Workplace workplace;
    private final Bridge bridge;
    private final StreamSettings stream;
    private final OneCycle cycle;
    private final long deadline;
    private final long writtenBefore;
    private final Waiting.Counts before;

    /**
     * A pass of one stream. What is sent from here on counts, also while the cycle before it is still coming in.
     *
     * @param cycle the stream's, to wait by
     * @param deadline on the clock of {@link System#nanoTime}
     */
    OutboundPass(Workplace workplace, Bridge bridge, StreamSettings stream, OneCycle cycle, long deadline) {
        this.workplace = workplace;
        this.bridge = bridge;
        this.stream = stream;
        this.cycle = cycle;
        this.deadline = deadline;
        this.writtenBefore = bridge.written(stream.name());
        this.before = counts();
    }

    /** How it ended, and what there is to say of it. */
    record Result(boolean well, String words) {}

    Result run() {
        while (System.nanoTime() < deadline) {
            StreamState state = workplace.store().find(stream.name()).orElseThrow();
            if (state.condition() != Condition.RUNNING) {
                return failed(state.condition().word(), state.reason());
            }
            if (state.troubles() >= OneCycle.PATIENCE) {
                return failed("failing", state.lastError());
            }
            boolean waits = state.troubles() > 0
                    && state.nextAt().isAfter(workplace.store().database().now());
            Bridge.Round round = waits ? Bridge.Round.HELD : bridge.write(stream.name());
            if (round == Bridge.Round.DONE) {
                return done(bridge.written(stream.name()) - writtenBefore, counts());
            }
            if (round == Bridge.Round.HELD || round == Bridge.Round.WAITING) {
                cycle.pause();
            }
        }
        return new Result(false, "sending was not finished in time (--timeout)");
    }

    private Waiting.Counts counts() {
        return new Waiting(workplace.database()).counts(stream.name());
    }

    private static Result failed(String how, @Nullable String why) {
        return new Result(false, "sending " + how + (why == null ? "" : ": " + why));
    }

    private Result done(long written, Waiting.Counts after) {
        var words = new StringBuilder(written + " sent");
        long dead = after.deadLetters() - before.deadLetters();
        if (dead > 0) {
            words.append(", ")
                    .append(dead)
                    .append(dead == 1 ? " became a dead letter" : " became dead letters")
                    .append(" ('tidemark deadletters list ")
                    .append(stream.name())
                    .append("')");
        }
        if (after.conflicts() > 0) {
            words.append(", ")
                    .append(Words.count((int) after.conflicts(), "conflict"))
                    .append(" for a person to settle ('tidemark conflicts list ")
                    .append(stream.name())
                    .append("')");
        }
        long waiting = after.pending(stream.outboundDeletes() == OutboundDeletes.PROPAGATE);
        if (waiting > 0) {
            words.append(", ").append(waiting).append(" could not be sent now and will be tried again");
        }
        return new Result(waiting == 0, words.toString());
    }
}
