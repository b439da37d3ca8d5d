package io.tidemark.command;

import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.Sandbox;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sandbox",
        description = "Serves pretended systems on loopback, to try things out without an account.",
        mixinStandardHelpOptions = true)
final class SandboxCommand extends TidemarkCommand {
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "of the first API, the others on the next ones (default: any free ones)")
    int port;

    @Option(names = "--system", paramLabel = "NAME", description = "which system (default: all)")
    @Nullable
    String system;

    @Override
    public Integer call() {
        var running = new ArrayList<PretendedSystem>();
        try {
            List<String> names = system == null ? Sandbox.systemNames() : List.of(system);
            for (String name : names) {
                running.add(Sandbox.start(name, port == 0 ? 0 : port + running.size()));
            }
            running.forEach(this::describe);
            say("They stay until they are stopped (Ctrl-C).");
            new CountDownLatch(1).await();
            return CommandLineInterface.OK;
        } catch (IllegalArgumentException | UncheckedIOException refused) {
            throw new UsageException(String.valueOf(refused.getMessage())
                    + (refused instanceof UncheckedIOException ? "; name a free one with --port" : ""));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return CommandLineInterface.OK;
        } finally {
            running.forEach(PretendedSystem::close);
        }
    }

    private void describe(PretendedSystem pretended) {
        say("# a pretended " + pretended.system() + ", to put into the configuration; switches, faults and edits at "
                + pretended.controlUrl());
        say(Sandbox.configuration(pretended, pretended.system()));
    }
}
