package io.tidemark.sql;

import io.tidemark.stream.CycleKind;
import io.tidemark.stream.Flight;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A cycle of files that a person exported by hand: a row of history and nothing else. No job, and neither the stream's state
 * nor its watermark changes. The claim under which it runs keeps every other cycle of the stream away.
 */
public final class LoadCycle implements Load.Commit {
    private final Database database;
    private final StreamStore store;
    private final Claim claim;
    private final Flight flight;
    private final long began = System.nanoTime();

    private LoadCycle(Database database, StreamStore store, Claim claim, long cycle) {
        this.database = database;
        this.store = store;
        this.claim = claim;
        this.flight = new Flight(cycle, CycleKind.LOAD, claim.takenAt(), null, null, Optional.empty());
    }

    /** Writes its row of history. */
    public static LoadCycle begin(Database database, StreamStore store, Claim claim) {
        long cycle = database.inTransaction(
                connection -> store.insertCycle(connection, claim.stream(), CycleKind.LOAD, null, null));
        return new LoadCycle(database, store, claim, cycle);
    }

    public long id() {
        return flight.cycleId();
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        store.hold(connection, claim);
    }

    @Override
    public void finish(Connection connection, LoadCounts counts) throws SQLException {
        long millis = (System.nanoTime() - began) / 1_000_000;
        new CycleEnd("committed", CycleEnd.Counts.of(counts), millis, null).write(database, connection, flight);
    }

    /** Nothing of it is in the table. */
    public void failed(String error) {
        database.inTransaction(connection -> {
            CycleEnd.failed(error).write(database, connection, flight);
            return error;
        });
    }
}
