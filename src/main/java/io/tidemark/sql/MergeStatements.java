package io.tidemark.sql;

import io.tidemark.csv.Reject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statements that bring staged rows into a stream's table, each one whole. In all of them {@code t} is a row of the
 * table and {@code s} a staged row. Columns that the export lacks are not named, so they keep what they hold.
 */
final class MergeStatements {
    static final String LIVE = "not s.tidemark_deleted";
    static final String ALL = "true";

    private final Dialect dialect;
    private final String table;
    private final String staging;
    private final List<TargetColumn> columns;
    private final List<TargetColumn> key;
    private final List<TargetColumn> values;
    private final String untouched;
    private final String away;

    /** For a table whose rows only the bridge writes. */
    MergeStatements(Dialect dialect, TableName table, TableName staging, List<TargetColumn> columns) {
        this(dialect, table.sql(dialect), staging, columns, Optional.empty());
    }

    /** @param table what stands for it in a query; statements that write need a real one */
    MergeStatements(Dialect dialect, String table, TableName staging, List<TargetColumn> columns) {
        this(dialect, table, staging, columns, Optional.empty());
    }

    /**
     * The statements of a table.
     *
     * @param changes the outbox, where edits are captured: a row with a change, and one that was deleted here, is left to
     *     {@link EditedMerge}
     */
    MergeStatements(
            Dialect dialect, String table, TableName staging, List<TargetColumn> columns, Optional<String> changes) {
        this.untouched = changes.isEmpty() ? "" : " and t.tidemark_synced_at is not null";
        this.away = changes.map(outbox -> " and not exists (select 1 from " + outbox
                        + " c where c.kind = 'delete' and c.record_key = " + keyText(dialect, columns) + ")")
                .orElse("");
        this.dialect = dialect;
        this.table = table;
        this.staging = staging.sql(dialect);
        this.columns = columns;
        this.key = columns.stream().filter(TargetColumn::key).toList();
        this.values = columns.stream().filter(column -> !column.key()).toList();
    }

    /** A staged row's key as the outbox holds it. */
    static String keyText(Dialect dialect, List<TargetColumn> columns) {
        return columns.stream()
                .filter(TargetColumn::key)
                .map(column -> "cast(s." + dialect.quote(column.name()) + " as varchar)")
                .findFirst()
                .orElse("null");
    }

    /** A row if a key was staged more than once. */
    String anyDuplicate() {
        return "select 1 from " + staging + " group by " + list(key, this::name) + " having count(*) > 1 limit 1";
    }

    /** A key that the table holds more than once. */
    String anyDoubledKey() {
        return "select " + list(key, this::name) + " from " + table + " where " + filledKey() + " group by "
                + list(key, this::name) + " having count(*) > 1 limit 1";
    }

    private String filledKey() {
        return key.stream().map(column -> name(column) + " is not null").collect(Collectors.joining(" and "));
    }

    /** Every staged row of the keys that were staged more than once, the latest of each key first: the key comes first. */
    String duplicates() {
        return """
                select %1$s, tidemark_changed_at, tidemark_deleted%2$s
                from %3$s
                where (%1$s) in (select %1$s from %3$s group by %1$s having count(*) > 1)
                order by %1$s, tidemark_changed_at desc nulls last, tidemark_seq desc""".formatted(list(key, this::name), prefixed(values), staging);
    }

    /** Removes all but the latest of each key. */
    String removeSuperseded() {
        return """
                delete from %1$s where tidemark_seq in (
                    select tidemark_seq from (
                        select tidemark_seq, row_number() over (
                            partition by %2$s order by tidemark_changed_at desc nulls last, tidemark_seq desc) as place
                        from %1$s) ranked
                    where place > 1)""".formatted(staging, list(key, this::name));
    }

    /** Removes the staged rows of records that changed later by what the table says of them. */
    String removeOlder(TargetColumn changed) {
        return """
                delete from %1$s where tidemark_seq in (
                    select s.tidemark_seq from %1$s s join %2$s t on %3$s where s.%4$s < t.%4$s)""".formatted(staging, table, sameKey(), name(changed));
    }

    /**
     * The keys of live rows for which nothing is staged, in their order, of those whose value of a column compares so with
     * values to be given; for keys of one column. As a difference of sets, because staging has no index.
     */
    String unseen(TargetColumn column, Set<String> comparisons) {
        String name = name(key.get(0));
        return "select t." + name + " from " + table + " t where t.tidemark_deleted_at is null and t." + name
                + " is not null"
                + comparisons.stream()
                        .map(comparison -> " and t." + name(column) + " " + comparison + " ?")
                        .collect(Collectors.joining())
                + " except select s." + name + " from " + staging + " s order by 1";
    }

