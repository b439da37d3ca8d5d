package io.tidemark.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Capture on PostgreSQL: triggers for each row, whose own condition tests the bridge's mark, so that its bulk writes pay
 * no call. (Transition tables would make set-based capture a little cheaper, but the server fills them for suppressed
 * statements, too: measured, two thirds on top of an update.) The trigger before the row comes after the users' by name
 * and sees what they made of it; the one after the row comes before the users', so that edits nested in theirs are noted
 * after the edit that caused them.
 */
final class PostgreSqlCapture {
    /** A function takes at most 100 arguments, two for each column. */
    private static final int COLUMNS_AT_ONCE = 40;

    /** What a further edit does to a change {@code c}, whatever it is. */
    private static final String REVIVED = """
            version = excluded.version, changed_at = excluded.changed_at,
                    state = case when c.state = 'sending' then c.state else 'pending' end,
                    attempts = case when c.state in ('pending', 'sending') then c.attempts else 0 end,
                    next_at = case when c.state in ('pending', 'sending') then c.next_at else excluded.next_at end,
                    reason = case when c.state in ('pending', 'sending') then c.reason end""";

    private final PostgreSql dialect;
    private final Watch watch;
    private final String changes;

    PostgreSqlCapture(PostgreSql dialect, Watch watch) {
        this.dialect = dialect;
        this.watch = watch;
        this.changes = own(watch.home(), "tidemark_change");
    }

    private String own(String schema, String name) {
        return dialect.quote(schema) + "." + dialect.quote(name);
    }

    /** The functions of a stream: before a row, after a row, before everything is emptied, after a statement. */
    static List<String> functions(String stream) {
        String name = stream.replace('-', '_');
        return List.of(
                "tidemark_before_" + name,
                "tidemark_after_" + name,
                "tidemark_truncate_" + name,
                "tidemark_wake_" + name);
    }

    static List<String> triggers() {
        return List.of(
                "zz_tidemark_insert",
                "zz_tidemark_update",
                "00_tidemark_insert",
                "00_tidemark_update",
                "00_tidemark_delete",
                "00_tidemark_truncate",
                "00_tidemark_wake");
    }

    List<String> statements() {
        List<String> names = functions(watch.stream()).stream()
                .map(name -> own(watch.home(), name))
                .toList();
        List<String> triggers = triggers().stream().map(dialect::quote).toList();
        String mark = "current_setting('tidemark.writing', true) is distinct from " + Dialect.literal(watch.stream());
        String edited = watch.columns().stream().map(this::differs).collect(Collectors.joining(" or "));
        var statements = new ArrayList<String>();
        statements.add(function(names.get(0), "", before()));
        statements.add(function(names.get(1), " security definer set search_path = pg_catalog, pg_temp", after()));
        statements.add(function(names.get(2), " security definer set search_path = pg_catalog, pg_temp", truncate()));
        statements.add(function(names.get(3), "", wake()));
        names.forEach(name -> statements.add("revoke all on function " + name + "() from public"));
        statements.add(trigger(
                triggers.get(0),
                "before insert",
                "row",
                "new.tidemark_synced_at is not null and " + mark,
                names.get(0)));
        statements.add(trigger(
                triggers.get(1),
                "before update",
                "row",
                mark + " and (old.tidemark_id <> new.tidemark_id or " + edited + ")",
                names.get(0)));
        statements.add(trigger(
                triggers.get(2), "after insert", "row", "new.tidemark_synced_at is null and " + mark, names.get(1)));
        statements.add(trigger(
                triggers.get(3),
                "after update",
                "row",
                "new.tidemark_synced_at is null and " + mark + " and (" + edited + ")",
                names.get(1)));
        statements.add(trigger(triggers.get(4), "after delete", "row", mark, names.get(1)));
        statements.add(trigger(triggers.get(5), "before truncate", "statement", mark, names.get(2)));
        statements.add(trigger(
                triggers.get(6), "after insert or update or delete or truncate", "statement", mark, names.get(3)));
        return statements;
    }

    private static String function(String name, String options, String body) {
        String tag = "$tidemark$";
        for (int i = 1; body.contains(tag); i++) {
            tag = "$tidemark" + i + "$";
        }
        return "create or replace function " + name + "() returns trigger language plpgsql" + options + " as " + tag
                + "\n" + body + tag;
    }

    private String trigger(String name, String event, String each, String when, String function) {
        return "create trigger " + name + " " + event + " on " + watch.table().sql(dialect) + "\n    for each " + each
                + " when (" + when + ")\n    execute function " + function + "()";
    }

