package io.tidemark.command;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.console.Endpoints;
import io.tidemark.console.Lags;
import io.tidemark.console.Lateness;
import io.tidemark.console.Meters;
import io.tidemark.console.Status;
import io.tidemark.console.StreamHealth;
import io.tidemark.route.Bridge;
import io.tidemark.settings.Settings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge with its schedules, its health and its meters, from the start to the stop. */
final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Workplace workplace;
    private final Settings settings;
    private final Bridge bridge;
    private final CountDownLatch started = new CountDownLatch(1);

    Daemon(Workplace workplace) {
        this.workplace = workplace;
        this.settings = workplace.settings();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var meters = new Meters(registry);
        var lags = new Lags(workplace.database());
        settings.streams()
                .forEach(stream ->
                        meters.watch(stream.name(), stream.outboundDeletes() == OutboundDeletes.PROPAGATE, lags));
        this.bridge = workplace.bridge(true, meters);
        bridge.bind("metricsRegistry", registry);
        bridge.bind(
                "tidemark-streams",
                new StreamHealth(new Status(settings, workplace.database()), new Lateness(settings)));
    }

    /**
     * Runs until {@link #stop}.
     *
     * @throws io.tidemark.route.RoutesException if the routes do not start
     */
    void run() {
        workplace.register();
        var arrears = new Arrears(workplace.database(), workplace.store());
        arrears.freeClaims();
        arrears.wantMissed(settings);
        try (bridge) {
            bridge.run(Endpoints::check, this::started);
        }
        LOG.info("Tidemark has stopped");
    }

    private void started() {
        LOG.info(
                "Tidemark {} has started: {}, {}, {}",
                CommandLineInterface.version(),
                streams(),
                workplace.databaseInWords(),
                Endpoints.health(bridge.context())
                        .map(address -> "health at " + address)
                        .orElse("no health endpoint (camel.management.enabled)"));
        started.countDown();
    }

    private String streams() {
        int count = settings.streams().size();
        String names = String.join(
                ", ",
                settings.streams().stream().limit(10).map(StreamSettings::name).toList());
        return (count == 1 ? "stream " : count + " streams ") + names + (count > 10 ? ", ..." : "");
    }

    /** Waits until everything is up. */
    void awaitStarted() throws InterruptedException {
        started.await();
    }

    /** The bridge that runs. */
    Bridge bridge() {
        return bridge;
    }

    /** Ends {@link #run}; returns at once. */
    void stop() {
        bridge.stop();
    }
}
