package io.tidemark.route;

import io.tidemark.sql.CycleEnd.Counts;

/** Hears what became of cycles, after it is stored. Called by worker threads; must not fail and must not take long. */
public interface Listener {

    /**
     * A cycle is in the table.
     *
     * @param jobMillis from the request to the load
     * @param loadMillis from the load's start to the commit
     */
    void committed(String stream, Counts counts, long jobMillis, long loadMillis);

    /** A cycle failed; another will be tried. */
    void failed(String stream, String reason);

    /** The stream waits for a person. */
    void stopped(String stream, String reason);

    /** The stream waits for a person to accept what its brake counted. */
    void braked(String stream, String reason);
}
