package io.tidemark.csv;

import java.util.Arrays;
import java.util.List;

/**
 * One record of a file. The array belongs to the record's reader: it is not copied, a million times over.
 *
 * @param line the first physical line of the record, from 1
 * @param cells the cells as they stand in the file, unquoted; never null, empty where the file has nothing
 */
@SuppressWarnings("ArrayRecordComponent")
public record CsvRecord(long line, String[] cells) {

    /** Whether this is a blank line, or a lone quoted empty cell, which looks the same. */
    boolean blank() {
        return cells.length == 1 && cells[0].isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CsvRecord that && line == that.line && Arrays.equals(cells, that.cells);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(line) * 31 + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return "CsvRecord[line=" + line + ", cells=" + List.of(cells) + "]";
    }
}
