package io.tidemark.command;

import io.tidemark.sql.History;
import io.tidemark.sql.History.Cycle;
import io.tidemark.stream.Condition;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows one stream through the cycle that is wanted of it, while the routes or another process take its steps. */
final class OneCycle {
    /** So many failures in a row are no passing trouble; a person who waits is told. */
    static final int PATIENCE = 5;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Workplace workplace;
    private final String name;
    private final long deadline;
    private final History history;

    /** @param deadline on the clock of {@link System#nanoTime} */
    OneCycle(Workplace workplace, String name, long deadline) {
        this.workplace = workplace;
        this.name = name;
        this.deadline = deadline;
        this.history = workplace.history();
    }

    /** How it ended, for a person; each returns whether that is well. */
    interface Ending {
        /** It is committed: all of its cycles, in their order; more than one where it came in parts. */
        boolean committed(List<Cycle> cycles, StreamState state);

        boolean failed(@Nullable String error);

        /** It goes on, and nothing comes of it. */
        boolean failing(@Nullable String error);

        /** It waits for a person. */
        boolean halted(StreamState state);

        boolean nothingToAskFor();

        /** It is not finished in time. */
        boolean late();
    }

    /**
     * Waits until it has ended.
     *
     * @param before the cycle that was last before it
     * @param taken whether one in flight is taken for it, so that no other is waited for
     */
    boolean follow(long before, boolean taken, Ending ending) {
        while (System.nanoTime() < deadline) {
            Optional<Cycle> last = last(before);
            StreamState state = state();
            if (state.condition() != Condition.RUNNING) {
                return ending.halted(state);
            }
            if (last.filter(OneCycle::failed).isPresent()) {
                return ending.failed(last.orElseThrow().error());
            }
            boolean more = state.dueAt() != null || moves(state);
            if (last.filter(OneCycle::committed).isPresent() && (taken || !more)) {
                return ending.committed(wanted(before), state);
            }
            if (!more && state.flight().isEmpty() && last(before).isEmpty()) {
                return ending.nothingToAskFor();
            }
            if (state.troubles() >= PATIENCE) {
                return ending.failing(state.lastError());
            }
            pause();
        }
        return ending.late();
    }

    private StreamState state() {
        return workplace.store().find(name).orElseThrow();
    }

    /** The last of the wanted cycles. Whoever wants to know what follows it reads the state after it. */
    private Optional<Cycle> last(long before) {
        return wanted(before).stream().reduce((earlier, later) -> later);
    }

    /** What was written is read back between times; that is nobody's cycle. */
    private List<Cycle> wanted(long before) {
        return history.cyclesAfter(name, before).stream()
                .filter(cycle -> !cycle.kind().equals(CycleKind.READ_BACK.word()))
                .toList();
    }

    /** Whether the cycle in flight moves the stream as a cycle that is asked for now would. */
    boolean inFlight() {
        return moves(state());
    }

    private static boolean moves(StreamState state) {
        return state.flight()
                .map(Flight::kind)
                .filter(kind -> kind == CycleKind.WINDOW || kind == CycleKind.RESYNC || kind == CycleKind.RECONCILE)
                .isPresent();
    }

    /** The cycle that was last before the wanted one; a cycle in flight is the wanted one. */
    long lastFinished() {
        return history.latest(name)
                .map(cycle -> running(cycle) ? cycle.id() - 1 : cycle.id())
                .orElse(0L);
    }

    private static boolean running(Cycle cycle) {
        return cycle.outcome().equals("running");
    }

    private static boolean committed(Cycle cycle) {
        return cycle.outcome().equals("committed");
    }

    private static boolean failed(Cycle cycle) {
        return !running(cycle) && !committed(cycle);
    }

    void pause() {
        try {
            new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new UsageException(name + ": interrupted");
        }
    }
}
