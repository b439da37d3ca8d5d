package io.tidemark.command;

import io.tidemark.console.Endpoints;
import io.tidemark.route.Bridge;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.EffectiveValue;
import io.tidemark.settings.Reading;
import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseFile;
import io.tidemark.sql.LoadException;
import io.tidemark.system.ApiException;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = "Looks at everything a start needs, and writes nothing: the configuration, the database, each"
                + " source and each stream. One line a finding.",
        mixinStandardHelpOptions = true)
final class CheckCommand extends TidemarkCommand {
    @Option(names = "--ddl", description = "prints every statement and grant for a DBA instead; runs none")
    boolean ddl;

    @Option(
            names = "--show-config",
            description = "prints every value in force and where it comes from instead, secrets masked")
    boolean showConfig;

    @Override
    public Integer call() {
        Reading reading = Workplace.read(root());
        if (showConfig) {
            reading.effective().forEach(this::show);
            Endpoints.keys(reading.camel()).forEach((key, value) -> {
                if (!reading.camel().containsKey(key)) {
                    show(new EffectiveValue(key, value, "default", false));
                }
            });
            return CommandLineInterface.OK;
        }
        return ddl ? printDdl(reading) : check(reading);
    }

    private void show(EffectiveValue value) {
        say(value.key() + "=" + value.value() + "  (" + value.origin() + ")");
    }

    private int check(Reading reading) {
        var errors = new AtomicInteger();
        var warnings = new AtomicInteger();
        new Preflight(reading, root().routes, finding -> {
                    say(finding.toString());
                    if (finding.level() == Finding.Level.ERROR) {
                        errors.incrementAndGet();
                    } else if (finding.level() == Finding.Level.WARNING) {
                        warnings.incrementAndGet();
                    }
                })
                .run();
        if (reading.settings().streams().isEmpty()) {
            say(FirstSteps.text(root().config));
        }
        say(Words.count(errors.get(), "error") + ", " + Words.count(warnings.get(), "warning"));
        return errors.get() > 0 ? CommandLineInterface.UNWELL : CommandLineInterface.OK;
    }

    private int printDdl(Reading reading) {
        DatabaseSettings settings = reading.settings().database();
        boolean created = DatabaseFile.of(settings).map(DatabaseFile::exists).orElse(true);
        try (Workplace scratch = Workplace.scratch(reading, root().routes);
                Database empty = Database.open(Workplace.memory());
                Database database = created ? Database.open(settings) : empty;
                Bridge bridge = scratch.bridge(false)) {
            bridge.startToAsk();
            new DdlScript(database, settings.username(), this::say)
                    .print(reading.settings().streams(), bridge);
            return CommandLineInterface.OK;
        } catch (ApiException | LoadException refused) {
            spec.commandLine().getErr().println(refused.getMessage());
            return CommandLineInterface.UNWELL;
        }
    }
}
