package io.tidemark.console;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.route.Listener;
import io.tidemark.sql.CycleEnd.Counts;
import io.tidemark.sql.Waiting;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the streams: rows and rejects as counters, cycles by outcome, job and load time as timers, lag
 * and what waits as gauges.
 * The only tags are the stream's name and the outcome. Safe for use by many threads.
 */
public final class Meters implements Listener {
    private final MeterRegistry registry;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Shows a stream from now on, with zeros: what has not happened yet can be watched too.
     *
     * @param deletions whether its deletions are sent
     */
    public void watch(String stream, boolean deletions, Lags lags) {
        Gauge.builder("tidemark.lag.seconds", () -> lags.seconds(stream))
                .description("how far the table is behind the vendor")
                .tag("stream", stream)
                .register(registry);
        waiting("tidemark.pending.changes", "local changes to send", stream, lags, counts -> counts.pending(deletions));
        waiting("tidemark.conflicts", "open conflicts", stream, lags, Waiting.Counts::conflicts);
        waiting("tidemark.dead.letters", "dead letters", stream, lags, Waiting.Counts::deadLetters);
        count(stream, Counts.NONE);
        for (String outcome : new String[] {"committed", "failed", "stopped"}) {
            registry.counter("tidemark.cycles", "stream", stream, "outcome", outcome);
        }
    }

    private void waiting(
            String name, String description, String stream, Lags lags, ToDoubleFunction<Waiting.Counts> which) {
        Gauge.builder(name, () -> lags.waiting(stream, which))
                .description(description)
                .tag("stream", stream)
                .register(registry);
    }

    @Override
    public void committed(String stream, Counts counts, long jobMillis, long loadMillis) {
        count(stream, counts);
        registry.timer("tidemark.job", "stream", stream).record(Duration.ofMillis(jobMillis));
        registry.timer("tidemark.load", "stream", stream).record(Duration.ofMillis(loadMillis));
        cycle(stream, "committed");
    }

    private void count(String stream, Counts counts) {
        rows(stream, "inserted", counts.inserted());
        rows(stream, "updated", counts.updated());
        rows(stream, "unchanged", counts.unchanged());
        rows(stream, "deleted", counts.deleted());
        rows(stream, "duplicate", counts.duplicate());
        registry.counter("tidemark.rejects", "stream", stream).increment((double) counts.rejected());
    }

    private void rows(String stream, String outcome, long count) {
        registry.counter("tidemark.rows", "stream", stream, "outcome", outcome).increment((double) count);
    }

    @Override
    public void failed(String stream, String reason) {
        cycle(stream, "failed");
    }

    @Override
    public void stopped(String stream, String reason) {
        cycle(stream, "stopped");
    }

    @Override
    public void braked(String stream, String reason) {
        cycle(stream, "stopped");
    }

    private void cycle(String stream, String outcome) {
        registry.counter("tidemark.cycles", "stream", stream, "outcome", outcome)
                .increment();
    }
}
