package io.tidemark.command;

import io.tidemark.stream.Condition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Lets a paused or stopped stream go on.", mixinStandardHelpOptions = true)
final class ResumeCommand extends TidemarkCommand {
    @Parameters(paramLabel = "STREAM", description = "the stream")
    String stream = "";

    @Option(
            names = "--accept",
            description =
                    "lets what stopped the stream pass: once, what its brake counted; or the other database or account")
    boolean accept;

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            workplace.stream(stream);
            workplace.register();
            boolean halted = workplace
                    .store()
                    .find(stream)
                    .filter(state -> state.condition() != Condition.RUNNING)
                    .isPresent();
            if (accept) {
                workplace.store().accept(stream);
            } else {
                workplace.store().resume(stream);
            }
            say(stream + ": " + (halted ? "goes on" : "was running, nothing had stopped it; it is due now")
                    + (halted && accept ? ", and what stopped it may pass once" : ""));
            return CommandLineInterface.OK;
        }
    }
}
