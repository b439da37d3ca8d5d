package io.tidemark.command;

import io.tidemark.route.Bridge;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.sql.CycleEnd.Counts;
import io.tidemark.sql.History.Cycle;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sync",
        description =
                "Brings each stream through one full cycle and exits: first what changed at the vendor comes in, then"
                        + " local changes go out. A job in flight is taken up as the cycle.",
        mixinStandardHelpOptions = true)
final class SyncCommand extends TidemarkCommand {
    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "only these, instead of every stream")
    List<String> names = List.of();

    @Option(
            names = "--dry-run",
            description = {
                "prints what would be written, and writes nothing: no row, no job, no watermark, no table.",
                "It asks for an export as the next cycle would (or takes the job in flight) and counts against the",
                "table in a temporary table of its own; constraints and triggers of the table are not tried."
            })
    boolean dryRun;

    @Option(
            names = "--timeout",
            paramLabel = "PT1H",
            defaultValue = "PT1H",
            description = "how long all of it may take (default: PT1H)")
    Duration timeout = Duration.ofHours(1);

    @Override
    public Integer call() {
        long deadline = System.nanoTime() + timeout.toNanos();
        return dryRun
                ? StopSignal.during(this::say, "stopped; nothing was written", signal -> rehearse(signal, deadline))
                : StopSignal.during(
                        this::say,
                        "stopped; the next sync or the daemon goes on with it",
                        signal -> sync(signal, deadline));
    }

    private int rehearse(StopSignal signal, long deadline) {
        try (Workplace workplace = Workplace.rehearsal(root())) {
            List<StreamSettings> streams = chosen(workplace);
            try (Bridge bridge = workplace.bridge(false)) {
                bridge.only(Set.of());
                bridge.start();
                signal.stops(() -> stop(workplace, bridge));
                var rehearsal = new DryRun(workplace, bridge, deadline, this::say);
                boolean well = true;
                for (StreamSettings stream : streams) {
                    well &= rehearsal.run(stream);
                }
                return well ? CommandLineInterface.OK : CommandLineInterface.UNWELL;
            }
        }
    }

    private static void stop(Workplace workplace, Bridge bridge) {
        workplace.stop();
        bridge.stop();
    }

    private int sync(StopSignal signal, long deadline) {
        try (Workplace workplace = Workplace.open(root())) {
            List<StreamSettings> streams = chosen(workplace);
            workplace.register();
            new Arrears(workplace.database(), workplace.store()).freeClaims();
            try (Bridge bridge = workplace.bridge(false)) {
                bridge.only(Set.of());
                bridge.start();
                signal.stops(() -> stop(workplace, bridge));
                return syncAll(workplace, bridge, streams, deadline);
            }
        }
    }

    private List<StreamSettings> chosen(Workplace workplace) {
        List<StreamSettings> named = names.stream().map(workplace::stream).toList();
        List<StreamSettings> chosen = named.isEmpty() ? workplace.settings().streams() : named;
        if (chosen.isEmpty()) {
            throw new UsageException(FirstSteps.text(root().config));
        }
        return chosen;
    }

    private int syncAll(Workplace workplace, Bridge bridge, List<StreamSettings> streams, long deadline) {
        boolean well = true;
        for (StreamSettings stream : streams) {
            well &= sync(workplace, bridge, stream, deadline);
        }
        return well ? CommandLineInterface.OK : CommandLineInterface.UNWELL;
    }

    private boolean sync(Workplace workplace, Bridge bridge, StreamSettings stream, long deadline) {
        var cycle = new OneCycle(workplace, stream.name(), deadline);
        var told = new Told(stream.name());
        var pass = new OutboundPass(workplace, bridge, stream, cycle, deadline);
        boolean well = inbound(workplace, bridge, cycle, told);
        bridge.only(Set.of());
        if (well && bridge.writes(stream.name())) {
            OutboundPass.Result sent = pass.run();
            say(told.line + "; " + sent.words());
            return sent.well();
        }
        boolean off =
                stream.direction() != Direction.INBOUND && !workplace.settings().outbound();
        say(told.line + (well && off ? "; nothing is sent, as tidemark.outbound is off" : ""));
        return well;
    }

    /** A job in flight is taken up as the cycle, and no other is asked for. */
    private static boolean inbound(Workplace workplace, Bridge bridge, OneCycle cycle, Told told) {
        long before = cycle.lastFinished();
        boolean taken = cycle.inFlight();
        if (taken) {
            bridge.finish(told.name);
            workplace.store().goOnNow(told.name);
        } else {
            bridge.only(Set.of(told.name));
            workplace.store().dueNow(told.name);
        }
        return cycle.follow(before, taken, told);
    }

    /** What is said of a stream. */
    private final class Told implements OneCycle.Ending {
        private final String name;
        private String line = "";

        Told(String name) {
            this.name = name;
        }

        @Override
        public boolean committed(List<Cycle> cycles, StreamState state) {
            Counts counts = Counts.of(cycles);
            line =
                    "%s: committed, %d read, %d inserted, %d updated, %d unchanged, %d deleted, %d rejected; watermark %s"
                            .formatted(
                                    name,
                                    counts.read(),
                                    counts.inserted(),
                                    counts.updated(),
                                    counts.unchanged(),
                                    counts.deleted(),
                                    counts.rejected(),
                                    state.watermark());
            return true;
        }

        @Override
        public boolean failed(@Nullable String error) {
            line = name + ": failed" + because(error);
            return false;
        }

        @Override
        public boolean failing(@Nullable String error) {
            line = name + ": failing" + because(error);
            return false;
        }

        @Override
        public boolean halted(StreamState state) {
            String next = state.condition() == Condition.PAUSED
                    ? "; 'tidemark resume " + name + "' goes on"
                    : because(state.reason());
            line = name + ": " + state.condition().word() + next;
            return false;
        }

        @Override
        public boolean nothingToAskFor() {
            line = name + ": nothing to ask for; the configured end of its windows has been reached";
            return true;
        }

        @Override
        public boolean late() {
            line = name + ": not finished after " + timeout
                    + " (--timeout); the next sync or the daemon goes on with it";
            return false;
        }

        private String because(@Nullable String reason) {
            return reason == null ? "" : ": " + reason;
        }
    }
}
