package io.tidemark.route;

import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.StreamStore;
import io.tidemark.sql.Wakes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers a stream's local changes to its workers as soon as they are committed, where the database can tell; elsewhere, and
 * when this fails, the schedule does it.
 */
final class WakeUp implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUp.class);
    private static final Duration LOOK_UP = Duration.ofMillis(500);
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(5);

    private final Database database;
    private final StreamStore store;
    private final Streams streams;
    private final ProducerTemplate template;
    private final CountDownLatch closed = new CountDownLatch(1);

    WakeUp(Database database, StreamStore store, Streams streams, CamelContext context) {
        this.database = database;
        this.store = store;
        this.streams = streams;
        this.template = context.createProducerTemplate();
    }

    /** Starts listening on a thread of its own, if there is anything to listen for. */
    void start() {
        if (streams.all().stream().anyMatch(ActiveStream::writes)) {
            var thread = new Thread(this, "wake-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        boolean canTell = true;
        while (canTell && open(Duration.ZERO)) {
            try {
                Optional<Wakes> wakes = Wakes.listen(database);
                canTell = wakes.isPresent();
                wakes.ifPresent(this::listen);
            } catch (DatabaseException away) {
                LOG.debug("local changes wait for their schedule", away);
                open(LISTEN_AGAIN);
            }
        }
    }

    private void listen(Wakes wakes) {
        try (wakes) {
            while (open(Duration.ZERO)) {
                wakes.await(LOOK_UP).forEach(this::offer);
            }
        }
    }

    private void offer(String name) {
        streams.find(name).filter(ActiveStream::writes).ifPresent(stream -> {
            store.outboundDue(name);
            template.sendBody("direct:offer-" + stream.settings().source(), Map.of("name", name));
        });
    }

    /** Whether it goes on, after a wait that closing ends. */
    private boolean open(Duration wait) {
        try {
            return !closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
