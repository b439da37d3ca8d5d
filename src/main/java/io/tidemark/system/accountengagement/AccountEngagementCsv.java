package io.tidemark.system.accountengagement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The text of an import, and of what was wrong with it: RFC 4180, a header first. */
final class AccountEngagementCsv {

    private final String text;
    private int place;

    private AccountEngagementCsv(String text) {
        this.text = text;
    }

    /** A line of a file, every cell in quotes. */
    static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** The records of a file, its header among them; blank lines are none. */
    static List<List<String>> records(String text) {
        var csv = new AccountEngagementCsv(text.startsWith("\uFEFF") ? text.substring(1) : text);
        var records = new ArrayList<List<String>>();
        while (csv.place < csv.text.length()) {
            List<String> record = csv.record();
            if (!record.equals(List.of(""))) {
                records.add(record);
            }
        }
        return records;
    }

    private List<String> record() {
        var cells = new ArrayList<String>();
        cells.add(cell());
        while (at(',')) {
            place++;
            cells.add(cell());
        }
        if (at('\r')) {
            place++;
        }
        if (at('\n')) {
            place++;
        }
        return cells;
    }

    private String cell() {
        if (at('"')) {
            return quoted();
        }
        int end = place;
        while (end < text.length() && ",\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String cell = text.substring(place, end);
        place = end;
        return cell;
    }

    /** What comes between the closing quote and the end of the cell is taken along; a file that breaks off ends its cell. */
    private String quoted() {
        var cell = new StringBuilder();
        place++;
        while (place < text.length()) {
            char next = text.charAt(place++);
            if (next != '"') {
                cell.append(next);
            } else if (at('"')) {
                cell.append(next);
                place++;
            } else {
                return cell + cell();
            }
        }
        return cell.toString();
    }

    private boolean at(char wanted) {
        return place < text.length() && text.charAt(place) == wanted;
    }

    /** A form with one file, as browsers send it. */
    static Form form(String name, String fileName, String content) {
        String boundary = "tidemark";
        while (content.contains(boundary)) {
            boundary += "-";
        }
        return new Form(
                "multipart/form-data; boundary=" + boundary + "; charset=UTF-8",
                String.join(
                        "\r\n",
                        Arrays.asList(
                                "--" + boundary,
                                "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName + "\"",
                                "Content-Type: text/csv; charset=UTF-8",
                                "",
                                content,
                                "--" + boundary + "--",
                                "")));
    }

    /** The body of a call, and its type. */
    record Form(String type, String body) {}
}
