package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns records into the text of a file, in the readings that the switches say. */
record FileForm(List<String> fields, Switches switches) {
    String csv(List<ObjectNode> records) {
        String end = switches.get(Doubts.CRLF) ? "\r\n" : "\n";
        StringBuilder text = new StringBuilder(switches.get(Doubts.BOM) ? "\uFEFF" : "");
        text.append(line(fields.stream().map(this::head).toList())).append(end);
        for (ObjectNode record : records) {
            text.append(line(fields.stream()
                            .map(field -> cell(Paths.get(record, field)))
                            .toList()))
                    .append(end);
        }
        return text.toString();
    }

    String json(List<ObjectNode> records) {
        return records.stream()
                .map(this::object)
                .map(ObjectNode::toString)
                .collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private ObjectNode object(ObjectNode record) {
        ObjectNode object = Json.object();
        for (String field : fields) {
            JsonNode value = Paths.get(record, field);
            JsonNode shown = value.isMissingNode() ? object.nullNode() : value;
            if (switches.get(Doubts.JSON_FORM) == Doubts.JsonForm.FLAT) {
                object.set(field, shown);
            } else {
                Paths.set(object, field, shown);
            }
        }
        return object;
    }

    private String head(String field) {
        return switch (switches.get(Doubts.CSV_HEADER)) {
            case FIELD_NAME -> field;
            case LAST_PART -> field.substring(field.lastIndexOf('/') + 1);
            case TITLE -> title(field);
        };
    }

    private static String title(String field) {
        return Arrays.stream(field.split("/|(?=[A-Z])", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    private String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isBoolean() && switches.get(Doubts.CSV_BOOLEANS) == Doubts.CsvBooleans.ONE_ZERO) {
            return value.asBoolean() ? "1" : "0";
        }
        if (value.isArray() && switches.get(Doubts.CSV_ARRAYS) == Doubts.CsvArrays.JOINED) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(Paths.text(part)));
            return String.join("|", parts);
        }
        Optional<Instant> moment =
                value.isTextual() && value.asText().length() > 10 ? Moments.parse(value.asText()) : Optional.empty();
        return moment.map(this::moment).orElseGet(() -> Paths.text(value));
    }

    private String moment(Instant moment) {
        ZoneId zone = ExportOrder.zone(switches);
        return switch (switches.get(Doubts.CSV_TIMES)) {
            case ISO_Z -> Moments.iso(moment);
            case ISO_OFFSET -> Moments.offset(moment, Moments.ORGANISATION);
            case LOCAL -> Moments.local(moment, zone);
        };
    }

    private static String line(List<String> cells) {
        return cells.stream().map(FileForm::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
