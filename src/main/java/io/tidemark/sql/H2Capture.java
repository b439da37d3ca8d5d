package io.tidemark.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.Trigger;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Capture on H2: the class behind the triggers of a captured table. H2 makes one for each trigger when the database is
 * opened, and again when the table is altered; its name tells the stream and the schema of the bridge's tables. A
 * process that opens the database without this class can read the table and cannot edit it. Whoever edits it needs
 * rights on {@code tidemark_change} and {@code tidemark_version}, too. For many threads.
 */
public final class H2Capture implements Trigger {
    /** The session's variable that names the stream whose table the bridge is writing. */
    static final String MARK = "TIDEMARK_WRITING";

    private static final Pattern NAME = Pattern.compile("tidemark_([a-z][a-z0-9-]*)_(before|after)_(.+)$");

    private String stream = "";
    private boolean before;
    private int rowId;
    private int syncedAt;
    private List<Watched> columns = List.of();
    private String unsync = "";
    private H2Changes changes = new H2Changes("", "");

    private record Watched(String name, int position, boolean key) {}

    static List<String> statements(H2 dialect, Watch watch) {
        String table = watch.table().sql(dialect);
        String guard = guard(dialect, watch.home(), watch.stream()).sql(dialect);
        return List.of(
                // empty for ever: H2 empties no table at once that a foreign key points to
                "create table " + guard + " (row_id bigint references " + table + " (tidemark_id))",
                trigger(dialect, watch, "before", "insert, update"),
                trigger(dialect, watch, "after", "insert, update, delete"));
    }

    private static String trigger(H2 dialect, Watch watch, String when, String events) {
        String name = name(watch.stream(), when, watch.home());
        return "create trigger " + watch.table().named(name).sql(dialect) + " " + when + " " + events + " on "
                + watch.table().sql(dialect) + "\n    for each row call " + Dialect.literal(H2Capture.class.getName());
    }

    private static String name(String stream, String when, String home) {
        return "tidemark_" + stream + "_" + when + "_" + home;
    }

    private static TableName guard(H2 dialect, String home, String stream) {
        return new TableName(home, dialect.fold("tidemark_guard_" + stream.replace('-', '_')));
    }

    static boolean captures(H2 dialect, Connection connection, Watch watch) throws SQLException {
        long on = triggers(connection, watch.home(), watch.stream()).values().stream()
                .filter(watch.table()::equals)
                .count();
        var guard = guard(dialect, watch.home(), watch.stream());
        return on == 2 && new Catalog(connection, dialect).hasTable(guard);
    }

