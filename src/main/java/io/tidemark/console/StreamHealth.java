package io.tidemark.console;

import io.tidemark.sql.DatabaseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the streams do their work: none waits for a person, none fails again and again, none is late. A route that fails
 * every time counts as up by itself, so this is asked of the database. A check on readiness: restarting the process helps
 * none of these.
 */
public final class StreamHealth extends AbstractHealthCheck {
    /** So many failures in a row are no passing trouble. */
    private static final int FAILURES = 3;

    private final Status status;
    private final Lateness lateness;

    public StreamHealth(Status status, Lateness lateness) {
        super("tidemark", "streams");
        this.status = status;
        this.lateness = lateness;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        try {
            Instant now = status.now();
            List<String> complaints = status.lines().stream()
                    .flatMap(line -> complaint(line, now).map(what -> line.name() + " " + what).stream())
                    .toList();
            if (complaints.isEmpty()) {
                result.up();
            } else {
                result.message(String.join("; ", complaints)).down();
            }
        } catch (DatabaseException gone) {
            result.message(String.valueOf(gone.getMessage())).down();
        }
    }

    private Optional<String> complaint(Status.Line line, Instant now) {
        if (line.state().equals("stopped") || line.state().equals("braked")) {
            return Optional.of(line.state() + ": " + line.reason());
        }
        if (line.failures() >= FAILURES) {
            return Optional.of("failed " + line.failures() + " times in a row: " + line.reason());
        }
        return line.state().equals("paused") ? Optional.empty() : late(line, now);
    }

    private Optional<String> late(Status.Line line, Instant now) {
        return begin(line)
                .flatMap(last -> lateness.limit(line.name(), last)
                        .filter(limit -> limit.isBefore(now))
                        .map(limit ->
                                "no cycle committed since " + last + "; by its schedule one should have by " + limit));
    }

    /** From when on a stream is waited for: its last success, or its first attempt. */
    private static Optional<Instant> begin(Status.Line line) {
        return Optional.ofNullable(line.lastSuccessAt())
                .or(() -> Optional.ofNullable(line.lastCycle()).map(Status.CycleLine::startedAt));
    }
}
