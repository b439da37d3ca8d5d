package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.csv.ColumnType.Kind;
import io.tidemark.csv.RowPlan;
import io.tidemark.settings.StreamSettings;
import io.tidemark.system.Shape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream's table, ready to take exports. Safe for use by many threads. */
public final class Target {
    private final Database database;
    private final StreamSettings settings;
    private final Shape shape;
    private final ZoneId zone;
    private final boolean rehearsed;
    private final Set<String> more = new LinkedHashSet<>();
    private volatile Blueprint blueprint;

    private Target(
            Database database,
            StreamSettings settings,
            Shape shape,
            ZoneId zone,
            boolean rehearsed,
            Blueprint blueprint) {
        this.rehearsed = rehearsed;
        this.database = database;
        this.settings = settings;
        this.shape = shape;
        this.zone = requireNonNull(zone, "zone is null");
        this.blueprint = blueprint;
    }

    /**
     * Makes the table, or makes sure that the one there is fits, and adds what it lacks. To be called by whoever holds the
     * stream's claim.
     *
     * @param zone where times without an offset are read
     * @throws LoadException if the table cannot take the stream, or {@code ddl=off} and something is missing
     */
    public static Target prepare(Database database, StreamSettings settings, Shape shape, ZoneId zone) {
        return new Target(database, settings, shape, zone, false, build(database, settings, shape, List.of()));
    }

    /**
     * The table as {@link #prepare} would leave it, for a rehearsal; runs nothing. To be loaded only by a rehearsing
     * {@link Loader}.
     *
     * @throws LoadException where {@link #prepare} would throw one
     */
    public static Target rehearse(Database database, StreamSettings settings, Shape shape, ZoneId zone) {
        return new Target(database, settings, shape, zone, true, foresee(database, settings, shape, List.of()));
    }

    /**
     * The statements that {@link #prepare} would run; runs none.
     *
     * @throws LoadException if the table cannot take the stream
     */
    public static List<String> statements(Database database, StreamSettings settings, Shape shape) {
        return database.inTransaction(connection -> {
            var drawn = Blueprint.draw(connection, database, settings, shape, List.of());
            refuseDoubledKeys(connection, database, settings, drawn);
            return drawn.statements();
        });
    }

    /**
     * How the columns that are there suit the fields.
     *
     * @param doubts columns that may not hold what their field has, each with what to do
     * @param limited columns that hold texts up to a length, with their types
     */
    public record Fitting(List<String> doubts, List<String> limited) {
        public Fitting {
            doubts = List.copyOf(doubts);
            limited = List.copyOf(limited);
        }
    }

    /**
     * Compares the columns' types with those of the fields; runs nothing.
     *
     * @throws LoadException if the table cannot take the stream
     */
    public static Fitting fitting(Database database, StreamSettings settings, Shape shape) {
        return database.inTransaction(connection -> {
            var drawn = Blueprint.draw(connection, database, settings, shape, List.of());
            return new Fitting(drawn.doubts(), drawn.limited());
        });
    }

    /**
     * What the account may not do of what {@link #prepare} would run, and what to do about it; empty if it may, or if the
     * database does not tell.
     *
     * @throws LoadException if the table cannot take the stream
     */
    public static Optional<String> denied(Database database, StreamSettings settings, Shape shape) {
        return database.inTransaction(connection -> {
            var drawn = Blueprint.draw(connection, database, settings, shape, List.of());
            String name = drawn.table().sql(database.dialect());
            boolean alters = drawn.exists()
                    && drawn.statements().stream().anyMatch(each -> each.startsWith("alter table " + name + " "));
            boolean notes =
                    drawn.exists() && drawn.statements().stream().anyMatch(each -> each.startsWith("create trigger"));
            if ((!alters || database.dialect().owns(connection, drawn.table()))
                    && (!notes || database.dialect().mayNote(connection, drawn.table()))) {
                return Optional.empty();
            }
            return Optional.of("table " + settings.table() + " belongs to another account, and its next cycle has to "
                    + (alters ? "alter it" : "make triggers on it")
                    + ": let its owner run what 'tidemark check --ddl' prints, or make "
                    + database.settings().username()
                    + " a member of the role that owns it");
        });
    }

