package io.tidemark.command;

import io.tidemark.change.Conflict;
import io.tidemark.sql.Decisions;
import io.tidemark.sql.Decisions.Side;
import io.tidemark.sql.Waiting;
import io.tidemark.sql.Waiting.Recorded;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "conflicts",
        description = "Fields that both sides changed; without a command the open ones, which wait for a person.",
        mixinStandardHelpOptions = true,
        subcommands = {ConflictsCommand.Listing.class, ConflictsCommand.Show.class, ConflictsCommand.Resolve.class})
final class ConflictsCommand extends TidemarkCommand {
    @Option(names = "--all", description = "also those that are settled")
    boolean all;

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            return list(this, workplace, null, all, 50);
        }
    }

    private static int list(
            TidemarkCommand command, Workplace workplace, @Nullable String stream, boolean all, int most) {
        List<Recorded> conflicts = new Waiting(workplace.database()).conflicts(stream, all, most);
        for (Recorded conflict : conflicts) {
            command.say("%d  %s  record %s, %s: %s by %s, %s"
                    .formatted(
                            conflict.id(),
                            conflict.stream(),
                            conflict.key(),
                            what(conflict),
                            conflict.resolvedAt() == null ? "open" : conflict.outcome(),
                            conflict.rule(),
                            conflict.createdAt()));
        }
        command.say(
                conflicts.isEmpty()
                        ? (all ? "no conflicts" : "no open conflicts; --all shows those that are settled")
                        : "'tidemark conflicts show ID' shows the values, 'tidemark conflicts resolve ID --keep"
                                + " local|remote' settles an open one");
        return CommandLineInterface.OK;
    }

    private static String what(Recorded conflict) {
        if (!conflict.field().equals(Conflict.RECORD)) {
            return conflict.field();
        }
        boolean deletion = Conflict.DELETED.equals(conflict.local()) || Conflict.DELETED.equals(conflict.remote());
        return deletion ? "its deletion" : "the whole record";
    }

    private static Optional<Recorded> find(TidemarkCommand command, Workplace workplace, long id) {
        Optional<Recorded> found = new Waiting(workplace.database()).conflict(id);
        if (found.isEmpty()) {
            command.say("there is no conflict " + id + "; 'tidemark conflicts list --all' lists them");
        }
        return found;
    }

    @Command(name = "list", description = "Lists them, the newest first.", mixinStandardHelpOptions = true)
    static final class Listing extends TidemarkCommand {
        @Parameters(arity = "0..1", paramLabel = "STREAM", description = "only of this stream")
        @Nullable
        String stream;

        @Option(names = "--all", description = "also those that are settled")
        boolean all;

        @Option(names = "--most", paramLabel = "N", defaultValue = "50", description = "how many (default: 50)")
        int most = 50;

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(root())) {
                return list(this, workplace, stream == null ? null : workplace.anyStream(stream), all, most);
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
                Optional<Recorded> found = find(this, workplace, id);
                if (found.isEmpty()) {
                    return CommandLineInterface.UNWELL;
                }
                Recorded conflict = found.get();
                say("stream:   " + conflict.stream());
                say("record:   " + conflict.key());
                say("field:    " + what(conflict));
                say("base:     " + value(conflict.base()));
                say("local:    " + value(conflict.local()));
                say("remote:   " + value(conflict.remote()));
                say("rule:     " + conflict.rule());
                say("outcome:  " + conflict.outcome());
                say("noticed:  " + conflict.createdAt());
                say("settled:  "
                        + (conflict.resolvedAt() == null
                                ? "not yet"
                                : conflict.resolvedAt().toString()));
                return CommandLineInterface.OK;
            }
        }

        private static String value(@Nullable String value) {
            return value == null ? "(no value)" : value;
        }
    }

    @Command(
            name = "resolve",
            description = {
                "Settles an open conflict; works beside a running daemon.",
                "local: the value here stays and is sent, or a deletion goes to the vendor. remote: the vendor's value comes"
                        + " into the row, or a row that was deleted here returns. A record with several open conflicts is"
                        + " sent when the last of them is settled."
            },
            mixinStandardHelpOptions = true)
    static final class Resolve extends TidemarkCommand {
        @Parameters(paramLabel = "ID", description = "from the list")
        long id;

        @Option(names = "--keep", paramLabel = "local|remote", required = true, description = "whose value stays")
        Side keep = Side.REMOTE;

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(root())) {
                Optional<Recorded> found = find(this, workplace, id);
                return found.isEmpty()
                        ? CommandLineInterface.UNWELL
                        : Asked.tell(
                                this,
                                workplace,
                                new Decisions(workplace.database(), workplace.settings()).resolve(found.get(), keep));
            }
        }
    }
}