    /** The tables of a stream's triggers by the triggers' names. */
    private static Map<String, TableName> triggers(Connection connection, String home, String stream)
            throws SQLException {
        try (var select = connection.prepareStatement("""
                select distinct trigger_name, event_object_schema, event_object_table
                from information_schema.triggers where trigger_name in (?, ?)""")) {
            select.setString(1, name(stream, "before", home));
            select.setString(2, name(stream, "after", home));
            Map<String, TableName> triggers = new HashMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    triggers.put(row.getString(1), new TableName(row.getString(2), row.getString(3)));
                }
            }
            return triggers;
        }
    }

    /** The statements that drop what stands of a stream's capture, on whichever table. */
    static List<String> drops(H2 dialect, Connection connection, String home, String stream) throws SQLException {
        var drops = new ArrayList<String>();
        triggers(connection, home, stream)
                .forEach((name, table) ->
                        drops.add("drop trigger " + table.named(name).sql(dialect)));
        var guard = guard(dialect, home, stream);
        if (new Catalog(connection, dialect).hasTable(guard)) {
            drops.add("drop table " + guard.sql(dialect));
        }
        return drops;
    }

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean beforeRow, int type)
            throws SQLException {
        Matcher name = NAME.matcher(trigger);
        if (!name.find()) {
            throw new SQLException("trigger " + trigger + " is none of Tidemark's: drop it");
        }
        stream = String.valueOf(name.group(1));
        before = beforeRow;
        String home = String.valueOf(name.group(3));
        Map<String, Integer> positions = positions(connection, schema, table);
        rowId = position(positions, "TIDEMARK_ID", table);
        syncedAt = position(positions, "TIDEMARK_SYNCED_AT", table);
        var watched = new ArrayList<Watched>();
        watched(connection, home).properties().forEach(column -> {
            Integer position = positions.get(column.getKey());
            if (position != null) {
                watched.add(
                        new Watched(column.getKey(), position, column.getValue().booleanValue()));
            }
        });
        columns = List.copyOf(watched);
        changes = new H2Changes(home, stream);
    }

    /** Asked of the metadata, because H2 may answer a query about columns from before the table was altered. */
    private static Map<String, Integer> positions(Connection connection, String schema, String table)
            throws SQLException {
        try (var column = connection.getMetaData().getColumns(null, pattern(schema), pattern(table), null)) {
            Map<String, Integer> positions = new HashMap<>();
            while (column.next()) {
                positions.put(column.getString("COLUMN_NAME"), column.getInt("ORDINAL_POSITION") - 1);
            }
            return positions;
        }
    }

    private static String pattern(String name) {
        return name.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    }

    private int position(Map<String, Integer> positions, String column, String table) throws SQLException {
        for (var each : positions.entrySet()) {
            if (each.getKey().toUpperCase(Locale.ROOT).equals(column)) {
                return each.getValue();
            }
        }
        throw new SQLException("stream " + stream + ": table " + table + " has lost its column " + column);
    }

    private ObjectNode watched(Connection connection, String home) throws SQLException {
        String table = new TableName(home, "TIDEMARK_CAPTURE").sql(new H2());
        try (var select = connection.prepareStatement(
                "select columns, table_name from " + table + " where stream = ? and random_uuid() is not null")) {
            select.setString(1, stream);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("stream " + stream + ": what its triggers watch is not in " + table);
                }
                unsync = "update " + row.getString(2) + " set tidemark_synced_at = null where tidemark_id = ?";
                return Images.read(row.getString(1));
            }
        }
    }

    @Override
    public void fire(Connection connection, @Nullable Object @Nullable [] old, @Nullable Object @Nullable [] row)
            throws SQLException {
        if (marked(connection)) {
            return;
        }
        if (row == null) {
            if (old != null) {
                changes.deleted(connection, number(old), key(old), image(old));
            }
        } else if (before) {
            refuse(old, row);
            if (old == null || !edited(old, row).isEmpty()) {
                row[syncedAt] = null;
            }
        } else if (old == null) {
            changes.inserted(connection, number(row), key(row), image(row));
            unsync(connection, row);
        } else {
            ObjectNode edited = edited(old, row);
            if (!edited.isEmpty()) {
                changes.updated(connection, number(row), key(row), edited);
                unsync(connection, row);
            }
        }
    }

    /** A user's trigger that came between may have edited the row after {@link #before} found nothing to do. */
    private void unsync(Connection connection, @Nullable Object[] row) throws SQLException {
        if (row[syncedAt] != null) {
            try (var update = connection.prepareStatement(unsync)) {
                new Bind(update).number(number(row)).update();
            }
        }
    }

    private boolean marked(Connection connection) throws SQLException {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return stream.equals(session.getVariable(MARK).getString());
    }

    private void refuse(@Nullable Object @Nullable [] old, @Nullable Object[] row) throws SQLException {
        if (old == null) {
            return;
        }
        if (number(old) != number(row)) {
            throw new SQLException(Watch.numberIsFixed(stream), "23000");
        }
        if (key(old) != null) {
            for (Watched column : columns) {
                if (column.key() && differ(old, row, column)) {
                    throw new SQLException(Watch.keyIsFixed(stream), "23000");
                }
            }
        }
    }

    private long number(@Nullable Object[] row) {
        return ((Number) Objects.requireNonNull(row[rowId], "tidemark_id is null")).longValue();
    }

    private @Nullable String key(@Nullable Object[] row) throws SQLException {
        var parts = new ArrayList<String>();
        for (Watched column : columns) {
            if (column.key()) {
                Object value = Images.plain(row[column.position()]);
                if (value == null) {
                    return null;
                }
                parts.add(Images.text(value));
            }
        }
        return String.join("/", parts);
    }

    private ObjectNode edited(@Nullable Object[] old, @Nullable Object[] row) throws SQLException {
        ObjectNode edited = Images.empty();
        for (Watched column : columns) {
            if (differ(old, row, column)) {
                Images.put(edited, column.name(), old[column.position()]);
            }
        }
        return edited;
    }

    private ObjectNode image(@Nullable Object[] row) throws SQLException {
        ObjectNode image = Images.empty();
        for (Watched column : columns) {
            Images.put(image, column.name(), row[column.position()]);
        }
        return image;
    }

    private static boolean differ(@Nullable Object[] old, @Nullable Object[] row, Watched column) throws SQLException {
        return Images.differ(old[column.position()], row[column.position()]);
    }
}
