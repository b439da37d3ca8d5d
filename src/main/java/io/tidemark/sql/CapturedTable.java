package io.tidemark.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.csv.ColumnType;
import io.tidemark.settings.StreamSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream's table as its triggers watch it, known without asking the vendor.
 *
 * @param columns the watched ones; each goes by its own name in place of the export's field
 */
record CapturedTable(TableName table, List<TargetColumn> columns) {
    CapturedTable {
        columns = List.copyOf(columns);
    }

    /** Empty where nothing of the stream is watched. */
    static Optional<CapturedTable> of(Connection connection, Database database, StreamSettings settings)
            throws SQLException {
        Map<String, JsonNode> watched = watched(connection, database, settings.name());
        Optional<TableName> table = table(connection, database, settings);
        if (watched.isEmpty() || table.isEmpty()) {
            return Optional.empty();
        }
        var columns = new ArrayList<TargetColumn>();
        for (Catalog.Found found : new Catalog(connection, database.dialect()).columns(table.get())) {
            JsonNode key = watched.get(found.name());
            if (key != null) {
                columns.add(new TargetColumn(
                        found.name(),
                        found.name(),
                        ColumnType.parse(found.type()),
                        found.type(),
                        key.asBoolean(),
                        found.required(),
                        found.filled()));
            }
        }
        return Optional.of(new CapturedTable(table.get(), columns));
    }

    private static Map<String, JsonNode> watched(Connection connection, Database database, String stream)
            throws SQLException {
        try (var select = database.prepare(connection, "select columns from ~tidemark_capture where stream = ?")) {
            new Bind(select).text(stream);
            try (var row = select.executeQuery()) {
                return row.next() ? Values.json(row.getString(1)) : Map.of();
            }
        }
    }

    /** The stream's table, if it is there. */
    static Optional<TableName> table(Connection connection, Database database, StreamSettings settings)
            throws SQLException {
        var catalog = new Catalog(connection, database.dialect());
        int dot = settings.table().indexOf('.');
        String schema = catalog.schema(
                dot < 0 ? Optional.empty() : Optional.of(settings.table().substring(0, dot)));
        return catalog.table(schema, settings.table().substring(dot + 1));
    }
}