    /** Whether anything but the key is staged. */
    boolean hasValues() {
        return !values.isEmpty();
    }

    /** Removes the staged rows of deleted records that the table never had. */
    String removeUnknownDeletions() {
        return """
                delete from %1$s where tidemark_seq in (
                    select s.tidemark_seq from %1$s s left join %2$s t on %3$s
                    where s.tidemark_deleted and t.tidemark_id is null)""".formatted(staging, table, sameKey());
    }

    /** Gives the staged rows of deleted records, which came with their key alone, the values that the table has. */
    String fillDeletions() {
        return """
                update %1$s s set (%2$s) = (select %3$s from %4$s t where %5$s)
                where s.tidemark_deleted""".formatted(
                staging, list(values, this::name), list(values, column -> "t." + name(column)), table, sameKey());
    }

    /** The rows of the table that are not marked as deleted. */
    String countLive() {
        return "select count(*) from " + table + " t where t.tidemark_deleted_at is null";
    }

    /** How many live rows the staged rows would delete. */
    String countDeletions() {
        return """
                select count(*) from %s s join %s t on %s
                where s.tidemark_deleted and t.tidemark_deleted_at is null""".formatted(staging, table, sameKey());
    }

    /** How many rows would lose a value in one of these columns. */
    String countBlanked(List<TargetColumn> withNulls) {
        return "select count(*) from " + staging + " s join " + table + " t on " + sameKey() + " where "
                + withNulls.stream().map(this::blanked).collect(Collectors.joining(" or "));
    }

    private String blanked(TargetColumn column) {
        String held = "t." + name(column) + (column.text() ? " <> ''" : " is not null");
        return "(s." + name(column) + " is null and " + held + ")";
    }

    /** Whether anything is to be written: the new rows, and the rows that differ. */
    String look(String updated, String inserted) {
        return """
                select count(*) filter (where t.tidemark_id is null and %1$s),
                       count(*) filter (where t.tidemark_id is not null and %2$s and (%3$s))
                from %4$s s left join %5$s t on %6$s""".formatted(
                        inserted, updated, differs("t.tidemark_deleted_at is not null"), staging, table, sameKey());
    }

    /**
     * How many rows would be inserted, updated and deleted.
     *
     * @param gone whether the rows of deleted records are deleted instead of marked
     */
    String foresee(boolean gone) {
        String marked = gone
                ? ""
                : " or (s.tidemark_deleted and t.tidemark_deleted_at is not null and (" + differs("false") + "))";
        return """
                select count(*) filter (where t.tidemark_id is null and %1$s),
                       count(*) filter (where t.tidemark_id is not null and ((%2$s and (%3$s))%4$s)),
                       count(*) filter (where t.tidemark_id is not null and s.tidemark_deleted and %5$s)
                from %6$s s left join %7$s t on %8$s""".formatted(
                        gone ? LIVE : ALL,
                        LIVE,
                        differs("t.tidemark_deleted_at is not null"),
                        marked,
                        gone ? ALL : "t.tidemark_deleted_at is null",
                        staging,
                        table,
                        sameKey());
    }

    /** Like {@link #look}, of about a thousand staged rows: how many are to be written, and how many these are. */
    String sample(String staged) {
        return """
                select count(*) filter (where t.tidemark_id is null or %s), count(*)
                from %s left join %s t on %s
                where %s""".formatted(
                differs("t.tidemark_deleted_at is not null"), dialect.sample(staging), table, sameKey(), staged);
    }

    /** Writes the rows that differ from their live record, or come back to life. */
    String updateLive(String staged) {
        return dialect.update(
                table,
                staging,
                sameKey(),
                staged + untouched + " and (" + differs("t.tidemark_deleted_at is not null") + ")",
                assignments("null"));
    }

    /** Marks the rows whose record is deleted now, with the values it had in the end. */
    String mark() {
        return dialect.update(
                table,
                staging,
                sameKey(),
                "s.tidemark_deleted and t.tidemark_deleted_at is null" + untouched,
                assignments("current_timestamp"));
    }

    /** Writes the marked rows that differ from their deleted record. */
    String updateMarked() {
        return dialect.update(
                table,
                staging,
                sameKey(),
                "s.tidemark_deleted and t.tidemark_deleted_at is not null" + untouched + " and (" + differs("false")
                        + ")",
                assignments("t.tidemark_deleted_at"));
    }

    String delete() {
        return dialect.delete(table, staging, sameKey(), "s.tidemark_deleted" + untouched);
    }

