package io.tidemark.sql;

import io.tidemark.settings.StreamSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes back what the bridge made for a stream, but for its table. May be run any number of times. */
public final class Removal {
    private final Database database;

    public Removal(Database database) {
        this.database = database;
    }

    /**
     * Removes a stream's state, history, rejects, conflicts, local changes, triggers, staging table and view, in one
     * transaction where the database can.
     *
     * @param settings null where the stream is no longer configured; then its view is not known and stays
     * @return what was removed, for people to read; empty where there was nothing
     * @throws DatabaseException if the account may not drop what is there; its message names the statement
     */
    public List<String> run(String stream, @Nullable StreamSettings settings) {
        var removed = new ArrayList<String>();
        database.inTransaction(connection -> {
            for (String statement : drops(connection, stream, settings)) {
                execute(connection, statement);
                removed.add(statement.replaceFirst("^drop ", "").replace("\"", ""));
            }
            count(removed, delete(connection, "delete from ~tidemark_reject where stream = ?", stream), "reject");
            delete(connection, "delete from ~tidemark_altered where stream = ?", stream);
            count(removed, delete(connection, "delete from ~tidemark_cycle where stream = ?", stream), "cycle");
            delete(connection, "delete from ~tidemark_capture where stream = ?", stream);
            count(removed, delete(connection, "delete from ~tidemark_conflict where stream = ?", stream), "conflict");
            int changes = delete(connection, "delete from ~tidemark_change where stream = ?", stream);
            if (changes > 0) {
                removed.add(changes + " local change" + (changes == 1 ? "" : "s"));
            }
            if (delete(connection, "delete from ~tidemark_stream where name = ?", stream) > 0) {
                removed.add("its state and watermark");
            }
            return removed;
        });
        return removed;
    }

    private static void count(List<String> removed, int rows, String what) {
        if (rows > 0) {
            removed.add(rows + " " + what + (rows == 1 ? "" : "s") + " of its history");
        }
    }

    private List<String> drops(Connection connection, String stream, @Nullable StreamSettings settings)
            throws SQLException {
        var catalog = new Catalog(connection, database.dialect());
        var drops = new ArrayList<>(new Capture(connection, database).remove(stream));
        if (settings != null && settings.deletes() == StreamSettings.Deletes.MARK) {
            view(catalog, settings).ifPresent(view -> drops.add("drop view " + view.sql(database.dialect())));
        }
        catalog.table(
                        catalog.schema(database.settings().schema()),
                        database.dialect().fold("tidemark_staging_" + stream.replace('-', '_')))
                .ifPresent(staging -> drops.add("drop table " + staging.sql(database.dialect())));
        return drops;
    }

    private Optional<TableName> view(Catalog catalog, StreamSettings settings) throws SQLException {
        int dot = settings.table().indexOf('.');
        String schema = catalog.schema(
                dot < 0 ? Optional.empty() : Optional.of(settings.table().substring(0, dot)));
        Optional<TableName> table = catalog.table(schema, settings.table().substring(dot + 1));
        return table.isEmpty()
                ? Optional.empty()
                : catalog.view(
                        schema,
                        Names.derived(table.get().name(), database.dialect().fold("_current")));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new DatabaseException("cannot run '" + sql + "': " + DatabaseException.words(refused), refused);
        }
    }

    private int delete(Connection connection, String sql, String stream) throws SQLException {
        try (var statement = database.prepare(connection, sql)) {
            return new Bind(statement).text(stream).update();
        }
    }
}
