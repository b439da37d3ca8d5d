package io.tidemark.settings;

import io.tidemark.change.ConflictRule;
import io.tidemark.settings.StreamSettings.Brake;
import io.tidemark.settings.StreamSettings.CountMismatch;
import io.tidemark.settings.StreamSettings.Deletes;
import io.tidemark.settings.StreamSettings.Direction;
import io.tidemark.settings.StreamSettings.Gap;
import io.tidemark.settings.StreamSettings.OutboundDeletes;
import io.tidemark.settings.StreamSettings.SchemaChanges;
import io.tidemark.settings.StreamSettings.StartFrom;
import io.tidemark.settings.StreamSettings.WriteCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys that every stream has; its source's system adds those below {@code export.}. */
final class StreamKeys {
    static final String EXPORT = "export.";

    static final Key<String> SOURCE = Key.required("source", Parsers::text, "a source of this configuration");
    static final Key<String> RESOURCE =
            Key.required("resource", Parsers::text, "what is exported, in the vendor's word");
    static final Key<String> TABLE =
            Key.optional("table", StreamParsers::table, "table or schema.table; the stream's name, _ for -");
    static final Key<Direction> DIRECTION =
            choice("direction", Direction.class, "inbound", "inbound, outbound or both");
    static final Key<String> SCHEDULE =
            Key.standard("schedule", TimeParsers::cron, "0 0/15 * * * ?", "when a cycle starts, Quartz cron");
    static final Key<String> OUTBOUND_SCHEDULE = Key.standard(
            "outbound-schedule", TimeParsers::cron, "0/30 * * * * ?", "when local changes go out, Quartz cron");
    static final Key<String> TYPES =
            Key.perField("types.", StreamParsers::sqlType, "a column's SQL type; the bridge's choice");
    static final Key<List<String>> KEY =
            Key.optional("key", Parsers::list, "key field or fields of the export; the system's for the resource");
    static final Key<StartFrom> START_FROM = Key.optional(
            "start-from",
            TimeParsers::startFrom,
            "first window's start, an instant or a duration back; the whole reach");
    static final Key<Duration> OVERLAP = Key.standard(
            "overlap", TimeParsers::durationOrZero, "PT5M", "how far windows reach back over the last one");
    static final Key<String> COLUMNS = Key.perField(
            "columns.", StreamParsers::column, "column of an export field, - leaves it out; snake_case of its name");
    static final Key<Boolean> WRITE = Key.perField(
            "write.", Parsers.onlyTrue(), "true: only such fields go back; every field that the system can write");
    static final Key<ConflictRule> CONFLICT =
            choice("conflict", ConflictRule.class, "newest-wins", "newest-wins, source-wins, target-wins or manual");
    static final Key<Deletes> DELETES =
            choice("deletes", Deletes.class, "mark", "mark sets tidemark_deleted_at, delete removes the row, ignore");
    static final Key<OutboundDeletes> OUTBOUND_DELETES = choice(
            "outbound-deletes", OutboundDeletes.class, "ignore", "ignore, or propagate local deletes to the vendor");
    static final Key<SchemaChanges> SCHEMA_CHANGES =
            choice("schema-changes", SchemaChanges.class, "evolve", "a new field: evolve adds a column, ignore, fail");
    static final Key<Gap> GAP =
            choice("gap", Gap.class, "fail", "watermark older than the vendor's reach: fail, clamp or backfill");
    static final Key<Duration> POLL_FIRST =
            Key.standard("poll-first", TimeParsers::duration, "PT5S", "first wait between two looks at a job");
    static final Key<Duration> POLL_MOST =
            Key.standard("poll-most", TimeParsers::duration, "PT1M", "longest wait between two looks at a job");
    static final Key<Duration> JOB_TIMEOUT =
            Key.standard("job-timeout", TimeParsers::duration, "PT6H", "when a job is given up");
    static final Key<CountMismatch> COUNT_MISMATCH = choice(
            "count-mismatch",
            CountMismatch.class,
            "fail",
            "records read differ from the vendor's count: fail or accept");
    static final Key<String> DELETED_FIELD =
            Key.optional("deleted.field", Parsers::text, "the field that says a record is deleted; the system's rule");
    static final Key<List<String>> DELETED_VALUES =
            Key.optional("deleted.values", Parsers::list, "its values that say so; any value");
    static final Key<String> MERGED_INTO = Key.optional(
            "merged-into.field", Parsers::text, "the field that names the survivor of a merge; the system's");
    static final Key<WriteCheck> WRITE_CHECK =
            choice("write-check", WriteCheck.class, "read", "read a record before writing it, or off");
    static final Key<List<String>> MATCH =
            Key.optional("match", Parsers::list, "field or fields by which rows without a key are matched once; none");
    static final Key<Integer> REJECTS_MOST = Key.standard(
            "rejects-most", Parsers.whole(0, 10_000), "1000", "more rejects than this fail a cycle, 0 to 10000");
    static final Key<Brake> BRAKE = Key.standard(
            "brake", StreamParsers::brake, "20%", "share of the rows one cycle may delete or blank unasked, or off");
    static final Key<Optional<String>> RECONCILE_SCHEDULE = Key.optional(
            "reconcile-schedule",
            TimeParsers::cronOrOff,
            "full comparison, Quartz cron or off; off, for both 0 30 3 * * ?");
    static final Key<String> TRANSFORM = Key.optional(
            "transform", StreamParsers::transform, "direct:NAME, an own route for rows before staging; inbound only");

    static final List<Key<?>> ALL = List.of(
            SOURCE,
            RESOURCE,
            TABLE,
            DIRECTION,
            SCHEDULE,
            OUTBOUND_SCHEDULE,
            TYPES,
            KEY,
            START_FROM,
            OVERLAP,
            COLUMNS,
            WRITE,
            CONFLICT,
            DELETES,
            OUTBOUND_DELETES,
            SCHEMA_CHANGES,
            GAP,
            POLL_FIRST,
            POLL_MOST,
            JOB_TIMEOUT,
            COUNT_MISMATCH,
            DELETED_FIELD,
            DELETED_VALUES,
            MERGED_INTO,
            WRITE_CHECK,
            MATCH,
            REJECTS_MOST,
            BRAKE,
            RECONCILE_SCHEDULE,
            TRANSFORM);

    private StreamKeys() {}

    private static <E extends Enum<E>> Key<E> choice(String name, Class<E> type, String standard, String description) {
        return Key.standard(name, Parsers.choice(type), standard, description);
    }
}
