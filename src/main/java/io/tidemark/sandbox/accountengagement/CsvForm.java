package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.Switches;
import java.util.List;

/** Turns records into the text of a file: no byte order mark, the fields' names first, nothing for null. */
record CsvForm(Export export, Switches switches) {
    String file(List<Version> rows) {
        StringBuilder text = new StringBuilder(CsvText.line(export.request.headings()));
        rows.forEach(row -> text.append(CsvText.line(export.request.fields().stream()
                .map(field -> shown(field, row.value(field.name())))
                .toList())));
        return text.toString();
    }

    private String shown(Field field, String value) {
        if (value.isEmpty()) {
            return value;
        }
        return switch (field.type()) {
            case FLAG -> export.version == 5 ? value : value.equals("true") ? "1" : "0";
            case TIME -> time(field, value);
            default -> value;
        };
    }

    private String time(Field field, String value) {
        VendorTime time = new VendorTime(export.zone, export.created);
        if (field.name().equals("activityDate") && switches.get(Doubts.ACTIVITY_DATE_ONLY)) {
            return time.local(value).substring(0, 10);
        }
        return switch (switches.get(Doubts.CSV_DATES)) {
            case LOCAL -> time.local(value);
            case ISO_Z -> value;
            case ISO_OFFSET -> time.withOffset(value);
        };
    }
}
