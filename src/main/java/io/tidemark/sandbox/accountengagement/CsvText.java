package io.tidemark.sandbox.accountengagement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Files as they come in and go out. */
final class CsvText {
    private CsvText() {}

    static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int place = 0; place < text.length(); place++) {
            char next = text.charAt(place);
            if (next == '"') {
                boolean doubled = quoted && place + 1 < text.length() && text.charAt(place + 1) == '"';
                if (doubled) {
                    cell.append(next);
                    place++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (next == ',' || next == '\n')) {
                record.add(cell.toString());
                cell.setLength(0);
                if (next == '\n') {
                    records.add(record);
                    record = new ArrayList<>();
                }
            } else if (quoted || next != '\r') {
                cell.append(next);
            }
        }
        if (cell.length() > 0 || !record.isEmpty()) {
            record.add(cell.toString());
            records.add(record);
        }
        return records;
    }

    static String line(List<String> values) {
        return values.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String value) {
        boolean needed = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || !value.equals(value.strip());
        return needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
