package io.tidemark.sql;

import io.tidemark.stream.Allowance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens loads. Safe for use by many threads; each load is for one. */
public final class Loader {
    private final Database database;
    private final Database state;

    public Loader(Database database) {
        this(database, database);
    }

    /**
     * One whose loads are rehearsals if history and rejects are kept elsewhere than the tables: they count what would be
     * written, and write nothing to the tables' database.
     *
     * @param state where history and rejects are kept
     */
    public Loader(Database database, Database state) {
        this.database = database;
        this.state = state;
    }

    /**
     * A user's own change of rows before they are staged.
     *
     * <p>Gets lists of at most {@value Load#TRANSFORMED_AT_ONCE} ordered maps from column to value and returns the same
     * rows in the same order, keys untouched. Columns are in lower case where the database knows them without quotes.
     */
    @FunctionalInterface
    public interface Transform {

        /**
         * Changes rows, which it may keep.
         *
         * @throws IllegalStateException if it fails, with what a person should know
         */
        List<Map<String, @Nullable Object>> apply(List<Map<String, @Nullable Object>> rows);
    }

    /**
     * Opens the load of the cycle that is in flight under a claim. A file is staged only while the claim is held: what a
     * process that was held up stages late never gets among the rows of the one that took over.
     *
     * @param transform null for none
     * @param arrival how the export meets local edits, where there are any
     */
    public Load open(Target target, Claim claim, StreamStore store, @Nullable Transform transform, Arrival arrival) {
        Load.Guard held = connection -> store.hold(connection, claim);
        return new Load(
                        database,
                        state,
                        target,
                        claim.state().inFlight().cycleId(),
                        claim.state().accepted(),
                        transform,
                        arrival,
                        state == database ? held : connection -> {})
                .begun();
    }

    /**
     * Opens a load with empty staging.
     *
     * @param cycleId whose rejects are stored
     * @param accepted what a person let pass of the brake, null for nothing
     * @param transform null for none
     */
    public Load open(Target target, long cycleId, @Nullable Allowance accepted, @Nullable Transform transform) {
        return new Load(database, state, target, cycleId, accepted, transform, Arrival.UNKNOWN, connection -> {})
                .begun();
    }
}
