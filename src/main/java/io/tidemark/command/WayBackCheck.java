package io.tidemark.command;

import io.tidemark.change.ConflictRule;
import io.tidemark.route.Questions;
import io.tidemark.settings.Settings;
import io.tidemark.settings.SourceSettings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.LoadException;
import io.tidemark.sql.Target;
import io.tidemark.system.ApiException;
import io.tidemark.system.Present;
import io.tidemark.system.Shape;
import io.tidemark.system.Writable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at a stream's way back: what can be written, by whom, and what notes local edits. Writes nothing anywhere. */
final class WayBackCheck {
    private final Settings settings;
    private final SourceSettings source;
    private final StreamSettings stream;
    private final String about;
    private final Consumer<Finding> found;

    WayBackCheck(Settings settings, StreamSettings stream, Consumer<Finding> found) {
        this.settings = settings;
        this.source = settings.sourceOf(stream);
        this.stream = stream;
        this.about = "stream " + stream.name();
        this.found = found;
    }

    /** Whether there is a way back at all; what is said of it otherwise has been said. */
    void run(Questions questions, Shape shape, Optional<Database> database) {
        if (stream.direction() == Direction.INBOUND) {
            return;
        }
        if (shape.key().size() > 1) {
            error("its direction is " + StreamSettings.word(stream.direction())
                    + ", which needs a key of one field; the key is " + String.join(", ", shape.key()) + ". Set "
                    + key("direction") + "=inbound");
        }
        if (!settings.outbound()) {
            warning("tidemark.outbound is off: local edits are noted and wait, and nothing is sent");
        } else if (!questions.writes(stream.name())) {
            error("its direction is " + StreamSettings.word(stream.direction()) + ", and "
                    + source.system().name() + " cannot write " + stream.resource()
                    + (stream.key().isEmpty() ? "" : " with the key " + String.join(", ", stream.key())) + ". Set "
                    + key("direction") + "=inbound");
        } else {
            vendor(questions, database, shape);
        }
        if (stream.conflict() == ConflictRule.NEWEST_WINS && shape.changeTime().isEmpty()) {
            warning(key("conflict")
                    + " is newest-wins, and its exports hold no time of change: where both sides changed a"
                    + " field, the source wins");
        }
        database.ifPresent(here -> table(here, shape));
    }

    private void vendor(Questions questions, Optional<Database> database, Shape shape) {
        try {
            Writable writable = questions.writable(stream.name());
            fields(writable);
            if (writable.creates() && writable.lookup() && !questions.identifies(stream.name())) {
                warning("tidemark.sources." + source.name()
                        + ".external-id-type is not set: a created record carries no"
                        + " identifier, so a creation whose answer is lost becomes a dead letter instead of being looked"
                        + " up");
            }
            if (stream.outboundDeletes() == OutboundDeletes.PROPAGATE && !writable.deletes()) {
                error(key("outbound-deletes") + " is propagate, and " + stream.resource()
                        + " cannot be deleted by the API; set it to ignore");
            }
            database.ifPresent(here -> single(questions, here, shape));
        } catch (ApiException refused) {
            error("what it can write cannot be asked: " + refused.getMessage());
        }
    }

    private void fields(Writable writable) {
        List<String> cannot = stream.write().stream()
                .filter(field -> !writable.fields().contains(field))
                .sorted()
                .toList();
        for (String field : cannot) {
            error(key("write." + field) + ": " + source.system().name() + " cannot write " + field + " of "
                    + stream.resource() + "; it can write "
                    + String.join(", ", writable.fields().stream().sorted().toList()));
        }
        List<String> fields = writable.fields().stream()
                .filter(field -> stream.write().isEmpty() || stream.write().contains(field))
                .sorted()
                .toList();
        found.accept(Finding.ok(
                about,
                Words.count(fields.size(), "field") + " can go back (" + String.join(", ", fields) + "), "
                        + (writable.clearable().isEmpty()
                                ? "none of them"
                                : writable.clearable().size() + " of them")
                        + " can be made empty; records " + can(writable.creates()) + " be created and "
                        + can(writable.deletes())
                        + " be deleted. Whether this key may write shows with the first change"));
    }

    private static String can(boolean can) {
        return can ? "can" : "cannot";
    }

    /** Before each write the record is read; that right can be asked for with a record that is known. */
    private void single(Questions questions, Database database, Shape shape) {
        try {
            Optional<String> known = Target.rehearse(database, stream, shape, source.zone()).keysAfter(null, 1).stream()
                    .findFirst();
            if (known.isPresent()) {
                Present present = questions.read(stream.name(), known.get());
                found.accept(Finding.ok(
                        about,
                        "single records can be read"
                                + (present instanceof Present.Gone ? " (record " + known.get() + " is gone)" : "")));
            }
        } catch (ApiException refused) {
            error("a single record cannot be read, which comes before each write: " + refused.getMessage() + ". Ask for"
                    + " that right, or set " + key("write-check") + "=off");
        } catch (LoadException unfit) {
            // what is wrong with the table has been said
        }
    }

    private void table(Database database, Shape shape) {
        try {
            Target.WayBack wayBack = Target.wayBack(database, stream, shape);
            found.accept(Finding.ok(
                    about,
                    wayBack.triggers().isEmpty()
                            ? "local edits of table " + stream.table() + " are noted by its triggers"
                            : "local edits of table " + stream.table() + " are not noted yet; its next cycle makes "
                                    + Words.count(wayBack.triggers().size(), "trigger")
                                    + " ('tidemark check --ddl' prints them)"));
            if (wayBack.keyRequired()) {
                warning("table " + stream.table()
                        + " takes no row without a key, so no record can be created here; allow"
                        + " nulls in the key column to change that");
            }
        } catch (LoadException | DatabaseException said) {
            // what is wrong with the table has been said
        }
    }

    private String key(String key) {
        return "tidemark.streams." + stream.name() + "." + key;
    }

    private void warning(String words) {
        found.accept(Finding.warning(about, words));
    }

    private void error(String words) {
        found.accept(Finding.error(about, words));
    }
}
