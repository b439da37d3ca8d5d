package io.tidemark.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Notes edits of rows in {@code tidemark_change} on the connection, and in the transaction, of whoever edits. */
final class H2Changes {
    private static final H2 DIALECT = new H2();

    private final String stream;
    private final String select;
    private final String insert;
    private final String update;
    private final String delete;
    private final String aside;

    H2Changes(String home, String stream) {
        this.stream = stream;
        String table = new TableName(home, "TIDEMARK_CHANGE").sql(DIALECT);
        String version = "next value for " + new TableName(home, "TIDEMARK_VERSION").sql(DIALECT);
        this.select = "select id, record_key, kind, state, base, sent from " + table + " where stream = ? and ";
        this.insert = "insert into " + table + " (stream, row_id, record_key, kind, state, version, changed_at, base,"
                + " attempts, next_at) values (?, ?, ?, ?, 'pending', " + version
                + ", current_timestamp, ?, 0, current_timestamp)";
        this.update = "update " + table + " set row_id = ?, record_key = ?, kind = ?, base = ?, version = " + version
                + ", changed_at = current_timestamp,"
                + " attempts = case when state in ('pending', 'sending') then attempts else 0 end,"
                + " next_at = case when state in ('pending', 'sending') then next_at else current_timestamp end,"
                + " reason = case when state in ('pending', 'sending') then reason end,"
                + " state = case when state = 'sending' then state else 'pending' end where id = ?";
        this.delete = "delete from " + table + " where id = ?";
        this.aside = "update " + table + " set row_id = -id where stream = ? and row_id = ? and kind = 'delete'";
    }

    /** A change that is there, its row locked. */
    private record Known(long id, @Nullable String key, String kind, String state, ObjectNode base, boolean sent) {
        boolean is(String other) {
            return kind.equals(other);
        }

        boolean pinned() {
            return state.equals("pinned");
        }

        /** This base, and what is new to it. */
        ObjectNode with(ObjectNode edited) {
            return pinned() ? edited : edited.setAll(base);
        }
    }

    void updated(Connection connection, long rowId, @Nullable String key, ObjectNode edited) throws SQLException {
        Known known = find(connection, "row_id = ? for update", rowId);
        if (known == null) {
            add(connection, rowId, key, "update", edited);
        } else if (known.is("insert") && !known.pinned()) {
            change(connection, known, rowId, key, "insert", known.base());
        } else {
            change(connection, known, rowId, key, "update", known.with(edited));
        }
    }

    void inserted(Connection connection, long rowId, @Nullable String key, ObjectNode image) throws SQLException {
        Known deleted =
                key == null ? null : find(connection, "record_key = ? and kind = 'delete' order by id for update", key);
        if (deleted != null) {
            aside(connection, rowId);
            change(connection, deleted, rowId, key, "update", Images.differing(deleted.base(), image));
            return;
        }
        Known known = find(connection, "row_id = ? for update", rowId);
        if (known != null && !known.is("delete")) {
            // a user's trigger has edited the row before this one ran
            change(connection, known, rowId, key, "insert", Images.empty());
            return;
        }
        if (known != null) {
            aside(connection, rowId);
        }
        add(connection, rowId, key, "insert", Images.empty());
    }

    void deleted(Connection connection, long rowId, @Nullable String key, ObjectNode image) throws SQLException {
        Known known = find(connection, "row_id = ? for update", rowId);
        if (known == null) {
            add(connection, rowId, key, "delete", image);
        } else if (known.is("insert") && !known.sent() && known.key() == null) {
            try (var remove = connection.prepareStatement(delete)) {
                new Bind(remove).number(known.id()).update();
            }
        } else {
            change(connection, known, rowId, key, "delete", known.with(image));
        }
    }

    private @Nullable Known find(Connection connection, String where, Object value) throws SQLException {
        try (var query = connection.prepareStatement(select + where)) {
            query.setString(1, stream);
            query.setObject(2, value);
            try (var row = query.executeQuery()) {
                return row.next()
                        ? new Known(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                Images.read(row.getString(5)),
                                row.getString(6) != null)
                        : null;
            }
        }
    }

    private void add(Connection connection, long rowId, @Nullable String key, String kind, ObjectNode base)
            throws SQLException {
        try (var add = connection.prepareStatement(insert)) {
            new Bind(add)
                    .text(stream)
                    .number(rowId)
                    .text(key)
                    .text(kind)
                    .text(Images.write(base))
                    .update();
        }
    }

    private void change(
            Connection connection, Known known, long rowId, @Nullable String key, String kind, ObjectNode base)
            throws SQLException {
        try (var change = connection.prepareStatement(update)) {
            new Bind(change)
                    .number(rowId)
                    .text(key == null ? known.key() : key)
                    .text(kind)
                    .text(Images.write(base))
                    .number(known.id())
                    .update();
        }
    }

    private void aside(Connection connection, long rowId) throws SQLException {
        try (var move = connection.prepareStatement(aside)) {
            new Bind(move).text(stream).number(rowId).update();
        }
    }
}