    /** Adds the rows whose key the table lacks; those of deleted records are marked. */
    String insert(String staged) {
        return """
                insert into %1$s (%2$s, tidemark_synced_at, tidemark_deleted_at)
                select %3$s, current_timestamp, case when s.tidemark_deleted then current_timestamp end
                from %4$s s
                where %5$s and not exists (select 1 from %1$s t where %6$s)%7$s""".formatted(
                        table,
                        list(columns, this::name),
                        list(columns, column -> "s." + name(column)),
                        staging,
                        staged,
                        sameKey(),
                        away);
    }

    /** {@link #updateLive} and {@link #insert} in one, for databases where that costs one look instead of two. */
    String upsert(String updated, String inserted) {
        return """
                merge into %1$s t using %2$s s on (%3$s)
                when matched and %4$s and (%5$s) then update set %6$s
                when not matched and %7$s then insert (%8$s, tidemark_synced_at, tidemark_deleted_at)
                    values (%9$s, current_timestamp, case when s.tidemark_deleted then current_timestamp end)""".formatted(
                        table,
                        staging,
                        sameKey(),
                        updated,
                        differs("t.tidemark_deleted_at is not null"),
                        assignments("null"),
                        inserted,
                        list(columns, this::name),
                        list(columns, column -> "s." + name(column)));
    }

    /** Rows of which nobody knew when both sides agreed, and which agree now. */
    String agree(String changes) {
        return dialect.update(
                table,
                staging,
                sameKey(),
                "not s.tidemark_deleted and t.tidemark_synced_at is null and not ("
                        + differs("t.tidemark_deleted_at is not null")
                        + ") and not exists (select 1 from " + changes + " c where c.row_id = t.tidemark_id)",
                "tidemark_synced_at = current_timestamp");
    }

    /**
     * Gives rows without a key the key of the one record that is the same in the given columns, where no other row or
     * record is, and the key is nobody's yet. A row that is on its way to the vendor is left alone.
     */
    String match(List<TargetColumn> same, String changes) {
        String equal = same.stream()
                .map(column -> "t." + name(column) + " = s." + name(column))
                .collect(Collectors.joining(" and "));
        String otherRecord = same.stream()
                .map(column -> "o." + name(column) + " = s." + name(column))
                .collect(Collectors.joining(" and "));
        TargetColumn id = key.get(0);
        return dialect.update(
                table,
                staging,
                "t." + name(id) + " is null and not s.tidemark_deleted and " + equal,
                "not exists (select 1 from " + staging + " o where " + otherRecord
                        + " and o.tidemark_seq <> s.tidemark_seq)"
                        + " and not exists (select 1 from " + table + " o where " + otherRecord
                        + " and o.tidemark_id <> t.tidemark_id)"
                        + " and not exists (select 1 from " + table + " o where o." + name(id) + " = s." + name(id)
                        + ")"
                        + " and not exists (select 1 from " + changes
                        + " c where c.row_id = t.tidemark_id and c.state <> 'pinned')",
                name(id) + " = s." + name(id));
    }

    /** Tells the outbox the keys that its rows were given. */
    String nameMatched(String outbox) {
        String row = " from " + table + " t where t.tidemark_id = " + outbox + ".row_id and t." + name(key.get(0))
                + " is not null";
        return "update " + outbox + " set record_key = (select cast(t." + name(key.get(0)) + " as varchar)" + row
                + ") where stream = ? and record_key is null and exists (select 1" + row + ")";
    }

    /** Rows that differ though nobody noted a change on either side: they are looked at one by one. */
    String doubt() {
        return dialect.update(
                table,
                staging,
                sameKey(),
                "t.tidemark_synced_at is not null and (s.tidemark_changed_at is null or s.tidemark_changed_at <= ?) and ("
                        + differs("false") + ")",
                "tidemark_synced_at = null");
    }

    /** The local identities of the rows that have to be looked at one by one, in their order. */
    String edited() {
        return "select t.tidemark_id from " + staging + " s join " + table + " t on " + sameKey()
                + " where t.tidemark_synced_at is null order by t.tidemark_id";
    }

    /** What was staged for a row of the table. */
    String stagedOf() {
        return "select s.tidemark_deleted, s.tidemark_changed_at, " + keyText(dialect, columns) + ", "
                + list(columns, column -> "s." + name(column)) + " from " + staging + " s join " + table + " t on "
                + sameKey() + " where t.tidemark_id = ?";
    }

