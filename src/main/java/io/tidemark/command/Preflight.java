package io.tidemark.command;

import io.tidemark.route.Bridge;
import io.tidemark.route.Questions;
import io.tidemark.settings.Reading;
import io.tidemark.settings.Settings;
import io.tidemark.settings.SourceSettings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseException;
import io.tidemark.system.Account;
import io.tidemark.system.ApiException;
import io.tidemark.system.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Looks at everything that a start needs, in the order of the configuration, and goes on past what fails. */
final class Preflight {
    /** What a source's clock may be off without a word: its answers tell whole seconds, and take their time. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Reading reading;
    private final Settings settings;
    private final Path routes;
    private final Consumer<Finding> found;

    Preflight(Reading reading, Path routes, Consumer<Finding> found) {
        this.reading = reading;
        this.settings = reading.settings();
        this.routes = routes;
        this.found = found;
    }

    void run() {
        found.accept(Finding.ok(
                "configuration",
                Words.count(settings.sources().size(), "source") + ", "
                        + Words.count(settings.streams().size(), "stream") + ", no problem"));
        var check = new DatabaseCheck(settings.database(), found);
        Optional<Database> open = check.open();
        try (Workplace scratch = Workplace.scratch(reading, routes);
                Bridge bridge = scratch.bridge(false)) {
            boolean tables = open.isPresent() && look(check, open.get());
            bridge.startToAsk();
            bridge.missingTransforms()
                    .forEach(missing -> found.accept(Finding.error("configuration", missing.message())));
            for (SourceSettings source : settings.sources().values()) {
                source(source, bridge.questions(source.name()), open, tables);
            }
        } finally {
            open.ifPresent(Database::close);
        }
    }

    private boolean look(DatabaseCheck check, Database database) {
        try {
            return check.look(database);
        } catch (DatabaseException refused) {
            found.accept(Finding.error("database", String.valueOf(refused.getMessage())));
            return false;
        }
    }

    private void source(SourceSettings source, Questions questions, Optional<Database> database, boolean tables) {
        boolean answers = account(source, questions);
        for (StreamSettings stream : settings.streams()) {
            if (stream.source().equals(source.name())) {
                stream(stream, questions, answers, database, tables);
            }
        }
    }

    private boolean account(SourceSettings source, Questions questions) {
        String about = "source " + source.name();
        try {
            Account account = questions.account();
            found.accept(Finding.ok(about, source.baseUrl() + " accepts the credentials" + details(account)));
            Duration skew = questions.skew();
            if (skew.abs().compareTo(SKEW) > 0) {
                found.accept(Finding.warning(
                        about,
                        "its clock is " + Words.skew(skew) + " of this machine's; windows follow the source's clock, so"
                                + " nothing is lost, but set this machine's by a time server"));
            }
            return true;
        } catch (ApiException refused) {
            found.accept(Finding.error(about, source.baseUrl() + ": " + refused.getMessage()));
            return false;
        }
    }

    private static String details(Account account) {
        return account.details().isEmpty()
                ? ""
                : account.details().entrySet().stream()
                        .map(detail -> detail.getKey() + " " + detail.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private void stream(
            StreamSettings stream, Questions questions, boolean answers, Optional<Database> database, boolean tables) {
        var check = new StreamCheck(settings, stream, found);
        check.configuration();
        Optional<Shape> shape = answers ? check.shape(questions) : Optional.empty();
        if (database.isEmpty()) {
            shape.ifPresent(known -> new WayBackCheck(settings, stream, found).run(questions, known, database));
            return;
        }
        shape.ifPresent(known -> check.table(database.get(), known));
        shape.ifPresent(known -> new WayBackCheck(settings, stream, found).run(questions, known, database));
        if (tables) {
            check.reach(database.get(), questions.reach());
        }
    }
}
