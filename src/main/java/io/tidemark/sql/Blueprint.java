package io.tidemark.sql;

import io.tidemark.csv.ColumnType;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.SchemaChanges;
import io.tidemark.system.Field;
import io.tidemark.system.Shape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a stream's table has to look like, held against what there is: the columns that fields go to, and the statements
 * that are missing. Drawing one changes nothing.
 */
final class Blueprint {
    private final Dialect dialect;
    private final StreamSettings settings;
    private final Shape shape;
    private final Catalog catalog;
    private final TableName table;
    private final boolean exists;
    private final ColumnNames names;
    private final List<Catalog.Found> found;
    private final List<TargetColumn> columns = new ArrayList<>();
    private final Set<String> leftOut = new LinkedHashSet<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> limited = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final TableName staging;

    private Blueprint(Connection connection, Database database, StreamSettings settings, Shape shape)
            throws SQLException {
        this.dialect = database.dialect();
        this.settings = settings;
        this.shape = shape;
        this.catalog = new Catalog(connection, dialect);
        int dot = settings.table().indexOf('.');
        String schema = catalog.schema(
                dot < 0 ? Optional.empty() : Optional.of(settings.table().substring(0, dot)));
        String name = settings.table().substring(dot + 1);
        Optional<TableName> known = catalog.table(schema, name);
        if (known.isEmpty() && catalog.view(schema, name).isPresent()) {
            throw problem("is a view; name a table in tidemark.streams." + settings.name() + ".table");
        }
        this.exists = known.isPresent();
        this.table = known.orElseGet(() -> new TableName(schema, dialect.fold(Names.derived(name, ""))));
        this.found = exists ? catalog.columns(table) : List.of();
        this.names = new ColumnNames(found, dialect);
        this.staging = new TableName(
                catalog.schema(database.settings().schema()),
                dialect.fold("tidemark_staging_" + settings.name().replace('-', '_')));
    }

    /**
     * @param more fields that an export's header brought beside the shape's
     * @throws LoadException if the table cannot take the stream
     */
    static Blueprint draw(
            Connection connection, Database database, StreamSettings settings, Shape shape, List<String> more)
            throws SQLException {
        var blueprint = new Blueprint(connection, database, settings, shape);
        blueprint.assignColumns(blueprint.fields(more));
        blueprint.refuseUnfilled();
        blueprint.tableStatements();
        blueprint.viewStatement();
        blueprint.stagingStatements();
        blueprint.captureStatements(new Capture(connection, database));
        return blueprint;
    }

    TableName table() {
        return table;
    }

    /** Whether the table is there. */
    boolean exists() {
        return exists;
    }

    TableName staging() {
        return staging;
    }

    List<TargetColumn> columns() {
        return List.copyOf(columns);
    }

    /** Fields without a column, on purpose. */
    Set<String> leftOut() {
        return Set.copyOf(leftOut);
    }

    /** What is missing, in the order in which it can be run. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    /** Columns whose type may not hold what their field has, each with what to do. */
    List<String> doubts() {
        return List.copyOf(doubts);
    }

    /** Columns that hold texts up to a length, with their types. */
    List<String> limited() {
        return List.copyOf(limited);
    }

    /** What stands for the table in a query, as if the missing statements had been run. */
    String foreseen() {
        var shown = new ArrayList<String>();
        boolean lacks = false;
        for (TargetColumn column : columns) {
            boolean there = has(column.name());
            lacks |= !there;
            String name = dialect.quote(column.name());
            shown.add(there ? name : "cast(null as " + column.sqlType() + ") as " + name);
        }
        for (String own : List.of("tidemark_id", "tidemark_deleted_at")) {
            boolean there = found.stream().anyMatch(each -> each.name().equalsIgnoreCase(own));
            lacks |= !there;
            String value = own.equals("tidemark_id") ? "cast(1 as bigint)" : "cast(null as " + moment() + ")";
            shown.add(there ? own : value + " as " + own);
        }
        return lacks
                ? "(select " + String.join(", ", shown) + (exists ? " from " + table.sql(dialect) : " where false")
                        + ")"
                : table.sql(dialect);
    }

    private boolean has(String column) {
        return found.stream().anyMatch(each -> each.name().equals(column));
    }

    /** What the missing statements would do to the table, for people to read; empty where they leave it as it is. */
    List<String> foreseenInWords() {
        if (exists && added.isEmpty()) {
            return List.of();
        }
        String names = columns.stream()
                .filter(column -> !has(column.name()))
                .map(column -> column.name() + " " + column.sqlType())
                .collect(Collectors.joining(", "));
        return List.of(
                exists
                        ? "table " + table + " would get the columns " + names
                        : "table " + table + " is not there yet; it would be created with the columns " + names);
    }