    /** What was staged for the records that were deleted here, with their changes' ids. */
    String stagedOfDeleted(String changes) {
        return "select c.id, s.tidemark_deleted, s.tidemark_changed_at, c.record_key, "
                + list(columns, column -> "s." + name(column)) + " from " + staging + " s join " + changes
                + " c on c.kind = 'delete' and c.record_key = " + keyText(dialect, columns) + " order by c.id";
    }

    /** The local identities of the rows with pins whose records were not staged. */
    String missing(String changes) {
        return "select c.row_id from " + changes + " c where c.pins is not null and c.record_key is not null"
                + " and not exists (select 1 from " + staging + " s where " + keyText(dialect, columns)
                + " = c.record_key) order by c.row_id";
    }

    String truncate() {
        return "truncate table " + staging;
    }

    /** The key of a staged row as {@link Reject#key} has it. */
    String stagedKeys() {
        return "select "
                + key.stream()
                        .map(column -> "cast(s." + name(column) + " as varchar)")
                        .collect(Collectors.joining(" || '/' || "))
                + " from " + staging + " s";
    }

    List<TargetColumn> values() {
        return values;
    }

    /** How many of the rows that this transaction wrote hold something else than was staged, for each value. */
    String countAltered() {
        return values.stream()
                .map(column -> "count(*) filter (where " + differs(column) + ")")
                .collect(Collectors.joining(", ", "select ", writtenRows()));
    }

    /** The key, the staged and the stored value of the rows that {@link #countAltered} counts, as digests. */
    String altered(TargetColumn column) {
        return "select " + keyDigest() + ", " + digest("s", column) + ", " + digest("t", column) + writtenRows()
                + " and " + differs(column);
    }

    private String writtenRows() {
        return " from " + staging + " s join " + table + " t on " + sameKey()
                + " where t.tidemark_synced_at = current_timestamp";
    }

    /** The keys of the staged rows, as digests. */
    String keyDigests() {
        return "select " + keyDigest() + " from " + staging + " s";
    }

    /**
     * Removes the staged rows that differ from the table in nothing but what the database makes of them.
     *
     * @param known where digests are kept; each of the columns takes two parameters, the stream and the column
     */
    String removeAltered(String known, List<TargetColumn> altered) {
        String alike = values.stream()
                .map(column -> "(not (" + differs(column) + ")"
                        + (altered.contains(column)
                                ? " or exists (select 1 from " + known + " a where a.stream = ? and a.column_name = ?"
                                        + " and a.row_key = " + keyDigest() + " and a.delivered = "
                                        + digest("s", column)
                                        + " and a.stored = " + digest("t", column) + "))"
                                : ")"))
                .collect(Collectors.joining(" and "));
        return """
                delete from %1$s where tidemark_seq in (
                    select s.tidemark_seq from %1$s s join %2$s t on %3$s
                    where s.tidemark_deleted = (t.tidemark_deleted_at is not null) and (%4$s) and %5$s)""".formatted(staging, table, sameKey(), differs("false"), alike);
    }

    private String keyDigest() {
        return dialect.digest(key.stream().map(column -> digest("s", column)).collect(Collectors.joining(" || ")));
    }

    private String digest(String row, TargetColumn column) {
        return "coalesce(" + dialect.digest("cast(" + row + "." + name(column) + " as varchar)") + ", '-')";
    }

    private String sameKey() {
        return key.stream()
                .map(column -> "t." + name(column) + " = s." + name(column))
                .collect(Collectors.joining(" and "));
    }

    /** Whether one of the values differs, or else the other condition holds. An empty text is no value. */
    private String differs(String other) {
        var conditions = new StringBuilder();
        for (TargetColumn column : values) {
            conditions.append(differs(column)).append(" or ");
        }
        return conditions.append(other).toString();
    }

    private String differs(TargetColumn column) {
        String held = column.text() ? "nullif(t." + name(column) + ", '')" : "t." + name(column);
        return held + " is distinct from s." + name(column);
    }

    private String assignments(String deletedAt) {
        var assignments = new StringBuilder();
        for (TargetColumn column : values) {
            assignments
                    .append(name(column))
                    .append(" = s.")
                    .append(name(column))
                    .append(", ");
        }
        return assignments
                .append("tidemark_synced_at = current_timestamp, tidemark_deleted_at = ")
                .append(deletedAt)
                .toString();
    }

    private String prefixed(List<TargetColumn> more) {
        return more.isEmpty() ? "" : ", " + list(more, this::name);
    }

    private String name(TargetColumn column) {
        return dialect.quote(column.name());
    }

    private static String list(List<TargetColumn> columns, Function<TargetColumn, String> form) {
        return columns.stream().map(form).collect(Collectors.joining(", "));
    }
}
