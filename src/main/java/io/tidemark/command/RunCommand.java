package io.tidemark.command;

import picocli.CommandLine.Command;

/** The daemon. */
@Command(
        name = "run",
        description = "Runs the daemon until it is told to stop (SIGTERM). This is the default.",
        mixinStandardHelpOptions = true)
final class RunCommand extends TidemarkCommand {

    @Override
    public Integer call() {
        return run(root());
    }

    static int run(CommandLineInterface root) {
        try (var signal = new StopSignal();
                Workplace workplace = Workplace.open(root)) {
            if (workplace.settings().streams().isEmpty()) {
                throw new UsageException(FirstSteps.text(root.config));
            }
            var daemon = new Daemon(workplace);
            signal.stops(daemon::stop);
            daemon.run();
            return CommandLineInterface.OK;
        }
    }
}
