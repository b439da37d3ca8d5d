package io.tidemark.sql;

import io.tidemark.csv.CellReader;
import io.tidemark.csv.Misfit;
import io.tidemark.csv.Row;
import io.tidemark.csv.RowReader;
import io.tidemark.settings.StreamSettings;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes rows through a user's own transform, and makes sure that they are still the same rows afterwards. */
final class Transformation {
    private final StreamSettings settings;
    private final List<TargetColumn> columns;
    private final List<CellReader> readers;
    private final Loader.Transform transform;

    Transformation(StreamSettings settings, List<TargetColumn> columns, ZoneId zone, Loader.Transform transform) {
        this.settings = settings;
        this.columns = columns;
        this.readers =
                columns.stream().map(column -> column.type().reader(zone)).toList();
        this.transform = transform;
    }

    void run(RowReader reader, StagedRows staged, StagingWriter writer) throws SQLException {
        var batch = new ArrayList<Row>(Load.TRANSFORMED_AT_ONCE);
        while (reader.hasNext()) {
            batch.add(reader.next());
            if (batch.size() == Load.TRANSFORMED_AT_ONCE) {
                send(batch, staged, writer);
            }
        }
        send(batch, staged, writer);
    }

    private void send(List<Row> batch, StagedRows staged, StagingWriter writer) throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        List<Map<String, @Nullable Object>> before = new ArrayList<>(batch.size());
        for (Row row : batch) {
            before.add(map(row));
        }
        List<Map<String, @Nullable Object>> after = transform.apply(before);
        if (after == null || after.size() != batch.size()) {
            throw problem("returned " + (after == null ? "nothing" : after.size() + " rows") + " for " + batch.size()
                    + "; it must return the same rows in the same order");
        }
        for (int i = 0; i < batch.size(); i++) {
            staged.write(writer, row(batch.get(i), after.get(i)));
        }
        batch.clear();
    }

    private Map<String, @Nullable Object> map(Row row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            map.put(columns.get(i).name(), row.values()[i]);
        }
        return map;
    }

    private Row row(Row before, Map<String, @Nullable Object> after) {
        var values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            TargetColumn column = columns.get(i);
            Object value = after.get(column.name());
            if (value != null && value != before.values()[i]) {
                value = readers.get(i).read(value.toString());
            }
            if (value instanceof Misfit misfit) {
                throw problem("gave column " + column.name() + " of line " + before.line() + " a value that "
                        + misfit.reason());
            }
            if (column.key() && !Objects.equals(value, before.values()[i])) {
                throw problem("changed the key column " + column.name() + " of line " + before.line()
                        + "; it must leave keys and the order of rows alone");
            }
            if (value == null && column.required()) {
                throw problem("emptied column " + column.name() + " of line " + before.line() + ", which is NOT NULL");
            }
            values[i] = value;
        }
        return new Row(before.line(), values, before.deleted(), before.changedAt());
    }

    private LoadException problem(String words) {
        return new LoadException("stream " + settings.name() + ": the transform "
                + settings.transform().orElse("") + " " + words);
    }
}
