package io.tidemark.console;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The status for people: a few lines for each stream. */
public final class StatusText {
    private StatusText() {}

    public static String of(List<Status.Line> streams) {
        if (streams.isEmpty()) {
            return "no stream is configured";
        }
        var text = new StringJoiner(System.lineSeparator());
        streams.forEach(stream -> add(text, stream));
        return text.toString();
    }

    private static void add(StringJoiner text, Status.Line stream) {
        text.add("%s: %s (%s of %s, into %s)"
                .formatted(stream.name(), stream.state(), stream.resource(), stream.source(), stream.table()));
        if (stream.reason() != null) {
            text.add("  why: " + stream.reason());
        }
        text.add("  watermark: "
                + (stream.watermark() == null ? "none yet" : stream.watermark() + behind(stream.lagSeconds())));
        if (stream.job() != null) {
            text.add("  job in flight: %s, %s since %s"
                    .formatted(
                            stream.job().id(),
                            stream.job().state(),
                            stream.job().requestedAt()));
        }
        if (stream.lastCycle() != null) {
            text.add("  last cycle%s: %s".formatted(kind(stream.lastCycle()), cycle(stream.lastCycle())));
        }
        if (stream.pendingChanges() > 0) {
            text.add("  local changes to send: " + stream.pendingChanges());
        }
        if (stream.conflicts() > 0) {
            text.add("  open conflicts: " + stream.conflicts() + " ('tidemark conflicts list " + stream.name() + "')");
        }
        if (stream.deadLetters() > 0) {
            text.add(
                    "  dead letters: " + stream.deadLetters() + " ('tidemark deadletters list " + stream.name() + "')");
        }
        if (stream.rejects() > 0) {
            text.add("  rejects: " + stream.rejects() + " ('tidemark rejects list " + stream.name() + "')");
        }
        if (stream.holder() != null) {
            text.add("  a step is being taken by " + stream.holder());
        }
        stream.warnings().forEach(warning -> text.add("  warning: " + warning));
    }

    /** A window goes without saying. */
    private static String kind(Status.CycleLine cycle) {
        return cycle.kind().equals("window") ? "" : " (" + cycle.kind() + ")";
    }

    private static String behind(@Nullable Long seconds) {
        return seconds == null ? "" : " (" + words(Duration.ofSeconds(seconds)) + " behind)";
    }

    private static String words(Duration lag) {
        if (lag.toHours() >= 48) {
            return lag.toDays() + " days";
        }
        if (lag.toMinutes() >= 120) {
            return lag.toHours() + " hours";
        }
        return lag.toSeconds() >= 120 ? lag.toMinutes() + " minutes" : lag.toSeconds() + " seconds";
    }

    private static String cycle(Status.CycleLine cycle) {
        String counts = "%d read, %d inserted, %d updated, %d unchanged, %d deleted, %d rejected"
                .formatted(
                        cycle.rowsRead(),
                        cycle.rowsInserted(),
                        cycle.rowsUpdated(),
                        cycle.rowsUnchanged(),
                        cycle.rowsDeleted(),
                        cycle.rowsRejected());
        return switch (cycle.outcome()) {
            case "committed" -> "committed at " + cycle.finishedAt() + ": " + counts;
            case "running" -> "running since " + cycle.startedAt();
            default -> cycle.outcome() + " at " + cycle.finishedAt() + ": " + cycle.error();
        };
    }
}