    private String before() {
        return """
                begin
                    if tg_op = 'UPDATE' then
                        if new.tidemark_id is distinct from old.tidemark_id then
                            raise exception using errcode = '23000', message = %s;
                        end if;
                        if %s and (%s) then
                            raise exception using errcode = '23000', message = %s;
                        end if;
                    end if;
                    new.tidemark_synced_at := null;
                    return new;
                end
                """.formatted(
                Dialect.literal(Watch.numberIsFixed(watch.stream())),
                watch.key().stream().map(column -> filled("old.", column)).collect(Collectors.joining(" and ")),
                watch.key().stream().map(this::differs).collect(Collectors.joining(" or ")),
                Dialect.literal(Watch.keyIsFixed(watch.stream())));
    }

    private String after() {
        return """
                declare
                    edited jsonb;
                    image jsonb;
                    record_id text;
                    taken bigint;
                begin
                    if tg_op = 'UPDATE' then
                %1$s
                        if edited is null then
                            return null;
                        end if;
                        %2$s
                        values (%3$s, new.tidemark_id, %4$s, 'update', 'pending', %5$s, clock_timestamp(),
                                edited::text, 0, clock_timestamp())
                        on conflict (stream, row_id) do update set
                            record_key = coalesce(excluded.record_key, c.record_key),
                            kind = case when c.kind = 'insert' and c.state <> 'pinned' then 'insert' else 'update' end,
                            base = case
                                when c.state = 'pinned' then excluded.base
                                when c.kind = 'insert' then c.base
                                else (excluded.base::jsonb || c.base::jsonb)::text end,
                            %6$s;
                    elsif tg_op = 'INSERT' then
                        record_id := %4$s;
                        if record_id is not null then
                            select c.id, c.base::jsonb into taken, edited from %7$s c
                            where c.stream = %3$s and c.record_key = record_id and c.kind = 'delete'
                            order by c.id limit 1 for update;
                            if found then
                                image := %8$s;
                                select coalesce(jsonb_object_agg(i.key, coalesce(edited -> i.key, 'null')), '{}')
                                into image from jsonb_each(image) i
                                where i.value is distinct from coalesce(edited -> i.key, 'null');
                                update %7$s c set row_id = -c.id
                                where c.stream = %3$s and c.row_id = new.tidemark_id and c.kind = 'delete';
                                update %7$s c set row_id = new.tidemark_id, kind = 'update', base = image::text,
                                    %9$s
                                where c.id = taken;
                                return null;
                            end if;
                        end if;
                        %2$s
                        values %13$s
                        on conflict (stream, row_id) do nothing;
                        if not found then
                            update %7$s c set row_id = -c.id
                            where c.stream = %3$s and c.row_id = new.tidemark_id and c.kind = 'delete';
                            %2$s
                            values %13$s;
                        end if;
                    else
                        delete from %7$s c
                        where c.stream = %3$s and c.row_id = old.tidemark_id
                          and c.kind = 'insert' and c.sent is null and c.record_key is null;
                        if found then
                            return null;
                        end if;
                        image := %10$s;
                        %2$s
                        values (%3$s, old.tidemark_id, %11$s, 'delete', 'pending', %5$s, clock_timestamp(),
                                image::text, 0, clock_timestamp())
                        on conflict (stream, row_id) do update set
                            %12$s;
                    end if;
                    return null;
                end
                """.formatted(
                        watch.columns().stream().map(this::noteIfEdited).collect(Collectors.joining("\n")),
                        "insert into " + changes + " as c (stream, row_id, record_key, kind, state, version,"
                                + " changed_at, base, attempts, next_at)",
                        Dialect.literal(watch.stream()),
                        key("new."),
                        nextVersion(),
                        REVIVED,
                        changes,
                        image("new."),
                        REVIVED.replace("excluded.version", nextVersion())
                                .replace("excluded.changed_at", "clock_timestamp()")
                                .replace("excluded.next_at", "clock_timestamp()"),
                        image("old."),
                        key("old."),
                        deleted(),
                        "(" + Dialect.literal(watch.stream()) + ", new.tidemark_id, record_id, 'insert', 'pending', "
                                + nextVersion() + ", clock_timestamp(), '{}', 0, clock_timestamp())");
    }

    private String truncate() {
        return """
                begin
                    insert into %1$s as c (stream, row_id, record_key, kind, state, version, changed_at, base, attempts,
                        next_at)
                    select %2$s, r.tidemark_id, %3$s, 'delete', 'pending', %4$s, clock_timestamp(),
                        (%5$s)::text, 0, clock_timestamp()
                    from %6$s r
                    where not exists (
                        select from %1$s u where u.stream = %2$s and u.row_id = r.tidemark_id
                          and u.kind = 'insert' and u.sent is null and u.record_key is null)
                    on conflict (stream, row_id) do update set
                            %7$s;
                    delete from %1$s c
                    where c.stream = %2$s and c.kind = 'insert' and c.sent is null and c.record_key is null;
                    return null;
                end
                """.formatted(
                        changes,
                        Dialect.literal(watch.stream()),
                        key("r."),
                        nextVersion(),
                        image("r."),
                        watch.table().sql(dialect),
                        deleted());
    }

