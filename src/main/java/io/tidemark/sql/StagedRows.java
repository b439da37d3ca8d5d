package io.tidemark.sql;

import io.tidemark.csv.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the rows in staging without asking the database. */
final class StagedRows {
    /** Rows that come in slowly go on after so long, so that a database that failed meanwhile is not read for to the end. */
    private static final long WAIT_NANOS = 1_000_000_000L;

    private final List<TargetColumn> columns;
    private final boolean[] nulls;
    private final int onlyKey;
    private long good;
    private long deleted;
    private long withNulls;
    private boolean bare;
    private @Nullable Instant latest;
    private long lastKey;
    private boolean ascending;
    private long sentOn = System.nanoTime();

    StagedRows(List<TargetColumn> columns) {
        this.columns = columns;
        this.nulls = new boolean[columns.size()];
        this.onlyKey = onlyKey(columns);
        this.ascending = onlyKey >= 0;
        this.lastKey = Long.MIN_VALUE;
    }

    private static int onlyKey(List<TargetColumn> columns) {
        int found = -1;
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).key()) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    void write(StagingWriter writer, Row row) throws SQLException {
        @Nullable Object[] values = row.values();
        writer.write(good, row.deleted(), row.changedAt(), values);
        good++;
        Instant changed = row.changedAt();
        if (changed != null && (latest == null || changed.isAfter(latest))) {
            latest = changed;
        }
        long now = System.nanoTime();
        if (now - sentOn > WAIT_NANOS) {
            writer.flush();
            sentOn = now;
        }
        if (row.deleted()) {
            deleted++;
        }
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                nulls[i] = true;
                any = true;
            }
        }
        if (any) {
            withNulls++;
        }
        if (ascending) {
            follow(values[onlyKey]);
        }
    }

    /** A deleted record of which nothing is known but its key. */
    void writeGone(StagingWriter writer, Object key) throws SQLException {
        var values = new @Nullable Object[columns.size()];
        values[onlyKey] = key;
        writer.write(good++, true, null, values);
        deleted++;
        bare = true;
        ascending = false;
    }

    /** Whether some rows of deleted records came with their key alone. */
    boolean bare() {
        return bare;
    }

    private void follow(@Nullable Object key) {
        if (key instanceof Long || key instanceof Integer || key instanceof Short) {
            long number = ((Number) key).longValue();
            ascending = number > lastKey || good == 1;
            lastKey = number;
        } else {
            ascending = false;
        }
    }

    long good() {
        return good;
    }

    /** The latest time of change, empty where no row tells one. */
    Optional<Instant> latestChange() {
        return Optional.ofNullable(latest);
    }

    /** Rows whose record is deleted. */
    long deleted() {
        return deleted;
    }

    /** Rows with at least one empty value; no more rows can be blanked. */
    long withNulls() {
        return withNulls;
    }

    /** The columns in which some row has no value. */
    List<TargetColumn> columnsWithNulls() {
        var found = new ArrayList<TargetColumn>();
        for (int i = 0; i < nulls.length; i++) {
            if (nulls[i]) {
                found.add(columns.get(i));
            }
        }
        return found;
    }

    /** Whether each key was greater than the one before it, which leaves none to be looked for twice. */
    boolean keysAscend() {
        return ascending;
    }
}
