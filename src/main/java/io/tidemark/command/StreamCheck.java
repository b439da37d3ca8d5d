package io.tidemark.command;

import io.tidemark.console.Lateness;
import io.tidemark.route.Questions;
import io.tidemark.settings.Nearest;
import io.tidemark.settings.Settings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.Gap;
import io.tidemark.settings.StreamSettings.StartFrom;
import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.LoadException;
import io.tidemark.sql.StreamStore;
import io.tidemark.sql.Target;
import io.tidemark.stream.StreamState;
import io.tidemark.system.ApiException;
import io.tidemark.system.Field;
import io.tidemark.system.Shape;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Looks at one stream: its schedule, its resource, its table, and how far back it still reaches. Writes nothing. */
final class StreamCheck {
    private final Settings settings;
    private final StreamSettings stream;
    private final String about;
    private final Consumer<Finding> found;
    private final Instant now = InstantSource.system().instant();

    StreamCheck(Settings settings, StreamSettings stream, Consumer<Finding> found) {
        this.settings = settings;
        this.stream = stream;
        this.about = "stream " + stream.name();
        this.found = found;
    }

    /** What the configuration alone shows. */
    void configuration() {
        if (Lateness.nextFiring(stream, settings.timeZone(), now).isEmpty()) {
            error("its schedule " + stream.schedule() + " never fires again; correct " + key("schedule"));
        }
        stream.startFrom()
                .filter(StartFrom.At.class::isInstance)
                .map(from -> ((StartFrom.At) from).instant())
                .filter(from -> from.isAfter(now))
                .ifPresent(from -> error(key("start-from") + " is in the future (" + from
                        + "); name an instant that has been, or a duration back from now"));
    }

    /** What the source shows; empty if it refused, which has then been said. */
    Optional<Shape> shape(Questions questions) {
        try {
            Shape shape = questions.shape(stream.name());
            found.accept(Finding.ok(
                    about,
                    stream.resource() + " of " + stream.source() + ": "
                            + shape.fields().size() + " fields are known, the key is "
                            + String.join(", ", shape.key())));
            shape.notes().forEach(note -> found.accept(Finding.warning(about, note)));
            fields(shape);
            return Optional.of(shape);
        } catch (ApiException refused) {
            error(refused.getMessage());
            return Optional.empty();
        }
    }

    /** A header may bring fields that the vendor does not describe, so an unknown one is no error. */
    private void fields(Shape shape) {
        List<String> known = shape.fields().stream().map(Field::name).toList();
        var named = new TreeMap<String, String>();
        stream.types().keySet().forEach(field -> named.put("types." + field, field));
        stream.columns().keySet().forEach(field -> named.put("columns." + field, field));
        stream.match().forEach(field -> named.put("match", field));
        named.forEach((key, field) -> {
            if (!known.contains(field) && !shape.key().contains(field)) {
                found.accept(Finding.warning(
                        about,
                        key(key) + ": " + stream.resource() + " of " + stream.source() + " names no field " + field
                                + Nearest.hint(field, known)));
            }
        });
    }

    /** What the database shows. */
    void table(Database database, Shape shape) {
        try {
            List<String> missing = Target.statements(database, stream, shape);
            Optional<String> denied =
                    settings.database().ddl() ? Target.denied(database, stream, shape) : Optional.empty();
            fitting(Target.fitting(database, stream, shape));
            if (denied.isPresent()) {
                error(denied.get());
            } else if (missing.isEmpty()) {
                found.accept(Finding.ok(about, "table " + stream.table() + " fits"));
            } else if (!settings.database().ddl()) {
                error("table " + stream.table() + " lacks " + Words.count(missing.size(), "statement")
                        + " and tidemark.database.ddl is off: run what 'tidemark check --ddl' prints");
            } else if (missing.get(0).startsWith("create table")) {
                found.accept(Finding.ok(about, "table " + stream.table() + " will be created by its first cycle"));
            } else {
                found.accept(Finding.ok(
                        about,
                        "table " + stream.table() + " is there; its next cycle adds what it lacks ("
                                + Words.count(missing.size(), "statement") + "; 'tidemark check --ddl' prints them)"));
            }
        } catch (LoadException | DatabaseException unfit) {
            error(unfit.getMessage());
        }
    }

    private void fitting(Target.Fitting columns) {
        columns.doubts().forEach(doubt -> found.accept(Finding.warning(about, doubt)));
        if (!columns.limited().isEmpty()) {
            found.accept(Finding.ok(
                    about,
                    "longer texts than these columns of table " + stream.table() + " take become rejects: "
                            + String.join(", ", columns.limited())));
        }
    }

    /** How long the stream may stand still before the vendor forgets what it has not seen. */
    void reach(Database database, Optional<Duration> reach) {
        Optional<Instant> watermark =
                new StreamStore(database).find(stream.name()).map(StreamState::watermark);
        if (watermark.isEmpty() || reach.isEmpty()) {
            return;
        }
        Duration left = Duration.between(now, watermark.get().plus(reach.get()));
        if (!left.isNegative()) {
            found.accept(Finding.ok(
                    about,
                    "its watermark is " + watermark.get() + "; the source reaches back " + Words.of(reach.get())
                            + ", so it may stand still for " + Words.of(left) + " more"));
            return;
        }
        String gap = "its watermark " + watermark.get() + " is older than the " + Words.of(reach.get())
                + " that the source reaches back: changes between are out of reach";
        if (stream.gap() == Gap.FAIL) {
            error(gap + ". Set " + key("gap") + "=clamp to go on without them, or =backfill to ask for the known"
                    + " records one by one first");
        } else {
            found.accept(Finding.warning(
                    about, gap + "; " + key("gap") + "=" + StreamSettings.word(stream.gap()) + " says to go on"));
        }
    }

    private String key(String key) {
        return "tidemark.streams." + stream.name() + "." + key;
    }

    private void error(@org.jspecify.annotations.Nullable String words) {
        String plain = String.valueOf(words);
        found.accept(
                Finding.error(about, plain.startsWith(about + ": ") ? plain.substring(about.length() + 2) : plain));
    }
}
