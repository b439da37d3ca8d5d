package io.tidemark.command;

import io.tidemark.route.Bridge;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.History;
import io.tidemark.sql.History.Cycle;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sync",
        description = "Brings each stream through one full cycle and exits.",
        mixinStandardHelpOptions = true)
final class SyncCommand extends TidemarkCommand {
    /** So many failures in a row are no passing trouble; a person who waits is told. */
    private static final int PATIENCE = 5;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "only these, instead of every stream")
    List<String> names = List.of();

    @Option(names = "--dry-run", description = "prints what would be written, and writes nothing")
    boolean dryRun;

    @Option(
            names = "--timeout",
            paramLabel = "PT1H",
            defaultValue = "PT1H",
            description = "how long all of it may take (default: PT1H)")
    Duration timeout = Duration.ofHours(1);

    @Override
    public Integer call() {
        if (dryRun) {
            throw new UsageException("sync --dry-run comes with a later version; nothing was asked for or written");
        }
        try (Workplace workplace = Workplace.open(root())) {
            List<StreamSettings> streams = chosen(workplace);
            if (streams.isEmpty()) {
                throw new UsageException(FirstSteps.text(root().config));
            }
            workplace.register();
            new Arrears(workplace.database(), workplace.store()).freeClaims();
            try (Bridge bridge = workplace.bridge(false)) {
                bridge.only(Set.of());
                bridge.start();
                return syncAll(workplace, bridge, streams);
            }
        }
    }

    private List<StreamSettings> chosen(Workplace workplace) {
        List<StreamSettings> named = names.stream().map(workplace::stream).toList();
        return named.isEmpty() ? workplace.settings().streams() : named;
    }

    private int syncAll(Workplace workplace, Bridge bridge, List<StreamSettings> streams) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean well = true;
        for (StreamSettings stream : streams) {
            bridge.only(Set.of(stream.name()));
            well &= new OneStream(workplace, stream.name(), deadline).sync();
        }
        return well ? CommandLineInterface.OK : CommandLineInterface.UNWELL;
    }

    /** One stream on its way through a cycle. */
    private final class OneStream {
        private final Workplace workplace;
        private final String name;
        private final long deadline;
        private final History history;

        OneStream(Workplace workplace, String name, long deadline) {
            this.workplace = workplace;
            this.name = name;
            this.deadline = deadline;
            this.history = new History(workplace.database());
        }

        /** Whether its cycle committed. */
        boolean sync() {
            long before = lastFinished();
            workplace.store().dueNow(name);
            while (System.nanoTime() < deadline) {
                StreamState state = workplace.store().find(name).orElseThrow();
                if (state.condition() != Condition.RUNNING) {
                    say(name + ": " + state.condition().word()
                            + (state.condition() == Condition.PAUSED
                                    ? "; 'tidemark resume " + name + "' goes on"
                                    : because(state.reason())));
                    return false;
                }
                Optional<Cycle> ended = history.latest(name).filter(cycle -> cycle.id() > before && !running(cycle));
                if (ended.isPresent() && (state.dueAt() == null || failed(ended.get()))) {
                    say(line(ended.get(), state));
                    return !failed(ended.get());
                }
                if (ended.isEmpty() && state.flight().isEmpty() && state.dueAt() == null) {
                    say(name + ": nothing to ask for; the configured end of its windows has been reached");
                    return true;
                }
                if (state.troubles() >= PATIENCE) {
                    say(name + ": failing" + because(state.lastError()));
                    return false;
                }
                pause();
            }
            say(name + ": not finished after " + timeout + " (--timeout); the next sync or the daemon goes on with it");
            return false;
        }

        /** The cycle that was last before this one; a cycle in flight is this one. */
        private long lastFinished() {
            return history.latest(name)
                    .map(cycle -> running(cycle) ? cycle.id() - 1 : cycle.id())
                    .orElse(0L);
        }

        private boolean running(Cycle cycle) {
            return cycle.outcome().equals("running");
        }

        private boolean failed(Cycle cycle) {
            return !cycle.outcome().equals("committed");
        }

        private String line(Cycle cycle, StreamState state) {
            if (failed(cycle)) {
                return name + ": failed" + because(cycle.error());
            }
            var counts = cycle.counts();
            return "%s: committed, %d read, %d inserted, %d updated, %d unchanged, %d deleted, %d rejected; watermark %s"
                    .formatted(
                            name,
                            counts.read(),
                            counts.inserted(),
                            counts.updated(),
                            counts.unchanged(),
                            counts.deleted(),
                            counts.rejected(),
                            state.watermark());
        }

        private String because(@org.jspecify.annotations.Nullable String reason) {
            return reason == null ? "" : ": " + reason;
        }

        private void pause() {
            try {
                new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new UsageException(name + ": interrupted");
            }
        }
    }
}