    /** Who listens hears of a statement when it is committed, once a transaction. */
    private String wake() {
        return """
                begin
                    perform pg_notify(%s, %s);
                    return null;
                end
                """.formatted(Dialect.literal(Wakes.CHANNEL), Dialect.literal(watch.home() + "." + watch.stream()));
    }

    private String nextVersion() {
        return "nextval(" + Dialect.literal(own(watch.home(), "tidemark_version")) + ")";
    }

    /** What a deletion does to a change. */
    private static String deleted() {
        return "kind = 'delete', record_key = coalesce(excluded.record_key, c.record_key),"
                + " base = case when c.state = 'pinned' then excluded.base"
                + " else (excluded.base::jsonb || c.base::jsonb)::text end, " + REVIVED;
    }

    private String noteIfEdited(TargetColumn column) {
        return "        if " + differs(column)
                + " then\n            edited := coalesce(edited, '{}') || jsonb_build_object(" + named("old.", column)
                + ");\n        end if;";
    }

    /** Compared by their bytes: a column's own collation may take different texts for equal ones. */
    private String differs(TargetColumn column) {
        String name = dialect.quote(column.name());
        return column.text()
                ? "coalesce(old." + name + ", '') collate \"C\" <> coalesce(new." + name + ", '')"
                : "old." + name + " is distinct from new." + name;
    }

    private String filled(String row, TargetColumn column) {
        return row + dialect.quote(column.name()) + (column.text() ? " <> ''" : " is not null");
    }

    /** The row's watched columns as one JSON object. */
    private String image(String row) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < watch.columns().size(); i += COLUMNS_AT_ONCE) {
            parts.add(watch
                    .columns()
                    .subList(i, Math.min(i + COLUMNS_AT_ONCE, watch.columns().size()))
                    .stream()
                    .map(column -> named(row, column))
                    .collect(Collectors.joining(", ", "jsonb_build_object(", ")")));
        }
        return String.join(" || ", parts);
    }

    private String named(String row, TargetColumn column) {
        return Dialect.literal(column.name()) + ", " + value(row, column);
    }

    /** Written the same in every session: a time with its zone would else be in the session's. */
    private String value(String row, TargetColumn column) {
        String name = row + dialect.quote(column.name());
        return switch (column.type().kind()) {
            case TEXT, VARCHAR -> "nullif(" + name + ", '')";
            case TIMESTAMPTZ -> "(to_jsonb(" + name + " at time zone 'UTC') #>> '{}') || '+00:00'";
            default -> name;
        };
    }

    private String key(String row) {
        Function<TargetColumn, String> text = column -> "nullif(" + row + dialect.quote(column.name()) + "::text, '')";
        return watch.key().stream().map(text).collect(Collectors.joining(" || '/' || "));
    }

    static boolean captures(Connection connection, Watch watch) throws SQLException {
        try (var select = connection.prepareStatement("""
                select count(*)
                from pg_trigger t
                join pg_proc p on p.oid = t.tgfoid
                join pg_namespace h on h.oid = p.pronamespace
                join pg_class c on c.oid = t.tgrelid
                join pg_namespace n on n.oid = c.relnamespace
                where h.nspname = ? and p.proname = any (?) and n.nspname = ? and c.relname = ?
                  and t.tgname = any (?) and t.tgenabled in ('O', 'A')""")) {
            select.setString(1, watch.home());
            select.setArray(2, names(connection, functions(watch.stream())));
            select.setString(3, watch.table().schema());
            select.setString(4, watch.table().name());
            select.setArray(5, names(connection, triggers()));
            try (var row = select.executeQuery()) {
                return row.next() && row.getInt(1) == triggers().size();
            }
        }
    }

    /** The statements that drop what stands of a stream's capture, on whichever table. */
    static List<String> drops(Connection connection, String home, String stream) throws SQLException {
        try (var select = connection.prepareStatement("""
                select format('drop trigger %1$I on %2$I.%3$I', t.tgname, n.nspname, c.relname)
                from pg_trigger t
                join pg_proc p on p.oid = t.tgfoid
                join pg_namespace h on h.oid = p.pronamespace
                join pg_class c on c.oid = t.tgrelid and not c.relispartition
                join pg_namespace n on n.oid = c.relnamespace
                where h.nspname = ? and p.proname = any (?)
                union all
                select format('drop function %1$I.%2$I()', h.nspname, p.proname)
                from pg_proc p
                join pg_namespace h on h.oid = p.pronamespace
                where h.nspname = ? and p.proname = any (?) and p.pronargs = 0
                order by 1 desc""")) {
            var functions = names(connection, functions(stream));
            select.setString(1, home);
            select.setArray(2, functions);
            select.setString(3, home);
            select.setArray(4, functions);
            return Database.texts(select);
        }
    }

    private static Array names(Connection connection, List<String> names) throws SQLException {
        return connection.createArrayOf("text", names.toArray());
    }
}
