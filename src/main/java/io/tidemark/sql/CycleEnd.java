package io.tidemark.sql;

import io.tidemark.sql.History.Cycle;
import io.tidemark.stream.Flight;
import io.tidemark.stream.Job;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cycle ended.
 *
 * @param outcome {@code committed}, {@code failed} or {@code stopped}
 * @param counts what became of the rows
 * @param error null where it went well
 */
public record CycleEnd(
        String outcome,
        Counts counts,
        long loadMillis,
        @Nullable String error) {

    /** What became of the rows of a cycle. */
    public record Counts(
            long read, long inserted, long updated, long unchanged, long deleted, long rejected, long duplicate) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        public Counts plus(Counts more) {
            return new Counts(
                    read + more.read,
                    inserted + more.inserted,
                    updated + more.updated,
                    unchanged + more.unchanged,
                    deleted + more.deleted,
                    rejected + more.rejected,
                    duplicate + more.duplicate);
        }

        /** What became of the rows of all of them together. */
        public static Counts of(List<Cycle> cycles) {
            return cycles.stream().map(Cycle::counts).reduce(NONE, Counts::plus);
        }

        public static Counts of(LoadCounts counts) {
            return new Counts(
                    counts.read(),
                    counts.inserted(),
                    counts.updated(),
                    counts.unchanged(),
                    counts.deleted(),
                    counts.rejected(),
                    counts.duplicate());
        }
    }

    public static CycleEnd failed(String error) {
        return new CycleEnd("failed", Counts.NONE, 0, error);
    }

    public static CycleEnd stopped(String reason) {
        return new CycleEnd("stopped", Counts.NONE, 0, reason);
    }

    void write(Database database, Connection connection, Flight flight) throws SQLException {
        try (var update = database.prepare(connection, """
                update ~tidemark_cycle
                set finished_at = current_timestamp, outcome = ?, window_to = ?, job_id = ?,
                    rows_read = ?, rows_inserted = ?, rows_updated = ?, rows_unchanged = ?, rows_deleted = ?,
                    rows_rejected = ?, rows_duplicate = ?, load_millis = ?, error = ?
                where id = ?
                """)) {
            new Bind(update)
                    .text(outcome)
                    .time(flight.to())
                    .text(flight.job().map(Job::id).orElse(null))
                    .number(counts.read())
                    .number(counts.inserted())
                    .number(counts.updated())
                    .number(counts.unchanged())
                    .number(counts.deleted())
                    .number(counts.rejected())
                    .number(counts.duplicate())
                    .number(loadMillis)
                    .text(StreamRow.shortened(error, 2000))
                    .number(flight.cycleId())
                    .update();
        }
    }
}
