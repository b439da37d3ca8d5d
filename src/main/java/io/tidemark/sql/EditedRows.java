package io.tidemark.sql;

import io.tidemark.change.Change;
import io.tidemark.change.Change.State;
import io.tidemark.change.Conflict;
import io.tidemark.change.Meeting;
import io.tidemark.settings.StreamSettings.Deletes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Single rows of a stream's table together with their changes, within the caller's transaction. A row is always locked
 * before its change, as an edit does. The connection must carry the bridge's mark, or these writes would be captured.
 */
final class EditedRows {
    private final Database database;
    private final Target target;
    private final Connection connection;
    private final Dialect dialect;
    private final String table;
    private final Values values;
    private final ChangeRows changes;

    EditedRows(Target target, Connection connection) {
        this.database = target.database();
        this.target = target;
        this.connection = connection;
        this.dialect = database.dialect();
        this.table = target.blueprint().table().sql(dialect);
        this.values = new Values(target.blueprint().columns(), target.zone());
        this.changes = new ChangeRows(database, target.settings().name(), values);
    }

    Values values() {
        return values;
    }

    ChangeRows changes() {
        return changes;
    }

    /** Locks a row and reads its values; empty if it is gone. */
    Optional<Map<String, @Nullable String>> lock(long rowId) throws SQLException {
        try (var select = connection.prepareStatement(
                "select " + names(values.columns()) + " from " + table + " where tidemark_id = ? for update")) {
            select.setLong(1, rowId);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(values.read(row, 1)) : Optional.empty();
            }
        }
    }

    /**
     * Writes what came of a row.
     *
     * @param before what the row's change was, empty where it had none
     * @return whether the row itself was written
     */
    boolean write(long rowId, String key, Optional<Change> before, Meeting meeting) throws SQLException {
        boolean written = false;
        switch (meeting.fate()) {
            case STAYS -> {
                set(rowId, meeting.row(), meeting.change().isEmpty());
                written = !meeting.row().isEmpty();
            }
            case RETURNS -> {
                insert(rowId, key, meeting.row());
                written = true;
            }
            case GOES -> {
                remove(rowId);
                written = true;
            }
        }
        if (meeting.change().isPresent()) {
            if (!meeting.change().equals(before)) {
                changes.write(connection, meeting.change().get());
            }
        } else if (before.isPresent()) {
            changes.delete(connection, before.get().id());
        }
        if (before.filter(change -> change.state() == State.HELD).isPresent()
                && meeting.change()
                        .filter(change -> change.state() == State.HELD)
                        .isEmpty()) {
            changes.resolve(connection, key, "agreed");
        }
        for (Conflict conflict : meeting.conflicts()) {
            changes.record(connection, key, conflict);
        }
        return written;
    }

    /** Writes what is left of a change; without one its row counts as synced. */
    void leave(Change before, Optional<Change> left) throws SQLException {
        if (left.isEmpty()) {
            changes.delete(connection, before.id());
            set(before.rowId(), Map.of(), true);
        } else if (!left.get().equals(before)) {
            changes.write(connection, left.get());
        }
    }

    /** Gives a row values; it counts as synced where nothing local is left. */
    void set(long rowId, Map<String, @Nullable String> row, boolean synced) throws SQLException {
        List<TargetColumn> named = values.columns().stream()
                .filter(column -> row.containsKey(column.name()))
                .toList();
        if (named.isEmpty() && !synced) {
            return;
        }
        var assignments = new ArrayList<String>();
        named.forEach(column -> assignments.add(dialect.quote(column.name()) + " = ?"));
        if (synced) {
            assignments.add("tidemark_synced_at = current_timestamp");
        }
        try (var update = connection.prepareStatement(
                "update " + table + " set " + String.join(", ", assignments) + " where tidemark_id = ?")) {
            int index = bind(update, named, row);
            update.setLong(index, rowId);
            update.executeUpdate();
        }
    }

    private int bind(java.sql.PreparedStatement statement, List<TargetColumn> named, Map<String, @Nullable String> row)
            throws SQLException {
        int index = 1;
        for (TargetColumn column : named) {
            values.bind(statement, index++, column, row.get(column.name()));
        }
        return index;
    }

    /** Brings back a row that was deleted here, under the local identity it had. */
    private void insert(long rowId, String key, Map<String, @Nullable String> row) throws SQLException {
        List<TargetColumn> named = values.columns().stream()
                .filter(column -> column.key() || row.containsKey(column.name()))
                .toList();
        String marks = named.stream().map(column -> "?").collect(Collectors.joining(", "));
        try (var insert = connection.prepareStatement("insert into " + table + " (" + names(named)
                + ", tidemark_id, tidemark_synced_at) values (" + marks + ", ?, current_timestamp)")) {
            int index = 1;
            for (TargetColumn column : named) {
                values.bind(insert, index++, column, column.key() ? key : row.get(column.name()));
            }
            insert.setLong(index, rowId);
            insert.executeUpdate();
        }
    }

    /** Lets a row go the way of the stream's {@code deletes}. */
    void remove(long rowId) throws SQLException {
        Deletes deletes = target.settings().deletes();
        String sql = deletes == Deletes.DELETE
                ? "delete from " + table + " where tidemark_id = ?"
                : "update " + table + " set tidemark_synced_at = current_timestamp"
                        + (deletes == Deletes.MARK
                                ? ", tidemark_deleted_at = coalesce(tidemark_deleted_at, current_timestamp)"
                                : "")
                        + " where tidemark_id = ?";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, rowId);
            statement.executeUpdate();
        }
    }

    /** Marks a row as deleted at the vendor, and leaves it otherwise as it is. */
    void markDeleted(long rowId) throws SQLException {
        try (var update = connection.prepareStatement(
                "update " + table
                        + " set tidemark_deleted_at = coalesce(tidemark_deleted_at, current_timestamp) where tidemark_id = ?")) {
            update.setLong(1, rowId);
            update.executeUpdate();
        }
    }

    /** Takes the mark of a deletion from a row whose record is alive. */
    void markAlive(long rowId) throws SQLException {
        try (var update = connection.prepareStatement("update " + table
                + " set tidemark_deleted_at = null where tidemark_id = ? and tidemark_deleted_at is not null")) {
            update.setLong(1, rowId);
            update.executeUpdate();
        }
    }

    /** Gives a created record its key. */
    void name(long rowId, String key) throws SQLException {
        TargetColumn column = target.key();
        try (var update = connection.prepareStatement(
                "update " + table + " set " + dialect.quote(column.name()) + " = ? where tidemark_id = ?")) {
            values.bind(update, 1, column, key);
            update.setLong(2, rowId);
            update.executeUpdate();
        }
    }

    /** Locks another row that holds the key; its local identity, empty where there is none. */
    Optional<Long> otherWith(String key, long rowId) throws SQLException {
        TargetColumn column = target.key();
        try (var select = connection.prepareStatement("select tidemark_id from " + table + " where "
                + dialect.quote(column.name()) + " = ? and tidemark_id <> ? for update")) {
            values.bind(select, 1, column, key);
            select.setLong(2, rowId);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    /** Removes a row that the bridge inserted and nobody edited. */
    void giveWay(long rowId) throws SQLException {
        try (var delete = connection.prepareStatement("delete from " + table + " where tidemark_id = ?")) {
            delete.setLong(1, rowId);
            delete.executeUpdate();
        }
    }

    private String names(List<TargetColumn> columns) {
        return columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
    }
}
