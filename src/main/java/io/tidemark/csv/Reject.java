package io.tidemark.csv;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A row that cannot be stored, and why.
 *
 * @param line the first physical line of its record
 * @param column the export's name of the field, null where the row as a whole is at fault
 * @param reason what does not fit, with the limit; never the value
 * @param raw the record as CSV, at most 2,000 characters, NUL and undecodable bytes replaced visibly
 * @param key the record's key as text, its parts joined by a slash; null where it cannot be read
 */
public record Reject(
        String file,
        long line,
        @Nullable String column,
        String reason,
        String raw,
        @Nullable String key) {

    public Reject {
        requireNonNull(file, "file is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(raw, "raw is null");
    }
}
