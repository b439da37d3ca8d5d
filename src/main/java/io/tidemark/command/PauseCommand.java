package io.tidemark.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description = "Stops a stream's cycles until 'resume'; a step in progress is finished.",
        mixinStandardHelpOptions = true)
final class PauseCommand extends TidemarkCommand {
    @Parameters(paramLabel = "STREAM", description = "the stream")
    String stream = "";

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            workplace.stream(stream);
            workplace.register();
            workplace.store().pause(stream);
            say(stream + ": paused; 'tidemark resume " + stream + "' goes on");
            return CommandLineInterface.OK;
        }
    }
}
