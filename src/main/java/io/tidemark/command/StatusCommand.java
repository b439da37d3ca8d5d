package io.tidemark.command;

import io.tidemark.console.Status;
import io.tidemark.console.StatusJson;
import io.tidemark.console.StatusText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Shows how every stream stands; works beside a running daemon.",
        mixinStandardHelpOptions = true)
final class StatusCommand extends TidemarkCommand {
    @Option(names = "--json", description = "for programs")
    boolean json;

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            List<Status.Line> lines = new Status(workplace.settings(), workplace.database()).lines();
            say(json ? StatusJson.of(lines) : StatusText.of(lines));
            return lines.stream().anyMatch(Status.Line::unwell) ? CommandLineInterface.UNWELL : CommandLineInterface.OK;
        }
    }
}
