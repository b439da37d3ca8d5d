package io.tidemark.sql;

import com.zaxxer.hikari.HikariConfig;
import io.tidemark.csv.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What differs between databases. Implementations are stateless. */
public abstract sealed class Dialect permits H2, PostgreSql {

    static Dialect of(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return new H2();
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return new PostgreSql();
        }
        throw new DatabaseException("no dialect for this database: use jdbc:h2: or jdbc:postgresql:", null);
    }

    /** The one place where an identifier becomes SQL: quoted, with quotes inside doubled, taken exactly as given. */
    final String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A text as it stands in a statement that takes no parameters. */
    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** The database's name as people write it. */
    public abstract String name();

    /** The name in the case in which this database stores names that are not quoted. */
    abstract String fold(String name);

    /** The query for what tells this server from another at the same address. */
    abstract String identityQuery();

    /** The query for the next value of the sequence of claims. */
    abstract String nextClaim();

    /** The expression for the next version of a change. */
    abstract String nextVersion();

    /** The exact names of schemas that match (name, name, folded name), the best first. */
    abstract String schemasQuery();

    /** The exact names of tables or views in a schema that match (schema, name) but for case. */
    abstract String relationsQuery(boolean views);

    /** Whether there is a table, or a view, of exactly that name. */
    abstract boolean has(Connection connection, TableName name, boolean view) throws SQLException;

    /** The columns of a table or view, in their order. */
    abstract List<Catalog.Found> columns(Connection connection, TableName table) throws SQLException;

    /** Index and column of each full unique index of (schema, table). */
    abstract String uniqueIndexesQuery();

    /** How this database spells a type. */
    abstract String type(ColumnType type);

    /** How a staging table is created, up to its name: without a log where the database can. */
    abstract String createStaging();

    /** How a table of this session alone is created, up to its name. */
    abstract String createTemporary();

    /** The schema under whose name the tables of this session alone are found. */
    abstract String temporarySchema(Connection connection) throws SQLException;

    /** Whether a session of this user can end another one. */
    abstract boolean endsOthers();

    /** Ends the other sessions of this user that hold a table. */
    abstract String endSessionsOn(TableName table);

    /** The rights on a staging table that filling and emptying it need. */
    abstract String stagingRights();

    /** An account as a grant names it. */
    abstract String account(String username);

    /** The right to draw from a sequence, as a grant names it; empty where everybody may. */
    abstract Optional<String> sequenceRight(String sequence);

    /** Makes a schema, quoted, the one of names without a schema for the following statements. */
    abstract String useSchema(String schema);

    /** Whether the account may alter a table that is there. */
    boolean owns(Connection connection, TableName table) throws SQLException {
        return true;
    }

    /** Whether the account may make triggers on a table that is there. */
    boolean mayNote(Connection connection, TableName table) throws SQLException {
        return true;
    }

    /** Whether a session can be told of what others commit. */
    abstract boolean wakes();

    /** Limits an index to some rows; empty where an index always holds all. */
    abstract String onlyWhere(String condition);

    /** How long DDL waits for a table that others use; empty where the database has a limit of its own. */
    abstract List<String> ddlSettings();

    /** How long a transaction about a single change waits for a row that somebody edits; empty where there is a limit. */
    abstract List<String> settleSettings();

    /** Settings of the merge's transaction only. */
    abstract List<String> mergeSettings();

    /** Some of the staged rows, as {@code s}, as spread as can be had without reading them all. */
    abstract String sample(String staging);

    /** Whether this table may be merged into by {@code MERGE}, and {@link #insertedSoFar} is known. */
    abstract boolean upserts(Connection connection, TableName table) throws SQLException;

    /** Whether {@code MERGE} also locks the rows that it leaves as they are. */
    abstract boolean upsertLocksEqualRows();

    /** A count that grows by one with each row that this transaction inserts into the table. */
    abstract long insertedSoFar(Connection connection, TableName table) throws SQLException;

    /** The digest of a text, in 64 characters. */
    abstract String digest(String text);

    /** Whether something in this table may store another value than a statement gave: a user's trigger, rule or default. */
    abstract boolean mayAlter(Connection connection, TableName table) throws SQLException;

    /** What a table that is often updated wants to be created with; empty for nothing. */
    abstract String storage();

    /** Whether emptying a table is part of the transaction it happens in. */
    abstract boolean truncatesInTransaction();

    /** An update of table {@code t} from staged rows {@code s} that locks no row but those it writes. */
    abstract String update(String table, String staging, String sameKey, String condition, String assignments);

    abstract String delete(String table, String staging, String sameKey, String condition);

    /**
     * Opens the fastest way into a staging table; its rows may be seen before it is finished.
     *
     * @param guard asked before each commit that the way needs of its own
     */
    abstract StagingWriter stage(Connection connection, TableName staging, List<TargetColumn> columns, Load.Guard guard)
            throws SQLException;

    /** A staging table with the columns that {@link StagingWriter} fills, in their order. */
    final String stagingInto(TableName staging, List<TargetColumn> columns) {
        var names =
                new StringBuilder(staging.sql(this)).append(" (tidemark_seq, tidemark_deleted, tidemark_changed_at");
        for (TargetColumn column : columns) {
            names.append(", ").append(quote(column.name()));
        }
        return names.append(')').toString();
    }

    /** What installs capture where nothing of it stands; the columns are already in {@code tidemark_capture}. */
    abstract List<String> capture(Watch watch);

    /** Whether all that {@link #capture} installs stands and is switched on. */
    abstract boolean captures(Connection connection, Watch watch) throws SQLException;

    /** What drops all that stands of a stream's capture, on whichever table it stands. */
    abstract List<String> uncapture(Connection connection, String home, String stream) throws SQLException;

    /** From here on the transaction's writes to the stream's table are not captured. */
    abstract void mark(Connection connection, String stream) throws SQLException;

    /** Takes the mark back. */
    abstract void unmark(Connection connection) throws SQLException;

    /** Whether a mark outlives its transaction. */
    abstract boolean marksSession();

    /** Adds what the driver needs to a pool's configuration. */
    abstract void configure(HikariConfig config);

    /** Sets what holds for the whole database, once in a process. */
    void opened(DataSource pool) throws SQLException {}

    /** Where the database is, without secrets. */
    abstract String place(String url);
}