    private Map<String, ColumnType> fields(List<String> more) {
        Map<String, ColumnType> fields = new LinkedHashMap<>();
        for (Field field : shape.fields()) {
            fields.put(field.name(), ColumnType.of(field.type(), shape.key().contains(field.name())));
        }
        shape.key().forEach(field -> fields.putIfAbsent(field, ColumnType.TEXT));
        more.forEach(field -> fields.putIfAbsent(field, ColumnType.TEXT));
        fields.replaceAll((field, type) -> {
            String configured = settings.types().get(field);
            return configured == null ? type : ColumnType.parse(configured);
        });
        return fields;
    }

    private void assignColumns(Map<String, ColumnType> fields) {
        Map<String, ColumnType> wanted = new LinkedHashMap<>();
        fields.forEach((field, type) -> {
            if (!StreamSettings.LEFT_OUT.equals(settings.columns().get(field))) {
                wanted.put(field, type);
            } else if (shape.key().contains(field)) {
                throw problem("cannot do without " + field + ", which is part of the key; remove tidemark.streams."
                        + settings.name() + ".columns." + field);
            } else {
                leftOut.add(field);
            }
        });
        Map<String, String> assigned = names.assign(wanted.keySet(), settings);
        wanted.forEach((field, type) -> assign(field, type, assigned.getOrDefault(field, field)));
    }

    private void assign(String field, ColumnType type, String name) {
        boolean key = shape.key().contains(field);
        Optional<Catalog.Found> column =
                found.stream().filter(each -> each.name().equals(name)).findFirst();
        if (column.isPresent()) {
            columns.add(fitting(field, type, column.get(), key));
        } else if (!exists || mayAdd(field, name, key)) {
            added.add(dialect.quote(name) + " " + dialect.type(type));
            columns.add(new TargetColumn(field, name, type, dialect.type(type), key, false, true));
        } else {
            leftOut.add(field);
        }
    }

    private TargetColumn fitting(String field, ColumnType wanted, Catalog.Found column, boolean key) {
        if (!column.writable()) {
            throw problem("computes column " + column.name() + " itself, so " + field
                    + " cannot go there; name another column, or '-', in tidemark.streams." + settings.name()
                    + ".columns."
                    + field);
        }
        ColumnType type = filled(field, column);
        ColumnType.Fit fit = type.fits(wanted);
        if (fit != ColumnType.Fit.WELL) {
            String words = "has column " + column.name() + " of type " + column.type() + ", and " + field + " holds "
                    + dialect.type(wanted);
            String other = "make the column " + dialect.type(wanted)
                    + ", or name another one, or '-', in tidemark.streams." + settings.name() + ".columns." + field;
            if (fit == ColumnType.Fit.NEVER) {
                throw problem(words + ", which never fits; " + other);
            }
            doubts.add("table " + settings.table() + " " + words + ": what does not fit becomes a reject; " + other
                    + ". If it is meant, say tidemark.streams." + settings.name() + ".types." + field + "="
                    + column.type());
        } else if (wanted.kind() == ColumnType.Kind.TEXT && type.kind() == ColumnType.Kind.VARCHAR) {
            limited.add(column.name() + " " + column.type());
        }
        return new TargetColumn(field, column.name(), type, column.type(), key, column.required(), column.filled());
    }

    private ColumnType filled(String field, Catalog.Found column) {
        try {
            return ColumnType.parse(column.type());
        } catch (IllegalArgumentException unknown) {
            throw problem("has column " + column.name() + " of type " + column.type() + ", which cannot be filled with "
                    + field + ": " + unknown.getMessage() + ", or name another column, or '-', in tidemark.streams."
                    + settings.name() + ".columns." + field);
        }
    }

    private boolean mayAdd(String field, String name, boolean key) {
        if (key) {
            throw problem("has no column " + name + " for the key field " + field
                    + "; add it, or name the column that holds the key in tidemark.streams." + settings.name()
                    + ".columns." + field);
        }
        if (settings.schemaChanges() == SchemaChanges.FAIL) {
            throw problem("has no column " + name + " for the export's field " + field
                    + ", and schema-changes is fail; add the column, or leave the field out with tidemark.streams."
                    + settings.name() + ".columns." + field + "=-");
        }
        return settings.schemaChanges() == SchemaChanges.EVOLVE;
    }

