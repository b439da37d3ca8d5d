package io.tidemark.command;

import io.tidemark.sandbox.Sandbox;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description = "Serves pretended systems on loopback, to try things out without an account.",
        mixinStandardHelpOptions = true)
final class SandboxCommand extends TidemarkCommand {
    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "of the API (default: any free one)")
    int port;

    @Option(
            names = "--system",
            paramLabel = "NAME",
            defaultValue = "everyaction",
            description = "which system (default: everyaction)")
    String system = "everyaction";

    @Override
    public Integer call() {
        try (Sandbox sandbox = Sandbox.start(system, port)) {
            say(sandbox.description());
            say("It stays until it is stopped (Ctrl-C).");
            new CountDownLatch(1).await();
            return CommandLineInterface.OK;
        } catch (IllegalArgumentException unknown) {
            throw new UsageException(String.valueOf(unknown.getMessage()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return CommandLineInterface.OK;
        }
    }
}
