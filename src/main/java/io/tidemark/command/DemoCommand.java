package io.tidemark.command;

import io.tidemark.route.Bridge;
import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.settings.Reading;
import io.tidemark.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Shows the whole thing without an account: pretended systems, a database in ./data/demo.",
        mixinStandardHelpOptions = true)
final class DemoCommand extends TidemarkCommand {
    private static final Path FOLDER = Path.of("data", "demo").toAbsolutePath();

    @Option(names = "--once", description = "ends after the first complete round")
    boolean once;

    @Override
    public Integer call() {
        return StopSignal.during(this::say, "stopped", this::demo);
    }

    private int demo(StopSignal signal) {
        emptyFolder();
        List<DemoNeighbour> neighbours = DemoNeighbour.startAll();
        try (EveryActionSandbox sandbox = EveryActionSandbox.start();
                Workplace workplace = Workplace.open(configure(sandbox, neighbours), root().routes)) {
            var story = new DemoStory(sandbox, neighbours, workplace, this::say);
            story.begin();
            workplace.register();
            try (Bridge bridge = workplace.bridge(true, story)) {
                bridge.start();
                signal.stops(() -> {
                    workplace.stop();
                    bridge.stop();
                });
                if (!story.tell(bridge.context(), once)) {
                    return CommandLineInterface.UNWELL;
                }
                if (!once) {
                    say("That is all there is to see; it goes on until you stop it (Ctrl-C).");
                    signal.await();
                    return CommandLineInterface.UNWELL;
                }
            }
            return CommandLineInterface.OK;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return CommandLineInterface.OK;
        } finally {
            neighbours.forEach(DemoNeighbour::close);
        }
    }

    /** The demo's configuration, written where a person can read it, and read like any other. */
    private static Reading configure(EveryActionSandbox sandbox, List<DemoNeighbour> neighbours) {
        Path file = FOLDER.resolve("application.properties");
        String text = """
                # What the demo runs with. Yours is the application.properties beside the program.
                tidemark.database.url=jdbc:h2:file:./demo

                """
                + Sandbox.configuration(sandbox, "crm")
                + """
                tidemark.sources.crm.external-id-type=Tidemark

                tidemark.streams.contacts.source=crm
                tidemark.streams.contacts.resource=Contacts
                tidemark.streams.contacts.direction=both
                tidemark.streams.contacts.conflict=source-wins
                tidemark.streams.contacts.schedule=0/3 * * * * ?
                tidemark.streams.contacts.outbound-schedule=0/2 * * * * ?
                tidemark.streams.contacts.poll-first=PT0.5S
                tidemark.streams.contacts.brake=off

                """
                + neighbours.stream().map(DemoNeighbour::configuration).collect(Collectors.joining("\n"));
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UsageException("the demo cannot write to " + FOLDER + ": " + failed.getMessage());
        }
        return new SettingsReader(Systems.ALL).read(file, Map.of(), Map.of());
    }

    /** An earlier demo's database knows nothing of this one's pretended system. */
    private static void emptyFolder() {
        if (!Files.isDirectory(FOLDER)) {
            return;
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the demo cannot empty " + FOLDER, failed);
        }
    }
}
