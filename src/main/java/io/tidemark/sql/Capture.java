package io.tidemark.sql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The triggers on a stream's table that note local edits in {@code tidemark_change}, within the transaction of whoever
 * edits: a transaction that is rolled back leaves nothing.
 *
 * <ul>
 *   <li>A row has one change, however often it is edited. Its base holds the columns that were edited and what they held
 *       before the first edit; of a deleted row all columns. An empty text is no value there, as in every comparison.
 *   <li>An edit of columns that are not watched, or one that leaves all watched ones equal, is no change.
 *   <li>A captured row has no {@code tidemark_synced_at}.
 *   <li>An edit of a change that was pinned, held or dead makes it pending again. A row that was inserted and deleted
 *       before anything of it was sent leaves no change. A key that is deleted and inserted again is an update.
 *   <li>A key that is set stays; so does {@code tidemark_id}. A row without a key may be given one.
 *   <li>Rows that were there before are not captured; an edit of one without a key is an update without a key, and the
 *       sender decides what becomes of it.
 *   <li>What the bridge writes itself through {@link Database#marked} is not captured.
 *   <li>{@code TRUNCATE} deletes every row on PostgreSQL and is refused on H2.
 *   <li>Where the {@code tidemark_id} of a deleted row is used again, the change of the deletion is numbered anew, below
 *       zero.
 * </ul>
 */
final class Capture {
    private final Connection connection;
    private final Dialect dialect;
    private final String home;

    Capture(Connection connection, Database database) throws SQLException {
        this.connection = connection;
        this.dialect = database.dialect();
        this.home = new Catalog(connection, dialect).schema(database.settings().schema());
    }

    /** What has to be run so that just these columns are watched; empty where they are. */
    List<String> install(String stream, TableName table, List<TargetColumn> columns) throws SQLException {
        var watch = new Watch(stream, home, table, columns);
        List<String> triggers = dialect.capture(watch);
        String definition = hash(json(columns), triggers);
        if (definition.equals(installed(stream)) && dialect.captures(connection, watch)) {
            return List.of();
        }
        String note = new TableName(home, dialect.fold("tidemark_capture")).sql(dialect);
        String name = Dialect.literal(stream);
        var statements = new ArrayList<>(remove(stream));
        statements.add("delete from " + note + " where stream = " + name);
        statements.add("insert into " + note + " (stream, table_name, columns, definition)\nvalues (" + name + ", "
                + Dialect.literal(table.sql(dialect)) + ", " + Dialect.literal(json(columns)) + ", '')");
        statements.addAll(triggers);
        statements.add("update " + note + " set definition = '" + definition + "' where stream = " + name);
        return statements;
    }

    /** What has to be run so that nothing of the stream is watched; empty where nothing is. */
    List<String> remove(String stream) throws SQLException {
        return dialect.uncapture(connection, home, stream);
    }

    /** The definition that stands, empty for none. */
    private String installed(String stream) throws SQLException {
        var table = new Catalog(connection, dialect).table(home, dialect.fold("tidemark_capture"));
        if (table.isEmpty()) {
            return "";
        }
        try (var select = connection.prepareStatement(
                "select definition from " + table.get().sql(dialect) + " where stream = ?")) {
            select.setString(1, stream);
            try (var row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    /** Each column's exact name, and whether it is part of the key. */
    private static String json(List<TargetColumn> columns) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        columns.forEach(column -> names.put(column.name(), column.key()));
        return names.toString();
    }

    private static String hash(String columns, List<String> statements) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(columns.getBytes(StandardCharsets.UTF_8));
            statements.forEach(statement -> digest.update(statement.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
