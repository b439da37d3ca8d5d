package io.tidemark.command;

import io.tidemark.sql.History;
import io.tidemark.sql.History.RejectedRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rejects",
        description = "Rows that could not be stored.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RejectsCommand.Listing.class,
            RejectsCommand.Show.class,
            RejectsCommand.Retry.class,
            RejectsCommand.Drop.class
        })
final class RejectsCommand extends TidemarkCommand {

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            return list(this, workplace, null, 50);
        }
    }

    private static int list(TidemarkCommand command, Workplace workplace, @Nullable String stream, int most) {
        List<RejectedRow> rejects = new History(workplace.database()).rejects(stream, most);
        for (RejectedRow reject : rejects) {
            command.say("%d  %s  %s line %d%s: %s"
                    .formatted(
                            reject.id(),
                            reject.stream(),
                            reject.file(),
                            reject.line(),
                            reject.column() == null ? "" : ", column " + reject.column(),
                            reject.reason()));
        }
        command.say(
                rejects.isEmpty()
                        ? "no rejects"
                        : "'tidemark rejects show ID' shows a row as it came, 'tidemark rejects drop ID' removes it from this list");
        return CommandLineInterface.OK;
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

    @Command(name = "show", description = "Shows a row as it came.", mixinStandardHelpOptions = true)
    static final class Show extends TidemarkCommand {
        @Parameters(paramLabel = "ID", description = "from the list")
        long id;

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(root())) {
                var reject = new History(workplace.database()).reject(id);
                if (reject.isEmpty()) {
                    say("there is no reject " + id);
                    return CommandLineInterface.UNWELL;
                }
                RejectedRow row = reject.get();
                say("stream:  " + row.stream());
                say("cycle:   " + row.cycleId() + ", at " + row.createdAt());
                say("place:   " + row.file() + ", line " + row.line());
                say("column:  " + (row.column() == null ? "the row as a whole" : row.column()));
                say("reason:  " + row.reason());
                say("row:     " + row.raw());
                return CommandLineInterface.OK;
            }
        }
    }

    @Command(
            name = "retry",
            description = {
                "Asks for rejected rows again: the stream's next cycle is a resync, which asks for everything within the"
                        + " vendor's reach once more.",
                "No reject is removed now. One is removed when its record has come and could be stored, and replaced when"
                        + " it came and could not. What the vendor no longer reaches, and rows whose key cannot be read,"
                        + " stay listed until 'tidemark rejects drop'; rows of 'tidemark load' need their file loaded again."
            },
            mixinStandardHelpOptions = true)
    static final class Retry extends TidemarkCommand {
        @Parameters(paramLabel = "STREAM", description = "whose rejects")
        String stream = "";

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(root())) {
                workplace.stream(stream);
                workplace.register();
                long waiting = new History(workplace.database()).rejectCounts().getOrDefault(stream, 0L);
                if (waiting == 0) {
                    say(stream + ": no rejects, so there is nothing to ask for again");
                    return CommandLineInterface.OK;
                }
                workplace.store().resync(stream);
                say(stream + ": the next cycle asks for everything within reach once more, for "
                        + Words.count((int) Math.min(waiting, Integer.MAX_VALUE), "reject")
                        + "; each goes from the list when its record could be stored");
                return CommandLineInterface.OK;
            }
        }
    }

    @Command(name = "drop", description = "Removes rejects that were dealt with.", mixinStandardHelpOptions = true)
    static final class Drop extends TidemarkCommand {
        @Parameters(paramLabel = "ID|STREAM", description = "one reject, or all of a stream")
        String which = "";

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(root())) {
                var history = new History(workplace.database());
                boolean one = which.chars().allMatch(Character::isDigit);
                int dropped = one
                        ? (history.dropReject(Long.parseLong(which)) ? 1 : 0)
                        : history.dropRejects(workplace.anyStream(which));
                say(dropped + " dropped");
                return dropped > 0 ? CommandLineInterface.OK : CommandLineInterface.UNWELL;
            }
        }
    }
}
