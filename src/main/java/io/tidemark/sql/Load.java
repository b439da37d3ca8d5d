package io.tidemark.sql;

import io.tidemark.csv.CsvRecords;
import io.tidemark.csv.Reject;
import io.tidemark.csv.RowLayout;
import io.tidemark.csv.RowReader;
import io.tidemark.settings.StreamSettings;
import io.tidemark.settings.StreamSettings.CountMismatch;
import io.tidemark.stream.Allowance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One export on its way into a stream's table: its files are staged one after another, then merged and committed
 * together. Until then nobody sees any of it, and whatever ends it early leaves the table as it was. For one thread.
 */
public final class Load implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    static final int TRANSFORMED_AT_ONCE = 1_000;

    /** Clocks differ by less. */
    private static final Duration DOUBTFUL = Duration.ofMinutes(5);

    private final Database database;
    private final Database state;
    private final Target target;
    private final Staging staging;
    private final StreamSettings settings;
    private final long cycleId;
    private final @Nullable Allowance accepted;
    private final Loader.@Nullable Transform transform;
    private final Arrival arrival;
    private final Guard guard;
    private final List<Reject> rejects = new ArrayList<>();
    private @Nullable RowLayout layout;
    private List<TargetColumn> columns = List.of();
    private StagedRows staged = new StagedRows(List.of());
    private final List<String> gone = new ArrayList<>();
    private long read;
    private @Nullable String doubtful;
    private boolean committed;

    /**
     * @param database where the table is
     * @param state where history and rejects are kept; elsewhere than the table for a rehearsal, which counts what a load
     *     would do and writes nothing to the table's database
     */
    Load(
            Database database,
            Database state,
            Target target,
            long cycleId,
            @Nullable Allowance accepted,
            Loader.@Nullable Transform transform,
            Arrival arrival,
            Guard guard) {
        this.database = database;
        this.state = state;
        this.target = target;
        this.staging = state == database
                ? new PermanentStaging(database, target)
                : new TemporaryStaging(database, target.settings().name());
        this.settings = target.settings();
        this.cycleId = cycleId;
        this.accepted = accepted;
        this.transform = transform;
        this.arrival = arrival;
        this.guard = guard;
    }

    /** Makes sure that no rows of an earlier load are staged. */
    Load begun() {
        staging.empty();
        return this;
    }

    /** Whether what is staged may stay: throws where it may not. */
    @FunctionalInterface
    interface Guard {
        void check(Connection connection) throws SQLException;
    }

    /** What else belongs to the transaction of the merge. */
    public interface Commit {

        /** Before anything is merged: locks what must not change meanwhile, and refuses where the claim is lost. */
        void begin(Connection connection) throws SQLException;

        /** After everything is merged: moves the watermark. */
        void finish(Connection connection, LoadCounts counts) throws SQLException;
    }

    /**
     * Stages a file's rows, reading it to its end.
     *
     * @throws io.tidemark.csv.CsvException if the file is no CSV of this export
     * @throws LoadException if there are too many rejects, or its header does not fit the table
     * @throws DatabaseException as soon as the database fails, with the rest of the file unread
     */
    public void stage(CsvRecords records) {
        RowLayout known = layout;
        RowLayout own = known == null ? firstLayout(records) : known.next(records);
        layout = own;
        var reader = new RowReader(records, own, target.plan(columns), this::reject);
        staging.inTransaction(connection -> {
            try (var writer = database.dialect().stage(connection, staging.table(), columns, guard)) {
                if (transform == null) {
                    while (reader.hasNext()) {
                        staged.write(writer, reader.next());
                    }
                } else {
                    new Transformation(target, columns, transform).run(reader, staged, writer);
                }
                writer.finish();
            }
            guard.check(connection);
            return reader.good();
        });
        read += reader.read();
        if (reader.wholeness().doubtful(reader.shortLast())) {
            doubtful = records.file();
        }
    }

    /** Columns are those of the header; the table's others keep what they hold. */
    private RowLayout firstLayout(CsvRecords records) {
        RowLayout first = header(records);
        if (!first.unknown().isEmpty()) {
            target.meet(first.unknown());
        }
        var blueprint = target.blueprint();
        columns = blueprint.columns().stream()
                .filter(column -> first.position(column.field()) >= 0)
                .toList();
        for (TargetColumn column : blueprint.columns()) {
            if (column.required() && !column.filled() && !columns.contains(column)) {
                throw new LoadException(about("the export has no field " + column.field() + ", but column "
                        + column.name() + " of table " + target.table()
                        + " is NOT NULL without a default; ask for the field, or allow nulls"));
            }
        }
        staged = new StagedRows(columns);
        staging.expect(columns);
        return first;
    }

    private RowLayout header(CsvRecords records) {
        var blueprint = target.blueprint();
        return RowLayout.first(
                records,
                blueprint.columns().stream().map(TargetColumn::field).toList(),
                target.shape().key(),
                blueprint.leftOut());
    }

    /**
     * The keys of the table's live rows for which nothing was staged, in their order; for keys of one column.
     *
     * @param after the key after which they begin, null for the first
     * @param upTo the last that is looked at
     */
    public List<String> unseen(@Nullable String after, String upTo) {
        TargetColumn key = target.key();
        var bounds = new TreeMap<String, Object>(Map.of("<=", Target.typed(key, upTo)));
        if (after != null) {
            bounds.put(">", Target.typed(key, after));
        }
        return unseen(key, bounds);
    }

    /**
     * The keys of the table's live rows whose record last changed in a window, as the row says, and for which nothing was
     * staged, in their order; for keys of one column, where the table {@link Target#tellsChange}.
     *
     * @param from is in the window
     * @param to is not
     */
    public List<String> unseen(Instant from, Instant to) {
        TargetColumn changed = target.changed().orElseThrow();
        return unseen(changed, new TreeMap<>(Map.of(">=", target.at(changed, from), "<", target.at(changed, to))));
    }

    private List<String> unseen(TargetColumn column, SortedMap<String, Object> bounds) {
        onlyKeys();
        var statements =
                new MergeStatements(database.dialect(), target.blueprint().foreseen(), staging.table(), columns);
        return staging.inTransaction(connection -> {
            try (var select = connection.prepareStatement(statements.unseen(column, bounds.keySet()))) {
                int index = 0;
                for (Object bound : bounds.values()) {
                    select.setObject(++index, bound);
                }
                return Database.texts(select);
            }
        });
    }

    /** The vendor says that it has no such record any more: it is merged like one that an export shows as deleted. */
    public void gone(String key) {
        gone.add(key);
    }

    private void stageGone() {
        if (gone.isEmpty()) {
            return;
        }
        onlyKeys();
        staging.inTransaction(connection -> {
            try (var writer = database.dialect().stage(connection, staging.table(), columns, guard)) {
                for (String key : gone) {
                    staged.writeGone(writer, Target.typed(target.key(), key));
                }
                writer.finish();
            }
            guard.check(connection);
            return gone.size();
        });
    }

    /** Where no file came, nothing but keys is staged. */
    private void onlyKeys() {
        if (columns.isEmpty()) {
            columns = List.of(target.key());
            staged = new StagedRows(columns);
            staging.expect(columns);
        }
    }

    private void reject(Reject reject) {
        if (rejects.size() == settings.rejectsMost()) {
            throw new LoadException(about("more than " + settings.rejectsMost() + " rejects, the latest in "
                    + reject.file()
                    + ", line " + reject.line() + (reject.column() == null ? "" : ", field " + reject.column()) + ": "
                    + reject.reason() + ". Correct the cause, or raise tidemark.streams." + settings.name()
                    + ".rejects-most"));
        }
        rejects.add(reject);
    }

    /** The rows that could not be stored so far, at most {@code rejects-most}. */
    public List<Reject> rejects() {
        return List.copyOf(rejects);
    }

    /** Stores the rejects of a load that failed, so that a person sees them; the table is untouched. */
    public void keepRejects() {
        state.inTransaction(connection -> {
            new RejectRows(state, settings.name(), cycleId).insert(connection, rejects);
            return rejects.size();
        });
    }

    /**
     * Merges what was staged into the table and commits it, all or nothing. A rehearsal counts the same and leaves the table
     * alone; constraints and users' triggers of the table are not tried.
     *
     * @param announced how many records the vendor said there are
     * @throws CountMismatchException if another number was read and {@code count-mismatch=fail}
     * @throws BrakeException if too many rows would be deleted or blanked
     * @throws LoadException if nothing shows that the files are whole, or the table refuses a row
     * @throws DatabaseException if the database fails
     */
    public LoadCounts commit(OptionalLong announced, Commit commit) {
        var warnings = new ArrayList<>(target.blueprint().doubts());
        proveWhole(announced, warnings);
        stageGone();
        LoadCounts counts = state == database ? merged(warnings, commit) : rehearsed(warnings, commit);
        committed = true;
        if (state != database || !database.dialect().truncatesInTransaction()) {
            staging.empty();
        }
        return counts;
    }

    private LoadCounts merged(List<String> warnings, Commit commit) {
        return database.asBridge(settings.name(), connection -> {
            Database.run(connection, database.dialect().mergeSettings());
            commit.begin(connection);
            return finish(connection, merge(connection, warnings), commit);
        });
    }

    private LoadCounts rehearsed(List<String> warnings, Commit commit) {
        LoadCounts foreseen = staging.inTransaction(connection -> {
            Database.run(connection, database.dialect().mergeSettings());
            warnings.addAll(target.blueprint().foreseenInWords());
            return foresee(connection, warnings);
        });
        return state.inTransaction(connection -> {
            commit.begin(connection);
            return finish(connection, foreseen, commit);
        });
    }

    private LoadCounts finish(Connection connection, LoadCounts counts, Commit commit) throws SQLException {
        new RejectRows(state, settings.name(), cycleId).insert(connection, rejects);
        commit.finish(connection, counts);
        return counts;
    }

    private LoadCounts foresee(Connection connection, List<String> warnings) throws SQLException {
        if (columns.isEmpty()) {
            return nothing(warnings);
        }
        var merge = Merge.foreseen(connection, target, staging.table(), columns, staged);
        merge.foresee(Brake.rehearsed(settings, accepted), warnings);
        warnOfFuture(connection, warnings);
        return merge.counts(read, rejects.size(), warnings);
    }

    private static LoadCounts nothing(List<String> warnings) {
        return new LoadCounts(0, 0, 0, 0, 0, 0, 0, warnings);
    }

    private LoadCounts merge(Connection connection, List<String> warnings) throws SQLException {
        if (columns.isEmpty()) {
            EditedMerge.ofNothing(connection, target, arrival);
            return nothing(warnings);
        }
        var merge = Merge.into(connection, target, staging.table(), columns, staged, arrival);
        new RejectRows(state, settings.name(), cycleId).settle(connection, merge.stagedKeys());
        try {
            database.marked(connection, settings.name(), marked -> {
                merge.run(new Brake(settings, accepted), warnings);
                warnOfFuture(marked, warnings);
                return merge;
            });
        } catch (SQLException refused) {
            if (DatabaseException.state(refused).startsWith("23")) {
                throw refusedRow(refused);
            }
            throw refused;
        }
        return merge.counts(read, rejects.size(), warnings);
    }

    /**
     * A record cannot have changed later than now. That it changed after the window's end says nothing: vendors export
     * records as they are when they come to it. Of a file by hand nobody knows the vendor's clock.
     */
    private void warnOfFuture(Connection connection, List<String> warnings) throws SQLException {
        if (arrival.end().isEmpty()) {
            return;
        }
        Instant now = Database.now(connection).plus(arrival.ahead());
        staged.latestChange()
                .map(latest -> Duration.between(now, latest))
                .filter(ahead -> ahead.compareTo(DOUBTFUL) > 0)
                .ifPresent(ahead -> warnings.add("a record's time of change is " + ahead.truncatedTo(ChronoUnit.MINUTES)
                        + " later than now by the vendor's clock. Check in which time zone the vendor's times are"
                        + " (the keys below tidemark.sources." + settings.source() + "), and the clocks"));
    }

    private LoadException refusedRow(SQLException refused) {
        return new LoadException(
                about("table " + target.table() + " refuses a row: " + DatabaseException.words(refused)
                        + ". Correct the record at its source, or drop the constraint"),
                refused);
    }

    private void proveWhole(OptionalLong announced, List<String> warnings) {
        if (announced.isEmpty()) {
            if (doubtful != null) {
                throw new LoadException(
                        about(doubtful + " may have been cut: neither its length nor a number of records is"
                                + " known, and its end is no line's end. It is asked for again"));
            }
            return;
        }
        if (announced.getAsLong() == read) {
            return;
        }
        String words = announced.getAsLong() + " records were announced, " + read + " came";
        if (settings.countMismatch() == CountMismatch.FAIL) {
            throw new CountMismatchException(
                    about(words + ". Nothing of them is stored; if the numbers stay so, set tidemark.streams."
                            + settings.name() + ".count-mismatch=accept"),
                    announced.getAsLong(),
                    read);
        }
        warnings.add(words);
    }

    private String about(String words) {
        return "stream " + settings.name() + ": " + words;
    }

    /** Empties staging if the load was not committed; what cannot be emptied now is by the next load. */
    @Override
    public void close() {
        if (!committed) {
            committed = true;
            try {
                staging.empty();
            } catch (DatabaseException down) {
                LOG.debug("{}: staging is emptied later", settings.name(), down);
            }
        }
    }
}
