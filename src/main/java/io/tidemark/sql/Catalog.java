package io.tidemark.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the database says of its tables. Names are looked up within one schema, exactly first, then without case. */
final class Catalog {
    private final Connection connection;
    private final Dialect dialect;

    Catalog(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /**
     * A column as it stands.
     *
     * @param type the database's own spelling, in words that {@link io.tidemark.csv.ColumnType#parse} knows if any do
     * @param required whether it refuses nulls
     * @param filled whether the database fills it where an insert does not name it
     * @param writable whether an insert may name it
     */
    record Found(String name, String type, boolean required, boolean filled, boolean writable) {}

    /** The exact name of the schema, the connection's own where none is wanted. */
    String schema(Optional<String> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return String.valueOf(connection.getSchema());
        }
        return first(dialect.schemasQuery(), wanted.get(), wanted.get(), dialect.fold(wanted.get()))
                .orElseThrow(() -> new LoadException("the database has no schema " + wanted.get()
                        + ": create it, or correct the name in tidemark.streams.N.table or tidemark.database.schema"));
    }

    /** The exact name of a table, if there is one. */
    Optional<TableName> table(String schema, String name) throws SQLException {
        return relation(schema, name, false);
    }

    Optional<TableName> view(String schema, String name) throws SQLException {
        return relation(schema, name, true);
    }

    private Optional<TableName> relation(String schema, String name, boolean view) throws SQLException {
        for (String likely : List.of(name, dialect.fold(name))) {
            var table = new TableName(schema, likely);
            if (dialect.has(connection, table, view)) {
                return Optional.of(table);
            }
        }
        return first(dialect.relationsQuery(view), schema, name).map(found -> new TableName(schema, found));
    }

    /** Whether there is a table of exactly that name. */
    boolean hasTable(TableName table) throws SQLException {
        return dialect.has(connection, table, false);
    }

    /** Whether there is a view of exactly that name. */
    boolean hasView(TableName view) throws SQLException {
        return dialect.has(connection, view, true);
    }

    private Optional<String> first(String query, String... parameters) throws SQLException {
        try (var select = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** In their order. */
    List<Found> columns(TableName table) throws SQLException {
        return dialect.columns(connection, table);
    }

    /** Whether a full unique index is on just these columns, whatever their order. */
    boolean unique(TableName table, Collection<String> columns) throws SQLException {
        var wanted = Set.copyOf(columns);
        try (var select = connection.prepareStatement(dialect.uniqueIndexesQuery())) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            try (var row = select.executeQuery()) {
                Map<String, Set<String>> indexes = new LinkedHashMap<>();
                while (row.next()) {
                    indexes.computeIfAbsent(row.getString(1), index -> new HashSet<>())
                            .add(row.getString(2));
                }
                return indexes.containsValue(wanted);
            }
        }
    }
}
