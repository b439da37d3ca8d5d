package io.tidemark.sandbox.mpdx;

import java.util.List;
import java.util.stream.Collectors;

/** A file's header and rows, before they are written in a format. */
record Table(List<String> header, List<List<String>> rows) {

    /** The header always quoted, the rows where needed, and a blank line at the end. */
    String csv() {
        String head = header.stream().map(Table::quoted).collect(Collectors.joining(","));
        return rows.stream()
                .map(row -> row.stream()
                        .map(value -> needsQuotes(value) ? quoted(value) : value)
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", head + "\n", rows.isEmpty() ? "\n" : "\n\n"));
    }

    private static boolean needsQuotes(String value) {
        return value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    }

    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
