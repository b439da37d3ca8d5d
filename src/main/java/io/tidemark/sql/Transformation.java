package io.tidemark.sql;

import io.tidemark.csv.CellReader;
import io.tidemark.csv.Misfit;
import io.tidemark.csv.Row;
import io.tidemark.csv.RowReader;
import io.tidemark.settings.StreamSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes rows through a user's own transform, and makes sure that they are still the same rows afterwards. */
final class Transformation {
    private final StreamSettings settings;
    private final List<TargetColumn> columns;
    private final List<String> names;
    private final Set<String> known;
    private final List<CellReader> readers;
    private final Loader.Transform transform;

    Transformation(Target target, List<TargetColumn> columns, Loader.Transform transform) {
        Dialect dialect = target.database().dialect();
        this.settings = target.settings();
        this.columns = columns;
        this.names =
                columns.stream().map(column -> unquoted(column.name(), dialect)).toList();
        this.known = Set.copyOf(names);
        this.readers = columns.stream()
                .map(column -> column.type().reader(target.zone()))
                .toList();
        this.transform = transform;
    }

    /** A column as people write it: in lower case where the database knows it without quotes. */
    private static String unquoted(String column, Dialect dialect) {
        return column.equals(dialect.fold(column)) ? column.toLowerCase(Locale.ROOT) : column;
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
        @Nullable List<?> after = changed(before);
        if (after == null || after.size() != batch.size()) {
            throw problem("returned " + (after == null ? "nothing" : after.size() + " rows") + " for " + batch.size()
                    + "; it must return the same rows in the same order");
        }
        for (int i = 0; i < batch.size(); i++) {
            if (!(after.get(i) instanceof Map<?, ?> row)) {
                throw problem("returned something else than a row for line "
                        + batch.get(i).line() + "; it must return the same rows in the same order");
            }
            staged.write(writer, row(batch.get(i), row));
        }
        batch.clear();
    }

    private @Nullable List<?> changed(List<Map<String, @Nullable Object>> rows) {
        try {
            return transform.apply(rows);
        } catch (IllegalStateException failed) {
            throw new LoadException(about("failed: " + failed.getMessage()), failed);
        }
    }

    private Map<String, @Nullable Object> map(Row row) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            map.put(names.get(i), row.values()[i]);
        }
        return map;
    }

    private Row row(Row before, Map<?, ?> after) {
        if (!after.keySet().equals(known)) {
            throw problem("returned other columns for line " + before.line() + " than it got ("
                    + different(after.keySet()) + "); empty a column by giving it no value");
        }
        var values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            TargetColumn column = columns.get(i);
            Object value = after.get(names.get(i));
            if (value != null && value != before.values()[i]) {
                value = readers.get(i).read(value.toString());
            }
            if (value instanceof Misfit misfit) {
                throw problem("gave column " + names.get(i) + " of line " + before.line() + " a value that "
                        + misfit.reason());
            }
            if (column.key() && !Objects.equals(value, before.values()[i])) {
                throw problem("changed the key column " + names.get(i) + " of line " + before.line()
                        + "; it must leave keys and the order of rows alone");
            }
            if (value == null && column.required()) {
                throw problem("emptied column " + names.get(i) + " of line " + before.line() + ", which is NOT NULL");
            }
            values[i] = value;
        }
        return new Row(before.line(), values, before.deleted(), before.changedAt());
    }

    private String different(Set<?> returned) {
        var lost = new TreeSet<>(known);
        lost.removeAll(returned);
        var added = new TreeSet<String>();
        returned.forEach(name -> added.add(String.valueOf(name)));
        added.removeAll(known);
        return "missing " + lost + ", new " + added;
    }

    private LoadException problem(String words) {
        return new LoadException(about(words));
    }

    private String about(String words) {
        return "stream " + settings.name() + ": the transform direct:"
                + settings.transform().orElse("") + " " + words;
    }
}
