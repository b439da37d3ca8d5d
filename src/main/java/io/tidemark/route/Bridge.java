package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.csv.CsvFormat;
import io.tidemark.settings.ConfigurationException;
import io.tidemark.settings.Problem;
import io.tidemark.settings.Settings;
import io.tidemark.settings.SourceSettings;
import io.tidemark.sql.Database;
import io.tidemark.sql.History;
import io.tidemark.sql.Loader;
import io.tidemark.sql.Outbox;
import io.tidemark.sql.StreamStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * The routes of {@code routes/} with everything they call: built of the settings, started and stopped as one. Closing it
 * lets the steps in flight finish for a while, then gives their claims back.
 */
public final class Bridge implements AutoCloseable {
    /** How long steps in flight may take to finish when the bridge stops. */
    private static final int STOP_SECONDS = 20;

    /** Bridges of one process must not share a name: Camel would give them one scheduler, which the first to stop ends. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Main main = new Main();
    private final DefaultMainShutdownStrategy shutdown = new DefaultMainShutdownStrategy(main);
    private final Streams streams;
    private final Turns turns;
    private final AtomicBoolean limited = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean onlyAsks = new AtomicBoolean();
    private final Runnable listening;
    private volatile @Nullable WakeUp wakeUp;

    /**
     * Wires a bridge; nothing runs yet.
     *
     * <p>One whose store is kept in another database than the tables rehearses: its cycles count what would be written and
     * write nothing to the tables' database, and the user's event route does not hear of them.
     *
     * @param database where the streams' tables are
     * @param routes the folder with the YAML routes, and the user's own below {@code local/}
     * @param camel the user's {@code camel.*} keys
     * @param scheduled whether streams follow their schedules; otherwise only wishes made elsewhere are seen
     * @param listeners hear what becomes of cycles, besides the user's own event route
     */
    public Bridge(
            Settings settings,
            Database database,
            StreamStore store,
            Path routes,
            Map<String, String> camel,
            boolean scheduled,
            List<Listener> listeners) {
        var clock = InstantSource.system();
        this.streams = new Streams(settings, clock);
        this.turns = new Turns(streams, store);
        shutdown.disableHangupSupport();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure()
                .withName("tidemark-" + NUMBER.incrementAndGet())
                .withRoutesIncludePattern(files(routes))
                .withStreamCachingEnabled(false)
                .withShutdownTimeout(STOP_SECONDS)
                .withJmxEnabled(false)
                .withUseMdcLogging(false);
        main.addInitialProperty("camel.main.startup-summary-level", "off");
        main.addInitialProperty("tidemark.due-steps", store.dueSteps());
        main.addInitialProperty("tidemark.scheduled", String.valueOf(scheduled));
        main.addInitialProperty("tidemark.time-zone", settings.timeZone().getId());
        camel.forEach(main::addInitialProperty);
        main.bind("tidemark", store.database().dataSource());
        main.bind("streamStore", store);
        main.bind("turns", turns);
        var tokens = new Tokens(streams, clock);
        main.bind("tokens", tokens);
        main.bind("calls", new Calls(settings, streams, tokens, clock));
        main.bind("csv", CsvFormat.dataFormat());
        main.bind("housekeeping", new Housekeeping(new History(store.database()), settings.retention()));
        main.bind("templateInstances", new TemplateInstances(settings, tokens.grants(), scheduled));
        for (SourceSettings source : settings.sources().values()) {
            String name = source.name();
            main.bind("api-" + name, new ApiComponent(source, tokens.headers(name)));
            main.bind("token-" + name, new TokenComponent(source));
            main.bind("download-" + name, DownloadComponent.open(source));
            main.bind("fetch-" + name, DownloadComponent.withCredentials(source, tokens.headers(name)));
        }
        this.listening = scheduled ? () -> listen(new WakeUp(database, store, streams, context())) : () -> {};
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                bindSteps(configured.getCamelContext(), database, store, listeners);
            }
        });
    }

    private static String files(Path routes) {
        String own = "file:" + routes + "/*.camel.yaml";
        Path local = routes.resolve("local");
        return Files.isDirectory(local) ? own + ",file:" + local + "/*.camel.yaml" : own;
    }

    private void bindSteps(CamelContext context, Database database, StreamStore store, List<Listener> others) {
        var listeners = new ArrayList<>(others);
        boolean rehearsal = store.database() != database;
        if (!rehearsal) {
            listeners.add(new Events(context));
        }
        var failures = new Failures(store, listeners, rehearsal);
        var outbox = new Outbox(database, store);
        var wanted = new Wanted(outbox);
        var polls = new Polls(store, failures, wanted);
        main.bind("failures", failures);
        main.bind("polls", polls);
        main.bind("requests", new Requests(database, store, outbox, wanted));
        var writes = new Writes(outbox, store, failures);
        main.bind("writes", writes);
        main.bind("batches", new BatchWrites(outbox, writes, failures));
        var loader = new Loader(database, store.database());
        var transforms = new Transforms(context);
        main.bind("transforms", transforms);
        refuse(transforms);
        main.bind("loads", new Loads(store, loader, transforms, polls, listeners, rehearsal));
        main.bind("byHand", new ByHand(context, streams, loader, transforms));
    }

    /** What can only end in a failure is refused before any route runs, unless sources are asked and nothing is loaded. */
    private void refuse(Transforms transforms) {
        List<Problem> missing = onlyAsks.get() ? List.of() : transforms.missing(streams.all());
        if (!missing.isEmpty()) {
            throw new ConfigurationException(missing);
        }
    }

    /** Takes no steps but those of the given streams from now on. */
    public void only(Set<String> streams) {
        turns.only(streams, true);
    }

    /** Brings the cycle that the stream has in flight to its end, begins none, and takes no step of any other. */
    public void finish(String stream) {
        turns.only(Set.of(stream), false);
    }

    /** How a round of writing ended. */
    public enum Round {
        /** Somebody else holds the stream, or its source wants a wait. */
        HELD,
        /** The stream's state says why. */
        FAILED,
        /** Everything that was due has been tried, and more is due. */
        MORE,
        /** Nothing more is due, but the vendor still works at something. */
        WAITING,
        /** Nothing more is due. */
        DONE
    }

    /** Whether local changes of the stream go to the vendor. */
    public boolean writes(String stream) {
        return streams.find(stream).filter(ActiveStream::writes).isPresent();
    }

    /** How many local changes of a stream the vendor took since the start. */
    public long written(String stream) {
        return streams.find(stream).map(ActiveStream::written).orElse(0L);
    }

    /** Sends a round of a stream's local changes, once started, and waits for its end. */
    public Round write(String stream) {
        Optional<Turn> claimed = turns.toWrite(stream);
        if (claimed.isEmpty()) {
            return Round.HELD;
        }
        Turn turn = claimed.get();
        try {
            context()
                    .createFluentProducerTemplate()
                    .to("direct:turn")
                    .withExchangeProperty("turn", turn)
                    .withExchangeProperty("source", turn.getSource())
                    .send();
        } finally {
            turns.end(turn);
        }
        return turn.round();
    }

    /** Makes a bean known to the routes and to Camel; before the start. */
    public void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /**
     * Starts the routes and returns.
     *
     * @throws RoutesException if they do not start
     * @throws ConfigurationException if a stream's transform is no route
     */
    public void start() {
        main.setShutdownStrategy(shutdown);
        try {
            main.start();
            listening.run();
        } catch (RuntimeException failed) {
            throw RoutesException.of(failed);
        }
    }

    /** Starts the routes for {@link #questions} alone, whatever is missing for cycles, takes no step, and returns. */
    public void startToAsk() {
        onlyAsks.set(true);
        only(Set.of());
        start();
    }

    /** A problem for each stream whose transform is no route, once started. */
    public List<Problem> missingTransforms() {
        return requireNonNull(
                        context().getRegistry().lookupByNameAndType("transforms", Transforms.class), "not started")
                .missing(streams.all());
    }

    /**
     * Starts the routes and stays until {@link #stop}.
     *
     * @param configured looks at what is about to start, and may refuse it
     * @param started is run once everything is up
     * @throws RoutesException if they do not start
     * @throws ConfigurationException if a stream's transform is no route
     */
    public void run(Consumer<CamelContext> configured, Runnable started) {
        main.setShutdownStrategy(shutdown);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                configured.accept(main.getCamelContext());
            }

            @Override
            public void afterStart(BaseMainSupport main) {
                listening.run();
                started.run();
            }
        });
        try {
            main.run();
        } catch (Exception failed) {
            throw RoutesException.of(failed);
        }
    }

    /** Ends {@link #run}; returns at once. */
    public void stop() {
        turns.stop();
        limitStop();
        stopListening();
        shutdown.shutdown();
    }

    private void listen(WakeUp begun) {
        wakeUp = begun;
        begun.start();
    }

    private void stopListening() {
        WakeUp begun = wakeUp;
        if (begun != null) {
            begun.close();
        }
    }

    /** For files that a person exported, once started. */
    public ByHand byHand() {
        return requireNonNull(context().getRegistry().lookupByNameAndType("byHand", ByHand.class), "not started");
    }

    /** For asking a source outside of any cycle, once started. */
    public Questions questions(String source) {
        return new Questions(main.getCamelContext().createFluentProducerTemplate(), streams, source);
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        turns.stop();
        limitStop();
        stopListening();
        main.stop();
        stopped.countDown();
        turns.giveBack();
    }

    /**
     * A call that the other side draws out must not draw out the stop: it is cut off while there is time to store what came of
     * it, before whoever is left is interrupted.
     */
    private void limitStop() {
        CamelContext context = main.getCamelContext();
        if (context != null && limited.compareAndSet(false, true)) {
            var limit = new Thread(() -> cutOffLate(context), "stop-limit");
            limit.setDaemon(true);
            limit.start();
        }
    }

    private void cutOffLate(CamelContext context) {
        ShutdownStrategy patience = context.getShutdownStrategy();
        try {
            long most = patience.getTimeUnit().toMillis(patience.getTimeout());
            if (!stopped.await(most * 3 / 4, TimeUnit.MILLISECONDS)) {
                cutOff(context);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cutOff(CamelContext context) {
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof HttpEndpoint http) {
                http.getClientConnectionManager().close(CloseMode.IMMEDIATE);
            }
        }
    }
}
