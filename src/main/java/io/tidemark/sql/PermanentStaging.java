package io.tidemark.sql;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream's own staging table, made at set-up: no right to create anything is needed later. */
final class PermanentStaging implements Staging {
    private static final Logger LOG = LoggerFactory.getLogger(PermanentStaging.class);

    private final Database database;
    private final Target target;

    PermanentStaging(Database database, Target target) {
        this.database = database;
        this.target = target;
    }

    @Override
    public TableName table() {
        return target.blueprint().staging();
    }

    /** A process that was held up may still be writing into staging: its claim is gone, so its session may go, too. */
    @Override
    public void empty() {
        try {
            truncate();
        } catch (DatabaseException busy) {
            if (!database.dialect().endsOthers()) {
                throw busy;
            }
            LOG.warn(
                    "{}: another session holds staging; it is ended, because its claim is over",
                    target.settings().name());
            execute(List.of(database.dialect().endSessionsOn(table())));
            truncate();
        }
    }

    private void truncate() {
        var statements = new ArrayList<>(database.dialect().ddlSettings());
        statements.add("truncate table " + table().sql(database.dialect()));
        execute(statements);
    }

    private void execute(List<String> statements) {
        database.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                return statements.size();
            }
        });
    }

    @Override
    public void expect(List<TargetColumn> columns) {}

    @Override
    public <T> T inTransaction(Database.Work<T> work) {
        return database.inTransaction(work);
    }
}
