package io.tidemark.console;

import io.tidemark.settings.Settings;
import io.tidemark.settings.SourceSettings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import io.tidemark.sql.Database;
import io.tidemark.sql.History;
import io.tidemark.sql.History.Cycle;
import io.tidemark.sql.StreamStore;
import io.tidemark.sql.Waiting;
import io.tidemark.stream.Condition;
import io.tidemark.stream.Job;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How every configured stream stands, read from the database alone; it works beside a running daemon. */
public final class Status {
    private final Settings settings;
    private final Database database;
    private final StreamStore store;
    private final History history;
    private final Waiting waiting;

    public Status(Settings settings, Database database) {
        this.settings = settings;
        this.database = database;
        this.store = new StreamStore(database);
        this.history = new History(database);
        this.waiting = new Waiting(database);
    }

    /**
     * A stream's status; the component names are those of {@code status --json}.
     *
     * @param pendingChanges local changes that are to be sent; without those that are confirmed, and without deletions that
     *     are not sent
     * @param conflicts open ones
     * @param state {@code running}, {@code paused}, {@code stopped}, {@code braked} or {@code failing}
     */
    public record Line(
            String name,
            String source,
            String system,
            String resource,
            String table,
            String direction,
            String state,
            @Nullable String reason,
            @Nullable Instant watermark,
            @Nullable Long lagSeconds,
            @Nullable JobLine job,
            @Nullable CycleLine lastCycle,
            long pendingChanges,
            long conflicts,
            long rejects,
            long deadLetters,
            List<String> warnings,
            @Nullable String holder,
            @Nullable Instant lastSuccessAt,
            int failures) {

        /** Whether somebody should look. */
        public boolean unwell() {
            return !state.equals("running") && !state.equals("paused");
        }
    }

    /** An export job in flight. */
    public record JobLine(String id, String state, Instant requestedAt) {}

    /** The latest cycle. */
    public record CycleLine(
            long id,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String outcome,
            long rowsRead,
            long rowsInserted,
            long rowsUpdated,
            long rowsUnchanged,
            long rowsDeleted,
            long rowsRejected,
            long loadMillis,
            @Nullable String error,
            String kind) {

        static CycleLine of(Cycle cycle) {
            return new CycleLine(
                    cycle.id(),
                    cycle.startedAt(),
                    cycle.finishedAt(),
                    cycle.outcome(),
                    cycle.counts().read(),
                    cycle.counts().inserted(),
                    cycle.counts().updated(),
                    cycle.counts().unchanged(),
                    cycle.counts().deleted(),
                    cycle.counts().rejected(),
                    cycle.loadMillis(),
                    cycle.error(),
                    cycle.kind());
        }
    }

    /** The database's own time. */
    public Instant now() {
        return database.now();
    }

    /** Every configured stream, in the order of the configuration. */
    public List<Line> lines() {
        Instant now = database.now();
        Map<String, StreamStore.Known> known = store.all().stream()
                .collect(Collectors.toMap(stream -> stream.state().name(), Function.identity()));
        Map<String, Cycle> cycles = history.latest();
        Map<String, Long> rejects = history.rejectCounts();
        Map<String, String> altered = history.altered();
        Map<String, Waiting.Counts> counts = waiting.counts();
        Map<String, String> held = store.heldSources();
        return settings.streams().stream()
                .map(stream -> line(
                        stream,
                        Optional.ofNullable(known.get(stream.name())),
                        Optional.ofNullable(cycles.get(stream.name())),
                        rejects.getOrDefault(stream.name(), 0L),
                        counts.getOrDefault(stream.name(), Waiting.Counts.NONE),
                        Stream.concat(
                                        Stream.ofNullable(held.get(stream.source())),
                                        Stream.ofNullable(altered.get(stream.name())))
                                .toList(),
                        now))
                .toList();
    }

    private Line line(
            StreamSettings stream,
            Optional<StreamStore.Known> known,
            Optional<Cycle> cycle,
            long rejects,
            Waiting.Counts counts,
            List<String> further,
            Instant now) {
        SourceSettings source = settings.sourceOf(stream);
        StreamState state = known.map(StreamStore.Known::state)
                .orElseGet(() -> StreamState.fresh(stream.name(), stream.source(), now));
        return new Line(
                stream.name(),
                stream.source(),
                source.system().name(),
                stream.resource(),
                stream.table(),
                StreamSettings.word(stream.direction()),
                word(state),
                state.reason() == null ? state.lastError() : state.reason(),
                state.watermark(),
                seconds(state.lag(now)),
                job(state),
                cycle.map(CycleLine::of).orElse(null),
                counts.pending(stream.outboundDeletes() == OutboundDeletes.PROPAGATE),
                counts.conflicts(),
                rejects,
                counts.deadLetters(),
                Stream.concat(state.warnings().stream(), further.stream()).toList(),
                known.map(StreamStore.Known::holder).orElse(null),
                state.lastSuccess(),
                state.troubles());
    }

    private static String word(StreamState state) {
        return state.condition() == Condition.RUNNING && state.troubles() > 0
                ? "failing"
                : state.condition().word();
    }

    private static @Nullable Long seconds(@Nullable Duration lag) {
        return lag == null ? null : Math.max(0, lag.toSeconds());
    }

    private static @Nullable JobLine job(StreamState state) {
        if (state.flight().isEmpty() || state.inFlight().job().isEmpty()) {
            return null;
        }
        Job job = state.job();
        return new JobLine(job.id(), job.word(), job.requestedAt());
    }
}
