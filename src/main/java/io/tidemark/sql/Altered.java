package io.tidemark.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values that the database stores otherwise than they were delivered: a user's trigger changes them. What was delivered and
 * what became of it is remembered as digests, so that the same delivery is known again and not written once more. A later
 * value from the vendor, or another hand in the row, ends that. Tables in which nothing can alter values cost nothing.
 */
final class Altered {
    private static final Logger LOG = LoggerFactory.getLogger(Altered.class);
    private static final String TABLE = "tidemark_altered";

    private final Connection connection;
    private final Target target;
    private final Database database;
    private final String stream;
    private final MergeStatements statements;

    Altered(Connection connection, Target target, MergeStatements statements) {
        this.connection = connection;
        this.target = target;
        this.database = target.database();
        this.stream = target.settings().name();
        this.statements = statements;
    }

    /** Takes rows out of staging that the database would make the same of again. */
    void spare() throws SQLException {
        Map<String, Long> counts = remembers() ? counts() : Map.of();
        List<TargetColumn> known = statements.values().stream()
                .filter(column -> counts.containsKey(column.name()))
                .toList();
        if (known.isEmpty() || !mayAlter()) {
            return;
        }
        try (var delete = connection.prepareStatement(statements.removeAltered(database.own("~" + TABLE), known))) {
            var bind = new Bind(delete);
            for (TargetColumn column : known) {
                bind.text(stream).text(column.name());
            }
            bind.update();
        }
    }

    /** Remembers what became of the rows that were written in this transaction. */
    void remember() throws SQLException {
        if (!mayAlter()) {
            forget("");
            return;
        }
        Map<String, Long> before = counts();
        if (!before.isEmpty()) {
            forget(" and row_key in (" + statements.keyDigests() + ")");
        }
        if (statements.values().isEmpty()) {
            return;
        }
        try (var count = connection.prepareStatement(statements.countAltered());
                var found = count.executeQuery()) {
            found.next();
            for (int i = 0; i < statements.values().size(); i++) {
                if (found.getLong(i + 1) > 0) {
                    insert(statements.values().get(i));
                }
            }
        }
        counts().forEach((column, keys) -> {
            if (!before.containsKey(column)) {
                LOG.warn("{}: {}", stream, words(Map.of(column, keys)));
            }
        });
    }

    private void insert(TargetColumn column) throws SQLException {
        try (var insert = database.prepare(connection, """
                insert into ~tidemark_altered (stream, column_name, row_key, delivered, stored)
                select cast(? as varchar(31)), cast(? as varchar(200)), a.* from (%s) a
                """.formatted(statements.altered(column)))) {
            new Bind(insert).text(stream).text(column.name()).update();
        }
    }

    private void forget(String which) throws SQLException {
        try (var delete = database.prepare(connection, "delete from ~tidemark_altered where stream = ?" + which)) {
            new Bind(delete).text(stream).update();
        }
    }

    private boolean mayAlter() throws SQLException {
        return database.dialect().mayAlter(connection, target.blueprint().table());
    }

    /** Whether the bridge's tables are there; a rehearsal may come before them. */
    private boolean remembers() throws SQLException {
        var catalog = new Catalog(connection, database.dialect());
        Optional<TableName> table = catalog.table(
                catalog.schema(database.settings().schema()), database.dialect().fold(TABLE));
        return table.isPresent();
    }

    private Map<String, Long> counts() throws SQLException {
        try (var select = database.prepare(connection, """
                select column_name, count(*) from ~tidemark_altered where stream = ? group by column_name order by column_name
                """)) {
            new Bind(select).text(stream);
            try (var row = select.executeQuery()) {
                var counts = new LinkedHashMap<String, Long>();
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
                return counts;
            }
        }
    }

    /** For people: the columns, each with the number of its keys. */
    static String words(Map<String, Long> keysByColumn) {
        var columns = new StringBuilder();
        keysByColumn.forEach((column, keys) -> columns.append(columns.isEmpty() ? "" : ", ")
                .append(column)
                .append(" (")
                .append(keys)
                .append(keys == 1 ? " key)" : " keys)"));
        return "the database stores other values than were delivered in " + columns
                + ", by a trigger or a default of the table; these rows are not written again for that";
    }
}
