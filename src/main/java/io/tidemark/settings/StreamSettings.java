package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.ConflictRule;
import io.tidemark.system.DeletionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One resource of one source kept the same as one table.
 *
 * @param table {@code table} or {@code schema.table}
 * @param schedule a Quartz cron expression
 * @param types SQL types by export field, as written
 * @param key configured key fields of the export, empty for the system's
 * @param startFrom where the first window starts, empty for the whole reach
 * @param export the vendor's request parameters by name
 * @param columns column by export field; {@link #LEFT_OUT} leaves the field out
 * @param write the only fields that go back, empty for every field that can
 * @param rejectsMost more rejects than this in a cycle fail it
 * @param reconcileSchedule a Quartz cron expression, empty for never
 * @param transform the name of a {@code direct:} route, empty for none
 */
public record StreamSettings(
        String name,
        String source,
        String resource,
        String table,
        Direction direction,
        String schedule,
        String outboundSchedule,
        Map<String, String> types,
        List<String> key,
        Optional<StartFrom> startFrom,
        Duration overlap,
        Map<String, String> export,
        Map<String, String> columns,
        List<String> write,
        ConflictRule conflict,
        Deletes deletes,
        OutboundDeletes outboundDeletes,
        SchemaChanges schemaChanges,
        Gap gap,
        Duration pollFirst,
        Duration pollMost,
        Duration jobTimeout,
        CountMismatch countMismatch,
        Optional<DeletionRule> deletion,
        Optional<String> mergedInto,
        WriteCheck writeCheck,
        List<String> match,
        int rejectsMost,
        Brake brake,
        Optional<String> reconcileSchedule,
        Optional<String> transform) {

    /** The column of a field that is not stored. */
    public static final String LEFT_OUT = "-";

    public StreamSettings {
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
        requireNonNull(resource, "resource is null");
        requireNonNull(table, "table is null");
        types = Map.copyOf(types);
        key = List.copyOf(key);
        export = Map.copyOf(export);
        columns = Map.copyOf(columns);
        write = List.copyOf(write);
        match = List.copyOf(match);
    }

    /** The word for a choice in the configuration: its name in kebab case. */
    public static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public enum Direction {
        INBOUND,
        OUTBOUND,
        BOTH
    }

    public enum Deletes {
        MARK,
        DELETE,
        IGNORE
    }

    public enum OutboundDeletes {
        IGNORE,
        PROPAGATE
    }

    public enum SchemaChanges {
        EVOLVE,
        IGNORE,
        FAIL
    }

    public enum Gap {
        FAIL,
        CLAMP,
        BACKFILL
    }

    public enum CountMismatch {
        FAIL,
        ACCEPT
    }

    public enum WriteCheck {
        READ,
        OFF
    }

    /** Where a first window starts. */
    public sealed interface StartFrom {
        record At(Instant instant) implements StartFrom {}

        /** A length of time back from now. */
        record Back(Duration duration) implements StartFrom {}
    }

    /** How many of a table's rows one cycle may delete or blank before a person is asked. */
    public sealed interface Brake {
        record Off() implements Brake {}

        /**
         * A share of the rows, and never fewer than {@link #NEVER_BELOW}.
         *
         * @param percent above 0, at most 100
         */
        record Share(double percent) implements Brake {
            public static final long NEVER_BELOW = 100;
        }
    }
}
