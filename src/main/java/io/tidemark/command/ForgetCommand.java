package io.tidemark.command;

import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import io.tidemark.sql.Erasure;
import io.tidemark.sql.Erasure.Erased;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Removes a record's values from all the bridge's own tables, as somebody asked to be forgotten: local changes,"
                    + " conflicts, rejects, digests, staging.",
            "The row in the stream's table is yours to delete."
        },
        mixinStandardHelpOptions = true)
final class ForgetCommand extends TidemarkCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "the stream")
    String stream = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "the record's key; parts of a key separated by /")
    String key = "";

    @Override
    public Integer call() {
        try (Workplace workplace = Workplace.open(root())) {
            StreamSettings settings = workplace.stream(stream);
            workplace.register();
            new Arrears(workplace.database(), workplace.store()).freeClaims();
            try (StreamHold hold = StreamHold.of(workplace.store(), stream)) {
                tell(settings, hold.claim().stream(), new Erasure(workplace.database(), settings).run(key));
            }
            return CommandLineInterface.OK;
        }
    }

    private void tell(StreamSettings settings, String name, Erased erased) {
        erased.removed().forEach(what -> say(name + ": removed " + what));
        if (erased.removed().isEmpty()) {
            say(name + ": the bridge's tables hold nothing of record " + key);
        }
        if (erased.unsent()) {
            say(name + ": a local change of it that the vendor had not confirmed is not sent any more");
        }
        if (erased.deletionWaits()) {
            say(name + ": its deletion still goes to the vendor; of it only the key is kept, until it is confirmed");
        }
        say(name + ": its row in table " + settings.table() + " is yours to delete" + then(settings));
    }

    /** What happens when the row is deleted. */
    private static String then(StreamSettings settings) {
        String again = ". As long as the vendor has the record, its next change there brings the row back";
        if (settings.direction() == Direction.INBOUND) {
            return again + ": have it erased there first";
        }
        return settings.outboundDeletes() == OutboundDeletes.PROPAGATE
                ? ". That goes to the vendor as a deletion, and notes what the row held: run this command again afterwards"
                : again + ": have it erased there first. Deleting it notes what the row held: run this command again"
                        + " afterwards";
    }
}
