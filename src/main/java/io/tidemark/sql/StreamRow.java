package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.stream.Allowance;
import io.tidemark.stream.Condition;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import io.tidemark.stream.Job;
import io.tidemark.stream.Mismatch;
import io.tidemark.stream.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a stream's state is written in its row, and read from it. */
final class StreamRow {
    /** Separates warnings; a character that no message holds. */
    private static final String BETWEEN = "\u001e";

    private StreamRow() {}

    static StreamState read(ResultSet row) throws SQLException {
        String mismatch = row.getString("mismatch");
        String accepted = row.getString("accepted");
        return new StreamState(
                row.getString("name"),
                row.getString("source"),
                Condition.of(row.getString("state")),
                row.getString("state_reason"),
                Bind.time(row, "watermark"),
                Bind.time(row, "due_at"),
                requireNonNull(Bind.time(row, "next_at"), "next_at is null"),
                row.getBoolean("resync"),
                row.getString("last_key"),
                flight(row),
                row.getInt("failures"),
                row.getInt("lost_jobs"),
                row.getString("last_error"),
                Bind.time(row, "last_success_at"),
                mismatch == null ? null : Mismatch.of(mismatch),
                accepted == null ? null : Allowance.of(accepted),
                row.getString("database_identity"),
                row.getString("account_identity"),
                warnings(row.getString("warnings")));
    }

    private static Optional<Flight> flight(ResultSet row) throws SQLException {
        Long cycle = Bind.number(row, "cycle_id");
        if (cycle == null) {
            return Optional.empty();
        }
        return Optional.of(new Flight(
                cycle,
                CycleKind.of(row.getString("kind")),
                requireNonNull(Bind.time(row, "window_from"), "window_from is null"),
                Bind.time(row, "window_to"),
                row.getString("flight_key"),
                job(row)));
    }

    private static Optional<Job> job(ResultSet row) throws SQLException {
        String id = row.getString("job_id");
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(new Job(
                id,
                row.getString("job_state"),
                requireNonNull(Bind.time(row, "requested_at"), "requested_at is null"),
                row.getInt("polls"),
                "ready".equals(row.getString("step"))));
    }

    /** Binds the columns of the cycle in flight, in the order of the update. */
    static void bindFlight(Bind bind, Optional<Flight> flight) throws SQLException {
        Flight now = flight.orElse(null);
        Job job = flight.flatMap(Flight::job).orElse(null);
        bind.number(now == null ? null : (Long) now.cycleId())
                .text(now == null ? null : now.kind().word())
                .time(now == null ? null : now.from())
                .time(now == null ? null : now.to())
                .text(now == null ? null : now.lastKey())
                .text(job == null ? null : job.id())
                .text(job == null ? null : shortened(job.word(), 200))
                .time(job == null ? null : job.requestedAt())
                .number(job == null ? 0L : job.polls());
    }

    static String warnings(List<String> warnings) {
        return shortenedNonNull(String.join(BETWEEN, warnings), 10_000);
    }

    private static List<String> warnings(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(BETWEEN));
    }

    static @Nullable String shortened(@Nullable String text, int most) {
        return text == null ? null : shortenedNonNull(text, most);
    }

    private static String shortenedNonNull(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
