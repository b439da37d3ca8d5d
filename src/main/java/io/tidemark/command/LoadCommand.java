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
        try (Workplace workplace = Workplace.open(root())) {
            StreamSettings settings = workplace.stream(stream);
            workplace.register();
            new Arrears(workplace.database(), workplace.store()).freeClaims();
            try (Bridge bridge = workplace.bridge(false)) {
                bridge.only(Set.of());
                bridge.start();
                Shape shape = bridge.questions(settings.source()).shape(stream);
                try (StreamHold hold = StreamHold.of(workplace.store(), stream)) {
                    return load(workplace, settings, shape, bridge.byHand(), hold);
                }
            }
        } catch (ApiException | LoadException refused) {
            return failed(refused);
        }
    }

    private int load(Workplace workplace, StreamSettings settings, Shape shape, ByHand byHand, StreamHold hold) {
        var zone = workplace.settings().sourceOf(settings).zone();
        Target target = Target.prepare(workplace.database(), settings, shape, zone);
        var cycle = LoadCycle.begin(workplace.database(), workplace.store(), hold.claim());
        try (Load load = byHand.open(stream, target, cycle.id())) {
            try {
                for (Path file : files) {
                    byHand.stage(load, file);
                }
                tell(target, load.commit(OptionalLong.empty(), cycle));
                return CommandLineInterface.OK;
            } catch (CsvException | LoadException | IOException refused) {
                load.keepRejects();
                cycle.failed(String.valueOf(refused.getMessage()));
                return failed(refused);
            }
        }
    }

    private int failed(Exception refused) {
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
