package io.tidemark.command;

import io.tidemark.csv.CsvException;
import io.tidemark.route.Bridge;
import io.tidemark.route.ByHand;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Load;
import io.tidemark.sql.LoadCounts;
import io.tidemark.sql.LoadCycle;
import io.tidemark.sql.LoadException;
import io.tidemark.sql.Target;
import io.tidemark.system.ApiException;
import io.tidemark.system.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = "Loads CSV files that a person exported by hand, such as records older than the API reaches. No"
                + " watermark moves. All files or none.",
        mixinStandardHelpOptions = true)
final class LoadCommand extends TidemarkCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "whose table they go to")
    String stream = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "CSV with a header, or .csv.gz")
    List<Path> files = List.of();

    @Override
    public Integer call() {
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new UsageException(
                        "there is no file to read at " + file.toAbsolutePath().normalize());
            }
        }
        return StopSignal.during(this::say, stream + ": stopped, nothing is loaded", this::load);
    }

    private int load(StopSignal signal) {
        try (Workplace workplace = Workplace.open(root())) {
            StreamSettings settings = workplace.stream(stream);
            workplace.register();
            new Arrears(workplace.database(), workplace.store()).freeClaims();
            try (Bridge bridge = workplace.bridge(false)) {
                bridge.only(Set.of());
                bridge.start();
                signal.stops(() -> {
                    workplace.stop();
                    bridge.byHand().stop();
                    bridge.stop();
                });
                Shape shape = bridge.questions(settings.source()).shape(stream);
                try (StreamHold hold = StreamHold.of(workplace.store(), stream)) {
                    return load(workplace, settings, shape, bridge.byHand(), hold, signal);
                }
            }
        } catch (ApiException | LoadException refused) {
            return failed(refused, signal);
        }
    }

    private int load(
            Workplace workplace,
            StreamSettings settings,
            Shape shape,
            ByHand byHand,
            StreamHold hold,
            StopSignal signal) {
        var zone = workplace.settings().sourceOf(settings).zone();
        Target target = Target.prepare(workplace.database(), settings, shape, zone);
        var cycle = LoadCycle.begin(workplace.database(), workplace.store(), hold.claim());
        try (Load load = byHand.open(stream, target, cycle.id())) {
            try {
                for (Path file : files) {
                    workplace.proceed();
                    byHand.stage(load, file);
                }
                workplace.proceed();
                tell(target, load.commit(OptionalLong.empty(), cycle));
                return CommandLineInterface.OK;
            } catch (CsvException | LoadException | StoppedException | IOException refused) {
                load.keepRejects();
                cycle.failed(signal.wanted() ? "stopped" : String.valueOf(refused.getMessage()));
                return failed(refused, signal);
            }
        }
    }

    private int failed(Exception refused, StopSignal signal) {
        if (signal.wanted()) {
            return CommandLineInterface.UNWELL;
        }
        String words = String.valueOf(refused.getMessage());
        String about = "stream " + stream + ": ";
        say(stream + ": failed, nothing is loaded: "
                + (words.startsWith(about) ? words.substring(about.length()) : words));
        return CommandLineInterface.UNWELL;
    }

    private void tell(Target target, LoadCounts counts) {
        counts.warnings().forEach(warning -> say(stream + ": warning: " + warning));
        say("%s: loaded into %s, %d read, %d inserted, %d updated, %d unchanged, %d deleted, %d rejected%s"
                .formatted(
                        stream,
                        target.table(),
                        counts.read(),
                        counts.inserted(),
                        counts.updated(),
                        counts.unchanged(),
                        counts.deleted(),
                        counts.rejected(),
                        counts.rejected() == 0 ? "" : " ('tidemark rejects list " + stream + "')"));
    }
}
