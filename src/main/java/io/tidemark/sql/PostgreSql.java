package io.tidemark.sql;

import com.zaxxer.hikari.HikariConfig;
import io.tidemark.csv.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** PostgreSQL, from version 12. */
final class PostgreSql extends Dialect {
    private static final int FILL = 80;

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    String identityQuery() {
        return "select 'system ' || system_identifier from pg_control_system()";
    }

    @Override
    String nextClaim() {
        return "select nextval('~tidemark_claim')";
    }

    @Override
    String nextVersion() {
        return "nextval('~tidemark_version')";
    }

    @Override
    String schemasQuery() {
        return """
                select nspname from pg_namespace
                where lower(nspname) = lower(?)
                order by nspname = ? desc, nspname = ? desc, nspname""";
    }

    @Override
    boolean has(Connection connection, TableName name, boolean view) throws SQLException {
        try (var select = connection.prepareStatement(relations("c.relname = ?", view))) {
            select.setString(1, name.schema());
            select.setString(2, name.name());
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    String relationsQuery(boolean views) {
        return relations("lower(c.relname) = lower(?)", views) + " order by c.relname";
    }

    private static String relations(String condition, boolean views) {
        return """
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = ? and %s and c.relkind in (%s)""".formatted(condition, views ? "'v', 'm'" : "'r', 'p', 'f'");
    }

    @Override
    List<Catalog.Found> columns(Connection connection, TableName table) throws SQLException {
        try (var select = connection.prepareStatement("""
                select a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                       a.atthasdef or a.attidentity <> '', a.attgenerated = '' and a.attidentity <> 'a'
                from pg_attribute a
                join pg_class c on c.oid = a.attrelid
                join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped
                order by a.attnum""")) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            try (var row = select.executeQuery()) {
                var columns = new ArrayList<Catalog.Found>();
                while (row.next()) {
                    columns.add(new Catalog.Found(
                            row.getString(1),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getBoolean(4),
                            row.getBoolean(5)));
                }
                return columns;
            }
        }
    }

    @Override
    String uniqueIndexesQuery() {
        return """
                select i.indexrelid, a.attname
                from pg_index i
                join pg_class c on c.oid = i.indrelid
                join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey[0:i.indnkeyatts - 1])
                where n.nspname = ? and c.relname = ?
                  and i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null and i.indexprs is null""";
    }

    @Override
    String type(ColumnType type) {
        return type.sql();
    }

    @Override
    String createStaging() {
        return "create unlogged table ";
    }

    @Override
    String createTemporary() {
        return "create temporary table ";
    }

    @Override
    String temporarySchema(Connection connection) {
        return "pg_temp";
    }

    @Override
    boolean endsOthers() {
        return true;
    }

    @Override
    String endSessionsOn(TableName table) {
        return """
                select pg_terminate_backend(l.pid)
                from pg_locks l
                join pg_stat_activity a on a.pid = l.pid
                where l.relation = '%s'::regclass and l.granted
                  and l.pid <> pg_backend_pid() and a.usename = current_user""".formatted(table.sql(this).replace("'", "''"));
    }

    @Override
    String useSchema(String schema) {
        return "set search_path to " + schema;
    }

    @Override
    String stagingRights() {
        return "select, insert, update, delete, truncate";
    }

    @Override
    String account(String username) {
        return quote(username);
    }

    @Override
    Optional<String> sequenceRight(String sequence) {
        return Optional.of("usage on sequence " + sequence);
    }

    @Override
    boolean owns(Connection connection, TableName table) throws SQLException {
        return may(connection, "pg_has_role(relowner, 'usage')", table);
    }

    @Override
    boolean mayNote(Connection connection, TableName table) throws SQLException {
        return may(connection, "has_table_privilege(oid, 'trigger')", table);
    }

    private boolean may(Connection connection, String right, TableName table) throws SQLException {
        try (var select =
                connection.prepareStatement("select " + right + " from pg_class where oid = to_regclass(?)")) {
            select.setString(1, table.sql(this));
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    boolean wakes() {
        return true;
    }

    @Override
    String onlyWhere(String condition) {
        return "where " + condition;
    }

    @Override
    List<String> ddlSettings() {
        return List.of("set local lock_timeout = '10s'");
    }

    @Override
    List<String> settleSettings() {
        return List.of("set local lock_timeout = '2s'");
    }

    /** The compiler of expressions costs more than it saves on statements of this kind. */
    @Override
    List<String> mergeSettings() {
        return List.of("set local lock_timeout = '30s'", "set local work_mem = '64MB'", "set local jit = off");
    }

    @Override
    String sample(String staging) {
        return staging + " s tablesample system (0.1)";
    }

    @Override
    boolean upsertLocksEqualRows() {
        return false;
    }

    /** MERGE came with version 15; it takes no table with rules, and the server counts per partition. */
    @Override
    boolean upserts(Connection connection, TableName table) throws SQLException {
        try (var select = connection.prepareStatement("""
                select current_setting('server_version_num')::int >= 150000 and current_setting('track_counts')::bool
                   and exists (select from pg_class where oid = to_regclass(?) and relkind = 'r' and not relhasrules)""")) {
            select.setString(1, table.sql(this));
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    long insertedSoFar(Connection connection, TableName table) throws SQLException {
        try (var select = connection.prepareStatement(
                "select n_tup_ins from pg_stat_xact_user_tables where relid = to_regclass(?)")) {
            select.setString(1, table.sql(this));
            try (var row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    @Override
    String digest(String text) {
        return "encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex')";
    }

    @Override
    boolean mayAlter(Connection connection, TableName table) throws SQLException {
        try (var select = connection.prepareStatement("""
                select c.relhasrules or exists (select from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal
                                                and g.tgenabled <> 'D' and g.tgname not like '%tidemark%')
                from pg_class c where c.oid = to_regclass(?)""")) {
            select.setString(1, table.sql(this));
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Room on each page for new versions of its rows, which then need no new entry in any index. */
    @Override
    String storage() {
        return " with (fillfactor = " + FILL + ")";
    }

    @Override
    boolean truncatesInTransaction() {
        return true;
    }

    @Override
    String update(String table, String staging, String sameKey, String condition, String assignments) {
        return """
                update %s t set %s
                from %s s
                where %s and %s""".formatted(table, assignments, staging, sameKey, condition);
    }

    @Override
    String delete(String table, String staging, String sameKey, String condition) {
        return """
                delete from %s t using %s s
                where %s and %s""".formatted(table, staging, sameKey, condition);
    }

    @Override
    StagingWriter stage(Connection connection, TableName staging, List<TargetColumn> columns, Load.Guard guard)
            throws SQLException {
        return BinaryCopy.open(connection, stagingInto(staging, columns), columns);
    }

    @Override
    List<String> capture(Watch watch) {
        return new PostgreSqlCapture(this, watch).statements();
    }

    @Override
    boolean captures(Connection connection, Watch watch) throws SQLException {
        return PostgreSqlCapture.captures(connection, watch);
    }

    @Override
    List<String> uncapture(Connection connection, String home, String stream) throws SQLException {
        return PostgreSqlCapture.drops(connection, home, stream);
    }

    @Override
    void mark(Connection connection, String stream) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('tidemark.writing', ?, true)")) {
            set.setString(1, stream);
            set.execute();
        }
    }

    @Override
    void unmark(Connection connection) throws SQLException {
        mark(connection, "");
    }

    @Override
    boolean marksSession() {
        return false;
    }

    @Override
    void configure(HikariConfig config) {
        config.setDriverClassName("org.postgresql.Driver");
        config.addDataSourceProperty("ApplicationName", "tidemark");
        config.addDataSourceProperty("tcpKeepAlive", "true");
    }

    @Override
    String place(String url) {
        String rest = url.substring("jdbc:".length());
        int options = rest.indexOf('?');
        return options < 0 ? rest : rest.substring(0, options);
    }
}
