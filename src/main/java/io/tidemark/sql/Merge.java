package io.tidemark.sql;

import io.tidemark.settings.StreamSettings.Deletes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Brings staged rows into a stream's table within the caller's transaction. */
final class Merge {
    /** So few rows are written as fast as they are looked at. */
    private static final long FEW = 10_000;

    private final Connection connection;
    private final Target target;
    private final Dialect dialect;
    private final StagedRows staged;
    private final MergeStatements statements;
    private final List<TargetColumn> columns;
    private final TableName table;
    private final Altered altered;
    private long duplicate;
    private long inserted;
    private long updated;
    private long deleted;
    private final Optional<EditedMerge> edited;
    private final boolean undated;

    private Merge(
            Connection connection,
            Target target,
            List<TargetColumn> columns,
            StagedRows staged,
            MergeStatements statements,
            Optional<Arrival> arrival,
            boolean undated) {
        this.undated = undated;
        this.connection = connection;
        this.target = target;
        this.dialect = target.database().dialect();
        this.staged = staged;
        this.columns = columns;
        this.table = target.blueprint().table();
        this.statements = statements;
        this.altered = new Altered(connection, target, statements);
        this.edited = arrival.map(export -> new EditedMerge(connection, target, columns, statements, export));
    }

    /**
     * Of rows staged in the given table into the target's.
     *
     * @param arrival how they meet local edits, where such are captured
     */
    static Merge into(
            Connection connection,
            Target target,
            TableName staging,
            List<TargetColumn> columns,
            StagedRows staged,
            Arrival arrival) {
        Optional<Arrival> meets = target.captured() ? Optional.of(arrival) : Optional.empty();
        var statements = new MergeStatements(
                target.database().dialect(),
                target.blueprint().table().sql(target.database().dialect()),
                staging,
                columns,
                meets.map(export -> EditedMerge.changesOf(target)));
        boolean undated = arrival.requestedAt().isEmpty();
        return new Merge(connection, target, columns, staged, statements, meets, undated);
    }

    /** One that can only {@link #foresee}: the table is taken as it will be, which may not be what it is. */
    static Merge foreseen(
            Connection connection, Target target, TableName staging, List<TargetColumn> columns, StagedRows staged) {
        var statements = new MergeStatements(
                target.database().dialect(), target.blueprint().foreseen(), staging, columns);
        return new Merge(connection, target, columns, staged, statements, Optional.empty(), false);
    }

    void run(Brake brake, List<String> warnings) throws SQLException {
        if (staged.good() > 0) {
            removeDuplicates(warnings);
            removeOlder(warnings);
            fillDeletions();
            altered.spare();
            brake.check(this);
            if (edited.isPresent()) {
                edited.get().prepare();
            }
            write();
            if (edited.isPresent()) {
                edited.get().run();
                updated += edited.get().updated();
                inserted += edited.get().returned();
                deleted += edited.get().deleted();
            }
            altered.remember();
        } else if (edited.isPresent()) {
            edited.get().runEmpty();
        }
        if (dialect.truncatesInTransaction()) {
            update(statements.truncate());
        }
    }

    /** Counts what {@link #run} would do; writes to staging alone. */
    void foresee(Brake brake, List<String> warnings) throws SQLException {
        if (staged.good() == 0) {
            return;
        }
        removeDuplicates(warnings);
        fillDeletions();
        altered.spare();
        brake.check(this);
        boolean gone = target.settings().deletes() == Deletes.DELETE;
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(statements.foresee(gone))) {
            found.next();
            inserted = found.getLong(1);
            updated = found.getLong(2);
            deleted = found.getLong(3);
        }
    }

    private void removeDuplicates(List<String> warnings) throws SQLException {
        if (staged.keysAscend() || !any(statements.anyDuplicate())) {
            return;
        }
        new Duplicates(columns).warnOfUndecided(connection, statements.duplicates(), warnings);
        duplicate = update(statements.removeSuperseded());
    }

    /** A file that a person exported may be older than the table: where the table has a later record, that stays. */
    private void removeOlder(List<String> warnings) throws SQLException {
        Optional<TargetColumn> changed = target.changed().filter(columns::contains);
        if (undated && changed.isPresent()) {
            long older = update(statements.removeOlder(changed.get()));
            if (older > 0) {
                warnings.add(older + " records of the file are older than the table's, whose rows stay as they are");
            }
        }
    }

    private void fillDeletions() throws SQLException {
        if (staged.bare() || (staged.deleted() > 0 && target.shape().bareDeletions())) {
            update(statements.removeUnknownDeletions());
            if (statements.hasValues()) {
                update(statements.fillDeletions());
            }
        }
    }

    private void write() throws SQLException {
        String rows = MergeStatements.ALL;
        if (staged.deleted() > 0) {
            rows = target.settings().deletes() == Deletes.DELETE ? delete() : mark();
        }
        String news = target.settings().deletes() == Deletes.DELETE ? rows : MergeStatements.ALL;
        boolean mayInsert = true;
        boolean mayUpdate = true;
        boolean many = staged.good() > FEW;
        boolean equal = many && mostlyEqual(rows);
        if (equal) {
            try (var statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(statements.look(rows, news))) {
                found.next();
                mayInsert = found.getLong(1) > 0;
                mayUpdate = found.getLong(2) > 0;
            }
        }
        boolean spareEqual = dialect.upsertLocksEqualRows() && (!many || equal);
        if (mayUpdate && mayInsert && !spareEqual && edited.isEmpty() && dialect.upserts(connection, table)) {
            upsert(rows, news);
            return;
        }
        if (mayUpdate) {
            updated += update(statements.updateLive(rows));
        }
        if (mayInsert) {
            inserted = update(statements.insert(news));
        }
    }

    private void upsert(String rows, String news) throws SQLException {
        long before = dialect.insertedSoFar(connection, table);
        long written = update(statements.upsert(rows, news));
        inserted = Math.max(0, Math.min(written, dialect.insertedSoFar(connection, table) - before));
        updated += written - inserted;
    }

    private String delete() throws SQLException {
        deleted = update(statements.delete());
        return MergeStatements.LIVE;
    }

    private String mark() throws SQLException {
        updated = update(statements.updateMarked());
        deleted = update(statements.mark());
        return MergeStatements.LIVE;
    }

    /** Whether it is worth a look at all rows, judged by a few. */
    private boolean mostlyEqual(String rows) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(statements.sample(rows))) {
            found.next();
            return found.getLong(1) * 100 <= found.getLong(2);
        }
    }

    /** The keys of the rows that can be stored, as a query. */
    String stagedKeys() {
        return statements.stagedKeys();
    }

    long countLive() throws SQLException {
        return number(statements.countLive());
    }

    long mostDeletions() {
        return staged.deleted();
    }

    long countDeletions() throws SQLException {
        return number(statements.countDeletions());
    }

    long mostBlanked() {
        return staged.withNulls();
    }

    long countBlanked() throws SQLException {
        return number(statements.countBlanked(staged.columnsWithNulls()));
    }

    String table() {
        return target.table();
    }

    LoadCounts counts(long read, long rejected, List<String> warnings) {
        long unchanged = staged.good() - duplicate - inserted - updated - deleted;
        return new LoadCounts(read, inserted, updated, unchanged, deleted, rejected, duplicate, warnings);
    }

    private boolean any(String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            return found.next();
        }
    }

    private long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    private long update(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }
}