    /** A column that refuses nulls and that neither a field nor the database fills would refuse every new row. */
    private void refuseUnfilled() {
        for (Catalog.Found column : found) {
            boolean ours = ColumnNames.OWN.contains(column.name().toLowerCase(Locale.ROOT));
            boolean fed = columns.stream().anyMatch(each -> each.name().equals(column.name()));
            if (column.required() && !column.filled() && column.writable() && !fed && !ours) {
                throw problem("has column " + column.name()
                        + ", which is NOT NULL without a default, and no field of the export fills it; give it a"
                        + " default, allow nulls, or name its field in tidemark.streams." + settings.name()
                        + ".columns");
            }
        }
    }

    private void tableStatements() throws SQLException {
        String name = table.sql(dialect);
        if (!exists) {
            statements.add("create table " + name
                    + " (\n    tidemark_id bigint generated by default as identity primary key,\n    "
                    + String.join(",\n    ", added) + ",\n    tidemark_synced_at " + moment()
                    + ",\n    tidemark_deleted_at "
                    + moment() + ")" + dialect.storage());
        } else {
            added.forEach(column -> statements.add("alter table " + name + " add column " + column));
            addOwn("tidemark_id", "bigint generated by default as identity");
            addOwn("tidemark_synced_at", moment());
            addOwn("tidemark_deleted_at", moment());
            unique("_tidemark_id", List.of(dialect.fold("tidemark_id")));
        }
        unique("_tidemark_key", keyColumns());
    }

    private void addOwn(String column, String type) {
        if (found.stream().noneMatch(each -> each.name().equalsIgnoreCase(column))) {
            statements.add("alter table " + table.sql(dialect) + " add column " + column + " " + type);
        }
    }

    private void unique(String ending, List<String> on) throws SQLException {
        if (!exists || !catalog.unique(table, on)) {
            statements.add("alter table " + table.sql(dialect) + " add constraint "
                    + dialect.quote(Names.derived(table.name(), dialect.fold(ending))) + " unique ("
                    + String.join(", ", on.stream().map(dialect::quote).toList()) + ")");
        }
    }

    /** Whether keys could still be doubled: no index forbids it yet. */
    boolean keysUnproved() throws SQLException {
        return exists && !catalog.unique(table, keyColumns());
    }

    private List<String> keyColumns() {
        return columns.stream()
                .filter(TargetColumn::key)
                .map(TargetColumn::name)
                .toList();
    }

    private void viewStatement() throws SQLException {
        if (settings.deletes() != StreamSettings.Deletes.MARK) {
            return;
        }
        TableName view = table.named(Names.derived(table.name(), dialect.fold("_current")));
        var shown = catalog.hasView(view)
                ? catalog.columns(view).stream().map(Catalog.Found::name).toList()
                : List.<String>of();
        boolean whole = columns.stream().allMatch(column -> shown.contains(column.name()));
        if (!whole || found.stream().anyMatch(column -> !shown.contains(column.name()))) {
            statements.add("create or replace view " + view.sql(dialect) + " as\n    select * from "
                    + table.sql(dialect) + " where tidemark_deleted_at is null");
        }
    }

    private void stagingStatements() throws SQLException {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(dialect.fold("tidemark_seq"), "bigint");
        wanted.put(dialect.fold("tidemark_deleted"), "boolean");
        wanted.put(dialect.fold("tidemark_changed_at"), moment());
        columns.forEach(column -> wanted.put(column.name(), column.sqlType()));
        if (catalog.hasTable(staging)) {
            if (holds(catalog.columns(staging))) {
                return;
            }
            statements.add("drop table " + staging.sql(dialect));
        }
        var definitions = new ArrayList<String>();
        wanted.forEach((name, type) -> definitions.add(dialect.quote(name) + " " + type));
        statements.add(dialect.createStaging() + staging.sql(dialect) + " (\n    " + String.join(",\n    ", definitions)
                + ")");
    }

    private void captureStatements(Capture capture) throws SQLException {
        statements.addAll(
                settings.direction() == StreamSettings.Direction.INBOUND
                        ? capture.remove(settings.name())
                        : capture.install(settings.name(), table, columns));
    }

    /** Whether staging has every column with the table's type; more of them do no harm. */
    private boolean holds(List<Catalog.Found> staged) {
        return added.isEmpty()
                && columns.stream()
                        .allMatch(column -> staged.stream()
                                .anyMatch(each -> each.name().equals(column.name())
                                        && each.type().equals(column.sqlType())));
    }

    private String moment() {
        return dialect.type(ColumnType.TIMESTAMPTZ);
    }

    private LoadException problem(String words) {
        return new LoadException("stream " + settings.name() + ": table " + settings.table() + " " + words);
    }
}
