package io.tidemark.command;

import io.tidemark.sql.Decisions;
import io.tidemark.sql.Decisions.Answer;
import io.tidemark.sql.Waiting;
import io.tidemark.sql.Waiting.DeadLetter;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deadletters",
        description = "Local changes that the vendor refuses for good.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersCommand.Listing.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.Retry.class,
            DeadLettersCommand.Drop.class
        })
final class DeadLettersCommand extends TidemarkCommand {

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            return list(this, workplace, null, 50);
        }
    }

    private static int list(TidemarkCommand command, Workplace workplace, @Nullable String stream, int most) {
        List<DeadLetter> letters = new Waiting(workplace.database()).deadLetters(stream, most);
        for (DeadLetter letter : letters) {
            command.say("%d  %s  %s of %s, %s: %s"
                    .formatted(
                            letter.id(),
                            letter.stream(),
                            letter.kind(),
                            letter.record(),
                            letter.changedAt(),
                            letter.reason()));
        }
        command.say(
                letters.isEmpty()
                        ? "no dead letters"
                        : "'tidemark deadletters show ID' shows the values, 'tidemark deadletters retry ID' sends it again,"
                                + " 'tidemark deadletters drop ID' lets the vendor's values in");
        return CommandLineInterface.OK;
    }

    private static int decide(TidemarkCommand command, long id, BiFunction<Decisions, DeadLetter, Answer> decision) {
        try (Workplace workplace = Workplace.open(command.root())) {
            Optional<DeadLetter> found = find(command, workplace, id);
            return found.isEmpty()
                    ? CommandLineInterface.UNWELL
                    : Asked.tell(
                            command,
                            workplace,
                            decision.apply(new Decisions(workplace.database(), workplace.settings()), found.get()));
        }
    }

    private static Optional<DeadLetter> find(TidemarkCommand command, Workplace workplace, long id) {
        Optional<DeadLetter> found = new Waiting(workplace.database()).deadLetter(id);
        if (found.isEmpty()) {
            command.say("there is no dead letter " + id + "; 'tidemark deadletters list' lists them");
        }
        return found;
    }

    @Command(name = "list", description = "Lists them, the newest first.", mixinStandardHelpOptions = true)
    static final class Listing extends TidemarkCommand {
        @Parameters(arity = "0..1", paramLabel = "STREAM", description = "only of this stream")
        @Nullable
        String stream;

        @Option(names = "--most", paramLabel = "N", defaultValue = "50", description = "how many (default: 50)")
        int most = 50;

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(root())) {
                return list(this, workplace, stream == null ? null : workplace.anyStream(stream), most);
            }
        }
    }

    @Command(name = "show", description = "Shows one with its values.", mixinStandardHelpOptions = true)
    static final class Show extends TidemarkCommand {
        @Parameters(paramLabel = "ID", description = "from the list")
        long id;

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(root())) {
                Optional<DeadLetter> found = find(this, workplace, id);
                if (found.isEmpty()) {
                    return CommandLineInterface.UNWELL;
                }
                DeadLetter letter = found.get();
                say("stream:   " + letter.stream());
                say("record:   " + letter.record());
                say("change:   " + letter.kind() + ", " + letter.changedAt());
                say("reason:   " + letter.reason());
                for (Decisions.Held held : new Decisions(workplace.database(), workplace.settings()).held(letter)) {
                    say(held.column() + ": here " + value(held.here())
                            + (letter.kind().equals("insert") ? "" : ", at the vendor " + value(held.base())));
                }
                return CommandLineInterface.OK;
            }
        }

        private static String value(@Nullable String value) {
            return value == null ? "(no value)" : value;
        }
    }

    @Command(
            name = "retry",
            description = {
                "Sends one again, at once; works beside a running daemon.",
                "A value that the vendor accepted and did not keep goes back into the row first."
            },
            mixinStandardHelpOptions = true)
    static final class Retry extends TidemarkCommand {
        @Parameters(paramLabel = "ID", description = "from the list")
        long id;

        @Override
        public Integer call() {
            return decide(this, id, Decisions::retry);
        }
    }

    @Command(
            name = "drop",
            description = {
                "Gives one up; works beside a running daemon. The vendor's values come into the row; a row that was deleted"
                        + " here returns.",
                "A row that the vendor never had stays in the table and is not sent."
            },
            mixinStandardHelpOptions = true)
    static final class Drop extends TidemarkCommand {
        @Parameters(paramLabel = "ID", description = "from the list")
        long id;

        @Override
        public Integer call() {
            return decide(this, id, Decisions::drop);
        }
    }
}
