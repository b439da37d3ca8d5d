package io.tidemark.route;

import io.tidemark.sql.History;
import java.time.Duration;

/** What is done once a day. */
public final class Housekeeping {
    private final History history;
    private final Duration retention;

    public Housekeeping(History history, Duration retention) {
        this.history = history;
        this.retention = retention;
    }

    /** Removes what is over and older than {@code tidemark.retention}; what is open stays. */
    public void purge() {
        history.purge(retention);
    }
}
