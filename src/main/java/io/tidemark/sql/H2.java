package io.tidemark.sql;

import com.zaxxer.hikari.HikariConfig;
import io.tidemark.csv.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/** H2 in its regular mode, embedded. */
final class H2 extends Dialect {
    private static final String PREFIX = "jdbc:h2:";

    /** The most characters of a varchar. */
    private static final int LONGEST_TEXT = 1_048_576;

    @Override
    public String name() {
        return "H2";
    }

    @Override
    String fold(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** A file is its place. */
    @Override
    String identityQuery() {
        return "select 'H2'";
    }

    @Override
    String nextClaim() {
        return "select next value for ~tidemark_claim";
    }

    @Override
    String nextVersion() {
        return "next value for ~tidemark_version";
    }

    @Override
    String schemasQuery() {
        return """
                select schema_name from information_schema.schemata
                where lower(schema_name) = lower(?)
                order by schema_name = ? desc, schema_name = ? desc, schema_name""";
    }

    @Override
    String relationsQuery(boolean views) {
        return """
                select table_name from information_schema.tables
                where table_schema = ? and lower(table_name) = lower(?) and table_type %s 'VIEW'
                order by table_name""".formatted(views ? "=" : "<>");
    }

    /** Asked of the driver, as the columns are. */
    @Override
    boolean has(Connection connection, TableName name, boolean view) throws SQLException {
        try (var row = connection
                .getMetaData()
                .getTables(null, literally(connection, name.schema()), literally(connection, name.name()), null)) {
            return row.next() && row.getString("TABLE_TYPE").equals("VIEW") == view;
        }
    }

    /**
     * Asked of the driver, which looks at this table alone: a query of {@code information_schema.columns} reads every column
     * of every table, whatever its condition.
     */
    @Override
    List<Catalog.Found> columns(Connection connection, TableName table) throws SQLException {
        try (var row = connection
                .getMetaData()
                .getColumns(null, literally(connection, table.schema()), literally(connection, table.name()), null)) {
            var columns = new ArrayList<Catalog.Found>();
            while (row.next()) {
                String name = row.getString("COLUMN_NAME");
                boolean identity = row.getString("IS_AUTOINCREMENT").equals("YES");
                columns.add(new Catalog.Found(
                        name,
                        type(row.getString("TYPE_NAME"), row.getInt("COLUMN_SIZE"), row.getInt("DECIMAL_DIGITS")),
                        row.getString("IS_NULLABLE").equals("NO"),
                        identity || row.getString("COLUMN_DEF") != null,
                        row.getString("IS_GENERATEDCOLUMN").equals("NO")
                                && !(identity && isAlwaysGenerated(connection, table, name))));
            }
            return columns;
        }
    }

    /** A name where the driver takes a pattern. */
    private static String literally(Connection connection, String name) throws SQLException {
        String escape = connection.getMetaData().getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private static String type(String type, int size, int digits) {
        return switch (type) {
            case "CHARACTER VARYING" -> size >= LONGEST_TEXT ? "varchar" : "varchar(" + size + ")";
            case "CHARACTER" -> "character(" + size + ")";
            case "NUMERIC" -> "numeric(" + size + "," + digits + ")";
            case "TIMESTAMP" -> "timestamp(" + digits + ")";
            case "TIMESTAMP WITH TIME ZONE" -> "timestamp(" + digits + ") with time zone";
            default -> type.toLowerCase(Locale.ROOT);
        };
    }

    /** Whether an identity refuses values; what the driver does not say. The bridge's own does not. */
    private static boolean isAlwaysGenerated(Connection connection, TableName table, String column)
            throws SQLException {
        if (column.equalsIgnoreCase("tidemark_id")) {
            return false;
        }
        try (var select = connection.prepareStatement("""
                select 1 from information_schema.columns
                where table_schema = ? and table_name = ? and column_name = ? and identity_generation = 'ALWAYS'""")) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            select.setString(3, column);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    String uniqueIndexesQuery() {
        return """
                select index_name, column_name from information_schema.index_columns
                where table_schema = ? and table_name = ? and is_unique""";
    }

    /** Text is a varchar without a limit of its own: a large object is slow and cannot be a key. */
    @Override
    String type(ColumnType type) {
        return switch (type.kind()) {
            case TEXT -> "varchar";
            case NUMERIC -> type.size() == 0 ? "decfloat" : type.sql();
            case TIMESTAMP -> "timestamp(6)";
            case TIMESTAMPTZ -> "timestamp(6) with time zone";
            default -> type.sql();
        };
    }

    @Override
    String createStaging() {
        return "create table ";
    }

    @Override
    String createTemporary() {
        return "create local temporary table ";
    }

    @Override
    String temporarySchema(Connection connection) throws SQLException {
        return connection.getSchema();
    }

    @Override
    boolean endsOthers() {
        return false;
    }

    @Override
    String endSessionsOn(TableName table) {
        throw new UnsupportedOperationException("H2 ends no other sessions");
    }

    @Override
    String useSchema(String schema) {
        return "set schema " + schema;
    }

    @Override
    String stagingRights() {
        return "select, insert, update, delete";
    }

    /** Whoever connects does so in capitals. */
    @Override
    String account(String username) {
        return quote(fold(username));
    }

    @Override
    Optional<String> sequenceRight(String sequence) {
        return Optional.empty();
    }

    @Override
    boolean wakes() {
        return false;
    }

    @Override
    String onlyWhere(String condition) {
        return "";
    }

    @Override
    List<String> ddlSettings() {
        return List.of();
    }

    @Override
    List<String> settleSettings() {
        return List.of();
    }

    @Override
    List<String> mergeSettings() {
        return List.of();
    }

    @Override
    String sample(String staging) {
        return "(select * from " + staging + " fetch first 1000 rows only) s";
    }

    @Override
    boolean upserts(Connection connection, TableName table) {
        return true;
    }

    @Override
    boolean upsertLocksEqualRows() {
        return true;
    }

    /** All rows of the table; what others commit meanwhile is counted, too. */
    @Override
    long insertedSoFar(Connection connection, TableName table) throws SQLException {
        try (var select = connection.prepareStatement("select count(*) from " + table.sql(this));
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    String digest(String text) {
        return "rawtohex(hash('SHA-256', " + text + "))";
    }

    /** Columns are looked for in the table's definition where an administrator asks: that looks at this table alone. */
    @Override
    boolean mayAlter(Connection connection, TableName table) throws SQLException {
        try (var select = connection.prepareStatement("""
                select exists (select 1 from information_schema.triggers
                               where event_object_schema = ?1 and event_object_table = ?2
                                 and lower(trigger_name) not like '%tidemark%')
                    or case when exists (select 1 from information_schema.users
                                         where user_name = current_user and is_admin)
                            then regexp_like(db_object_sql('TABLE', ?1, ?2), ' (DEFAULT ON NULL|ON UPDATE)')
                            else exists (select 1 from information_schema.columns
                                         where table_schema = ?1 and table_name = ?2
                                           and (default_on_null or column_on_update is not null)) end""")) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    String storage() {
        return "";
    }

    @Override
    boolean truncatesInTransaction() {
        return false;
    }

    /** A row that a merge's join finds is locked, so the whole condition stands in the join. */
    @Override
    String update(String table, String staging, String sameKey, String condition, String assignments) {
        return """
                merge into %s t using %s s
                on (%s and %s)
                when matched then update set %s""".formatted(table, staging, sameKey, condition, assignments);
    }

    @Override
    String delete(String table, String staging, String sameKey, String condition) {
        return """
                merge into %s t using %s s
                on (%s and %s)
                when matched then delete""".formatted(table, staging, sameKey, condition);
    }

    @Override
    StagingWriter stage(Connection connection, TableName staging, List<TargetColumn> columns, Load.Guard guard)
            throws SQLException {
        return new BatchInsert(connection, stagingInto(staging, columns), columns.size(), guard);
    }

    @Override
    List<String> capture(Watch watch) {
        return H2Capture.statements(this, watch);
    }

    @Override
    boolean captures(Connection connection, Watch watch) throws SQLException {
        return H2Capture.captures(this, connection, watch);
    }

    @Override
    List<String> uncapture(Connection connection, String home, String stream) throws SQLException {
        return H2Capture.drops(this, connection, home, stream);
    }

    @Override
    void mark(Connection connection, String stream) throws SQLException {
        try (var set = connection.prepareStatement("set @" + H2Capture.MARK + " = ?")) {
            set.setString(1, stream);
            set.execute();
        }
    }

    @Override
    void unmark(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute("set @" + H2Capture.MARK + " = null");
        }
    }

    @Override
    boolean marksSession() {
        return true;
    }

    @Override
    void configure(HikariConfig config) {
        config.setDriverClassName("org.h2.Driver");
    }

    /** H2 tells of a commit up to half a second before it is in the file, and a process that is killed would forget it. */
    @Override
    void opened(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set write_delay 0");
        } catch (SQLException refused) {
            if (refused.getErrorCode() != ErrorCode.ADMIN_RIGHTS_REQUIRED) {
                throw refused;
            }
        }
    }

    @Override
    String place(String url) {
        String rest = url.substring(PREFIX.length());
        int options = rest.indexOf(';');
        return options < 0 ? rest : rest.substring(0, options);
    }
}