    /**
     * What the way back needs of the table and finds or not; runs nothing.
     *
     * @param triggers the statements that are missing to make the triggers, in one line each
     * @param keyRequired whether the table takes no row without a key, so that none can be created here
     */
    public record WayBack(List<String> triggers, boolean keyRequired) {
        public WayBack {
            triggers = List.copyOf(triggers);
        }
    }

    /**
     * What the way back lacks.
     *
     * @throws LoadException if the table cannot take the stream
     */
    public static WayBack wayBack(Database database, StreamSettings settings, Shape shape) {
        return database.inTransaction(connection -> {
            var drawn = Blueprint.draw(connection, database, settings, shape, List.of());
            return new WayBack(
                    drawn.statements().stream()
                            .filter(statement -> statement.startsWith("create trigger"))
                            .map(statement -> statement.lines().findFirst().orElse(statement))
                            .toList(),
                    drawn.columns().stream().anyMatch(column -> column.key() && column.required()));
        });
    }

    /** What an account that may not create anything needs to take exports of the stream; runs nothing. */
    public static List<String> grants(Database database, StreamSettings settings, Shape shape, String account) {
        return database.inTransaction(connection -> {
            var drawn = Blueprint.draw(connection, database, settings, shape, List.of());
            String to = " to " + database.dialect().account(account);
            String staging = drawn.staging().sql(database.dialect());
            return List.of(
                    "grant select, insert, update, delete on " + drawn.table().sql(database.dialect()) + to,
                    "grant " + database.dialect().stagingRights() + " on " + staging + to);
        });
    }

    private static Blueprint build(Database database, StreamSettings settings, Shape shape, List<String> more) {
        return database.inTransaction(connection -> {
            var drawn = Blueprint.draw(connection, database, settings, shape, more);
            if (drawn.statements().isEmpty()) {
                return drawn;
            }
            refuse(connection, database, settings, drawn);
            try (Statement statement = connection.createStatement()) {
                for (String setting : database.dialect().ddlSettings()) {
                    statement.execute(setting);
                }
                for (String missing : drawn.statements()) {
                    statement.execute(missing);
                }
            }
            return Blueprint.draw(connection, database, settings, shape, more);
        });
    }

    private static Blueprint foresee(Database database, StreamSettings settings, Shape shape, List<String> more) {
        return database.inTransaction(connection -> {
            var drawn = Blueprint.draw(connection, database, settings, shape, more);
            if (!drawn.statements().isEmpty()) {
                refuse(connection, database, settings, drawn);
            }
            return drawn;
        });
    }

    /** Refuses what cannot be run, or may not be. */
    private static void refuse(Connection connection, Database database, StreamSettings settings, Blueprint drawn)
            throws SQLException {
        refuseDoubledKeys(connection, database, settings, drawn);
        if (!database.settings().ddl()) {
            throw new LoadException("stream " + settings.name() + ": tidemark.database.ddl is off and "
                    + drawn.statements().size() + " statements have not been run, the first of them: "
                    + drawn.statements().get(0).lines().findFirst().orElse("")
                    + " ... Run what 'tidemark check --ddl' prints, or set tidemark.database.ddl=on");
        }
    }

    private static void refuseDoubledKeys(
            Connection connection, Database database, StreamSettings settings, Blueprint drawn) throws SQLException {
        if (!drawn.keysUnproved()) {
            return;
        }
        var statements = new MergeStatements(database.dialect(), drawn.table(), drawn.table(), drawn.columns());
        try (var select = connection.prepareStatement(statements.anyDoubledKey());
                var row = select.executeQuery()) {
            if (row.next()) {
                throw new LoadException("stream " + settings.name() + ": table " + settings.table()
                        + " has several rows with the key " + row.getString(1)
                        + "; remove all but one of each key, or name other key fields in tidemark.streams."
                        + settings.name() + ".key");
            }
        }
    }

