package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What capture watches.
 *
 * @param home the exact name of the schema of the bridge's own tables
 * @param columns the key and the values; edits of others are nobody's business
 */
record Watch(String stream, String home, TableName table, List<TargetColumn> columns) {

    Watch {
        requireNonNull(stream, "stream is null");
        requireNonNull(home, "home is null");
        requireNonNull(table, "table is null");
        columns = List.copyOf(columns);
    }

    List<TargetColumn> key() {
        return columns.stream().filter(TargetColumn::key).toList();
    }

    /** What the user reads who changes a key. */
    static String keyIsFixed(String stream) {
        return "stream " + stream + ": the key of a row cannot be changed, because it names the record at the source;"
                + " delete the row and insert another one instead";
    }

    /** What the user reads who changes a row's number. */
    static String numberIsFixed(String stream) {
        return "stream " + stream + ": tidemark_id cannot be changed, because it tells the bridge which row is which;"
                + " leave that column out";
    }
}
