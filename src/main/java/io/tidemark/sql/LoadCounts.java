package io.tidemark.sql;

import java.util.List;

/**
 * What became of an export's records.
 *
 * @param read good, rejected and duplicate records over all files
 * @param updated rows that differed, those that came back to life and those already marked among them
 * @param unchanged records whose row was equal already, and deleted records of rows that were never there
 * @param deleted rows that are gone or newly marked
 * @param duplicate records that a later one of the same key replaced
 * @param warnings for people; keys at most, no row contents
 */
public record LoadCounts(
        long read,
        long inserted,
        long updated,
        long unchanged,
        long deleted,
        long rejected,
        long duplicate,
        List<String> warnings) {

    public LoadCounts {
        warnings = List.copyOf(warnings);
    }
}
