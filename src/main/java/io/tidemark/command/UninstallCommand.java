package io.tidemark.command;

import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Removal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "uninstall",
        description = "Removes what the bridge keeps of a stream: its state and watermark, its history, its rejects,"
                + " its conflicts and local changes, its triggers, its staging table and its view. The table and its"
                + " rows stay.",
        mixinStandardHelpOptions = true)
final class UninstallCommand extends TidemarkCommand {
    @Parameters(paramLabel = "STREAM", description = "the stream; it need not be configured any more")
    String stream = "";

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            Optional<StreamSettings> settings = workplace.settings().streams().stream()
                    .filter(each -> each.name().equals(stream))
                    .findFirst();
            workplace.anyStream(stream);
            new Arrears(workplace.database(), workplace.store()).freeClaims();
            if (workplace.store().find(stream).isEmpty()) {
                return remove(workplace, stream, settings);
            }
            try (StreamHold hold = StreamHold.of(workplace.store(), stream)) {
                return remove(workplace, hold.claim().stream(), settings);
            }
        }
    }

    private int remove(Workplace workplace, String stream, Optional<StreamSettings> settings) {
        List<String> removed = new Removal(workplace.database()).run(stream, settings.orElse(null));
        removed.forEach(what -> say(stream + ": removed " + what));
        if (removed.isEmpty()) {
            say(stream + ": there is nothing of this stream in "
                    + workplace.database().place());
        } else {
            say(stream + ": its table"
                    + settings.map(known -> " " + known.table()).orElse("") + " and its rows stay"
                    + (settings.isPresent()
                            ? "; remove its keys from the configuration, or the next start begins it anew"
                            : ""));
        }
        return CommandLineInterface.OK;
    }
}
