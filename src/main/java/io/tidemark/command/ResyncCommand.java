package io.tidemark.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "resync",
        description = "Asks for everything within the vendor's reach once more, with the next cycle.",
        mixinStandardHelpOptions = true)
final class ResyncCommand extends TidemarkCommand {
    @Parameters(paramLabel = "STREAM", description = "the stream")
    String stream = "";

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            workplace.stream(stream);
            workplace.register();
            workplace.store().resync(stream);
            say(stream + ": the next cycle starts from the whole reach");
            return CommandLineInterface.OK;
        }
    }
}