    /** The table's name, with its schema, for people to read. */
    public String table() {
        return blueprint.table().toString();
    }

    StreamSettings settings() {
        return settings;
    }

    Database database() {
        return database;
    }

    Blueprint blueprint() {
        return blueprint;
    }

    Shape shape() {
        return shape;
    }

    ZoneId zone() {
        return zone;
    }

    /** Of the fields that the vendor lets be written those that the stream writes. */
    public Set<String> written(Set<String> writable) {
        var fields = new HashSet<>(writable);
        if (!settings.write().isEmpty()) {
            fields.retainAll(settings.write());
        }
        return fields;
    }

    /** Whether local edits of the table are captured. */
    boolean captured() {
        return settings.direction() != StreamSettings.Direction.INBOUND;
    }

    RowPlan plan(List<TargetColumn> columns) {
        boolean deletes = settings.deletes() != StreamSettings.Deletes.IGNORE;
        return new RowPlan(
                columns.stream().map(TargetColumn::csv).toList(),
                deletes ? shape.deletions() : List.of(),
                shape.changeTime(),
                shape.rowError(),
                zone);
    }

    /** Takes notice of fields that an export's header brought, by the stream's rule. */
    synchronized void meet(List<String> unknown) {
        if (more.addAll(unknown)) {
            List<String> all = List.copyOf(more);
            blueprint = rehearsed ? foresee(database, settings, shape, all) : build(database, settings, shape, all);
        }
    }

    /** Keys in their order after the given one, from the first without one; only for keys of one column. */
    public List<String> keysAfter(@Nullable String last, int most) {
        return keys(last, null, most);
    }

    /** Keys in their order after one and up to another, that one included. */
    public List<String> keysBetween(@Nullable String after, String upTo) {
        return keys(after, upTo, Integer.MAX_VALUE);
    }

    /** Whether one column alone is the key, so that records can be asked for by it. */
    public boolean keyedByOne() {
        return blueprint.columns().stream().filter(TargetColumn::key).count() == 1;
    }

    /** Whether a column says when each record last changed. */
    public boolean tellsChange() {
        return changed().isPresent();
    }

    /** The column of the time of the last change; empty where there is none, or where it holds no times. */
    Optional<TargetColumn> changed() {
        return blueprint.columns().stream()
                .filter(column ->
                        shape.changeTime().filter(column.field()::equals).isPresent())
                .filter(column ->
                        column.type().kind() == Kind.TIMESTAMP || column.type().kind() == Kind.TIMESTAMPTZ)
                .findFirst();
    }

    /** A moment as a column of times holds it. */
    Object at(TargetColumn column, Instant moment) {
        return column.type().kind() == Kind.TIMESTAMP
                ? LocalDateTime.ofInstant(moment, zone)
                : moment.atOffset(ZoneOffset.UTC);
    }

    /** The first column of the key. */
    TargetColumn key() {
        return blueprint.columns().stream()
                .filter(TargetColumn::key)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a table without a key"));
    }

    private List<String> keys(@Nullable String after, @Nullable String upTo, int most) {
        TargetColumn key = key();
        String name = database.dialect().quote(key.name());
        String select = "select " + name + " from " + blueprint.foreseen() + " t where " + name
                + " is not null" + (after == null ? "" : " and " + name + " > ?")
                + (upTo == null ? "" : " and " + name + " <= ?") + " order by " + name + " fetch first " + most
                + " rows only";
        return database.inTransaction(connection -> {
            try (var query = connection.prepareStatement(select)) {
                int index = 0;
                if (after != null) {
                    query.setObject(++index, typed(key, after));
                }
                if (upTo != null) {
                    query.setObject(++index, typed(key, upTo));
                }
                return Database.texts(query);
            }
        });
    }

    static Object typed(TargetColumn key, String text) {
        return requireNonNull(key.type().reader(ZoneOffset.UTC).read(text), "an empty key");
    }
}
