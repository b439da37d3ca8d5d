package io.tidemark.sql;

import io.tidemark.change.ConflictRule;
import io.tidemark.settings.StreamSettings;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A stream's settings and shape for tests: contacts with a key, a text, an amount, a change time and a deletion flag. */
public final class TestStream {
    public String name = "contacts";
    public String table = "contacts";
    public Map<String, String> types = new LinkedHashMap<>();
    public Map<String, String> columns = new LinkedHashMap<>();
    public StreamSettings.Direction direction = StreamSettings.Direction.INBOUND;
    public StreamSettings.Deletes deletes = StreamSettings.Deletes.MARK;
    public StreamSettings.SchemaChanges schemaChanges = StreamSettings.SchemaChanges.EVOLVE;
    public StreamSettings.CountMismatch countMismatch = StreamSettings.CountMismatch.FAIL;
    public StreamSettings.Brake brake = new StreamSettings.Brake.Share(20);
    public int rejectsMost = 1_000;
    public List<String> key = List.of("VanID");
    public List<Field> fields = new ArrayList<>(List.of(
            new Field("VanID", FieldType.INTEGER, true),
            new Field("FirstName", FieldType.TEXT, true),
            new Field("Amount", FieldType.MONEY, true),
            new Field("DateChanged", FieldType.TIMESTAMP, true)));
    public Optional<String> changeTime = Optional.of("DateChanged");
    public List<DeletionRule> deletions = List.of(new DeletionRule("Deleted", Set.of("yes")));

    public boolean bareDeletions;

    public TestStream() {
        columns.put("Deleted", StreamSettings.LEFT_OUT);
        fields.add(new Field("Deleted", FieldType.TEXT, true));
    }

    public Shape shape() {
        return new Shape(key, fields, changeTime, deletions, bareDeletions, Optional.empty(), List.of());
    }

    public StreamSettings settings() {
        return new StreamSettings(
                name,
                "source",
                "contacts",
                table,
                direction,
                "0 0 * * * ?",
                "0 0 * * * ?",
                types,
                List.of(),
                Optional.empty(),
                Duration.ofMinutes(5),
                Map.of(),
                columns,
                List.of(),
                ConflictRule.NEWEST_WINS,
                deletes,
                StreamSettings.OutboundDeletes.IGNORE,
                schemaChanges,
                StreamSettings.Gap.FAIL,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofHours(6),
                countMismatch,
                Optional.empty(),
                Optional.empty(),
                StreamSettings.WriteCheck.READ,
                List.of(),
                rejectsMost,
                brake,
                Optional.empty(),
                Optional.empty());
    }
}
