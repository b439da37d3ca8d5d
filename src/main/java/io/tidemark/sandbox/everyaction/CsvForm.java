package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Switches;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns records into lines of a file, each with its line end. The switches are read once. For one thread. */
final class CsvForm {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter SEVEN_DIGITS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS");

    private final ExportRequest request;
    private final ZoneId zone;
    private final boolean dateOnlyCreated;
    private final boolean newlines;
    private final boolean errorRows;
    private final boolean barePhones;
    private final boolean moneySigns;
    private final boolean customNames;
    private final String lineEnd;
    private final DecimalFormat money = new DecimalFormat("$#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
    private int rows;

    CsvForm(ExportRequest request, Switches switches) {
        this.request = request;
        this.zone = switches.get(Doubts.ZONE) == Doubts.Zone.UTC ? ZoneOffset.UTC : Timestamps.EASTERN;
        this.dateOnlyCreated = switches.get(Doubts.DATE_ONLY_CREATED);
        this.newlines = switches.get(Doubts.QUOTED_NEWLINES);
        this.errorRows = switches.get(Doubts.ERROR_ROWS);
        this.barePhones = switches.get(Doubts.BARE_PHONES);
        this.moneySigns = switches.get(Doubts.MONEY_SIGNS);
        this.customNames = switches.get(Doubts.CUSTOM_HEADER) == Doubts.CustomHeader.NAME;
        this.lineEnd = switches.get(Doubts.CRLF) ? "\r\n" : "\n";
    }

    String header() {
        List<String> names = new ArrayList<>();
        request.fields().forEach(field -> names.add(field.name()));
        request.customFields().forEach(field -> names.add(customNames ? field.name() : field.column()));
        if (errorRows) {
            names.add("ErrorMessage");
        }
        return line(names);
    }

    String row(Version version) {
        rows++;
        List<String> values = new ArrayList<>();
        request.fields().forEach(field -> values.add(shown(field, version.value(field.name()))));
        request.customFields().forEach(field -> values.add(version.value(field.column())));
        if (errorRows) {
            values.add(rows % 5 == 0 ? "This record could not be exported" : "");
        }
        return line(values);
    }

    private String shown(Field field, String value) {
        if (value.isEmpty()) {
            return value;
        }
        if (barePhones && field.name().equals("Phone")) {
            return PersonShape.digits(value);
        }
        if (barePhones && field.name().equals("PhoneOptInStatus")) {
            return value.equals("U") ? "" : value;
        }
        return switch (field.type()) {
            case 'D' -> date(field, value);
            case 'M' -> moneySigns ? money.format(new BigDecimal(value)) : value;
            case 'T' -> newlines ? value : value.replaceAll("\\R", " ");
            default -> value;
        };
    }

    private String date(Field field, String value) {
        if (!value.endsWith("Z")) {
            return value;
        }
        LocalDateTime local = LocalDateTime.ofInstant(Instant.parse(value), zone);
        if (dateOnlyCreated && field.name().equals("DateCreated")) {
            return local.toLocalDate().toString();
        }
        return (local.equals(local.truncatedTo(ChronoUnit.SECONDS)) ? SECONDS : SEVEN_DIGITS).format(local);
    }

    private String line(List<String> values) {
        return values.stream().map(CsvForm::quoted).collect(Collectors.joining(",", "", lineEnd));
    }

    private static String quoted(String value) {
        boolean needed = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || !value.equals(value.strip());
        return needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
