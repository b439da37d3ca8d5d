package io.tidemark.sql;

import io.tidemark.csv.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Staging of a rehearsal: a temporary table in a session of its own, which nobody else sees. A cycle of the same stream can
 * go on beside it, and nothing is left of it when the session ends, however it ends.
 */
final class TemporaryStaging implements Staging {
    private static final String NAME = "tidemark_rehearsal";
    private static final String NO_RIGHT = "42501";

    private final Database database;
    private final String stream;
    private @Nullable Connection session;
    private @Nullable TableName table;

    TemporaryStaging(Database database, String stream) {
        this.database = database;
        this.stream = stream;
    }

    @Override
    public TableName table() {
        if (table == null) {
            throw new IllegalStateException("no rows are expected yet");
        }
        return table;
    }

    @Override
    public void empty() {
        if (session == null) {
            return;
        }
        try (Connection ending = session) {
            session = null;
            if (table != null) {
                execute(ending, "drop table " + table.sql(database.dialect()));
            }
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        }
    }

    @Override
    public void expect(List<TargetColumn> columns) {
        Dialect dialect = database.dialect();
        try {
            Connection opened = session();
            var name = new TableName(dialect.temporarySchema(opened), dialect.fold(NAME));
            var sql = new StringBuilder(dialect.createTemporary())
                    .append(name.sql(dialect))
                    .append(" (tidemark_seq bigint, tidemark_deleted boolean, tidemark_changed_at ")
                    .append(dialect.type(ColumnType.TIMESTAMPTZ));
            columns.forEach(column -> sql.append(", ")
                    .append(dialect.quote(column.name()))
                    .append(' ')
                    .append(column.sqlType()));
            execute(opened, sql.append(')').toString());
            table = name;
        } catch (SQLException refused) {
            if (NO_RIGHT.equals(refused.getSQLState())) {
                throw new LoadException(
                        "stream " + stream + ": a dry run needs a temporary table and this account may not make one:"
                                + " have a DBA run 'grant temporary on database ... to ...'",
                        refused);
            }
            throw DatabaseException.of(refused);
        }
    }

    @Override
    public <T> T inTransaction(Database.Work<T> work) {
        try {
            return Database.inTransaction(session(), work);
        } catch (SQLException failure) {
            throw DatabaseException.of(failure);
        }
    }

    private Connection session() throws SQLException {
        if (session == null) {
            session = database.dataSource().getConnection();
        }
        return session;
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
