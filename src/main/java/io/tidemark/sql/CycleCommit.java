package io.tidemark.sql;

import io.tidemark.sql.CycleEnd.Counts;
import io.tidemark.stream.CycleKind;
import io.tidemark.stream.StreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What belongs to a cycle's commit besides its rows: the claim, still held, before them; the watermark, last, after them. */
public final class CycleCommit implements Load.Commit {
    private final StreamStore store;
    private final Claim claim;
    private final LongSupplier loadMillis;
    private final Duration settleDelay;

    /**
     * For the cycle in flight under the claim; the time is asked for at the end.
     *
     * @param settleDelay when records that were written and not seen yet are read back again
     */
    public CycleCommit(StreamStore store, Claim claim, Duration settleDelay, LongSupplier loadMillis) {
        this.store = store;
        this.claim = claim;
        this.settleDelay = settleDelay;
        this.loadMillis = loadMillis;
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        store.hold(connection, claim);
    }

    @Override
    public void finish(Connection connection, LoadCounts counts) throws SQLException {
        StreamState next = claim.state().committed(Database.now(connection), counts.warnings());
        var end = new CycleEnd("committed", Counts.of(counts), loadMillis.getAsLong(), null);
        store.save(connection, claim, next, end);
        if (claim.state().inFlight().kind() == CycleKind.READ_BACK) {
            store.readBackAgain(
                    connection, claim.stream(), Database.now(connection).plus(settleDelay));
        }
    }
}
