package io.tidemark.console;

import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.StreamStore;
import io.tidemark.sql.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How far each stream is behind, and what of it waits. One query serves a whole scrape, however many streams there are; a database that does not
 * answer is asked once a scrape. Safe for use by many threads.
 */
public final class Lags {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Database database;
    private final StreamStore store;
    private Map<String, Double> seconds = Map.of();
    private Map<String, Waiting.Counts> waiting = Map.of();
    private boolean answered;
    private long readAt = System.nanoTime() - FRESH.toNanos();

    public Lags(Database database) {
        this.database = database;
        this.store = new StreamStore(database);
    }

    /** Not a number before the first cycle committed, and while the database does not answer. */
    synchronized double seconds(String stream) {
        refresh();
        return seconds.getOrDefault(stream, Double.NaN);
    }

    /** Not a number while the database does not answer. */
    synchronized double waiting(String stream, ToDoubleFunction<Waiting.Counts> which) {
        refresh();
        return answered ? which.applyAsDouble(waiting.getOrDefault(stream, Waiting.Counts.NONE)) : Double.NaN;
    }

    private void refresh() {
        if (System.nanoTime() - readAt >= FRESH.toNanos()) {
            read();
            readAt = System.nanoTime();
        }
    }

    private void read() {
        try {
            seconds = lags();
            waiting = new Waiting(database).counts();
            answered = true;
        } catch (DatabaseException gone) {
            seconds = Map.of();
            answered = false;
        }
    }

    private Map<String, Double> lags() {
        Instant now = database.now();
        var lags = new HashMap<String, Double>();
        for (StreamStore.Known known : store.all()) {
            Duration lag = known.state().lag(now);
            if (lag != null) {
                lags.put(known.state().name(), Math.max(0.0, (double) lag.toSeconds()));
            }
        }
        return lags;
    }
}
