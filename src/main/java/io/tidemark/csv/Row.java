package io.tidemark.csv;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One good row. A row is compared by identity: the array belongs to whoever pulled the row.
 *
 * @param line the first physical line of its record
 * @param values one for each column asked for, in that order; null where the cell is empty
 * @param deleted whether the record is deleted at the source
 * @param changedAt when the record last changed, null where the row does not say so to the second and without doubt
 */
@SuppressWarnings("ArrayRecordComponent")
public record Row(
        long line,
        @Nullable Object[] values,
        boolean deleted,
        @Nullable Instant changedAt) {}
