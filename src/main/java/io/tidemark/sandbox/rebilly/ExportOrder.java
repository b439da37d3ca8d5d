package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants exported, as it was asked for.
 *
 * @param rangeField what the date range means, after the switches have had their say
 */
record ExportOrder(
        ObjectNode body, Resource resource, List<String> fields, String rangeField, Optional<Recurrence> recurrence) {
    private static final Set<String> WRITABLE =
            Set.of("name", "format", "resource", "arguments", "emailNotification", "fields", "recurring", "dateRange");

    static ExportOrder read(ObjectNode body, CustomFields customFields, Switches switches, Instant now) {
        body.properties().forEach(entry -> {
            if (!WRITABLE.contains(entry.getKey())
                    && switches.get(Doubts.READ_ONLY_FIELDS) == Doubts.ReadOnlyFields.REFUSED) {
                throw Problem.invalid(entry.getKey(), "cannot be written");
            }
        });
        String name = required(body, "", "name");
        if (name.length() > 50) {
            throw Problem.invalid("name", "is too long (maximum is 50 characters)");
        }
        Resource resource = resource(required(body, "", "resource"));
        if (!resource.formats().contains(required(body, "", "format"))) {
            throw Problem.invalid("format", "must be one of " + String.join(", ", resource.formats()));
        }
        ObjectNode kept = body.deepCopy();
        kept.retain(WRITABLE);
        return new ExportOrder(
                kept,
                resource,
                fields(body, resource, customFields, switches),
                rangeField(body, resource, switches, now),
                recurrence(body, now));
    }

    private static String required(JsonNode object, String inside, String field) {
        String text = object.path(field).asText("");
        if (text.isEmpty()) {
            throw Problem.invalid(inside + field, "is required");
        }
        return text;
    }

    private static Resource resource(String name) {
        if (!Resource.exists(name)) {
            throw Problem.invalid("resource", "is not a resource that can be exported");
        }
        return Resource.named(name);
    }

    private static List<String> fields(JsonNode body, Resource resource, CustomFields customFields, Switches switches) {
        List<String> asked = new ArrayList<>();
        body.path("fields").forEach(field -> asked.add(field.asText()));
        for (int place = 0; place < asked.size(); place++) {
            boolean known = knows(asked.get(place), resource, customFields);
            if (!known && switches.get(Doubts.UNKNOWN_FIELDS) == Doubts.UnknownFields.REFUSED) {
                throw Problem.invalid("fields." + place, "is not a field of " + resource.name());
            }
        }
        return asked.isEmpty() ? resource.defaultFields() : List.copyOf(asked);
    }

    private static boolean knows(String field, Resource resource, CustomFields customFields) {
        boolean custom = resource.equals(Resource.CUSTOMERS)
                && field.startsWith(Resource.CUSTOM)
                && customFields.defined(field.substring(Resource.CUSTOM.length()));
        return custom || resource.fields().contains(field);
    }

    private static String rangeField(JsonNode body, Resource resource, Switches switches, Instant now) {
        JsonNode range = body.path("dateRange");
        if (range.isMissingNode() || range.isNull()) {
            return resource.timeField();
        }
        for (String end : List.of("start", "end")) {
            if (Moments.argument(required(range, "dateRange.", end), now, ZoneOffset.UTC)
                    .isEmpty()) {
                throw Problem.invalid("dateRange." + end, "is not a date");
            }
        }
        String field = range.path("field").asText(resource.timeField());
        if (!resource.fields().contains(field)) {
            throw Problem.invalid("dateRange.field", "is not a field of " + resource.name());
        }
        boolean doubted = field.equals("updatedTime") && !resource.name().equals("transactions");
        return switch (switches.get(Doubts.DATE_FIELD)) {
            case HONOURED -> field;
            case IGNORED -> doubted ? resource.timeField() : field;
            case REFUSED -> {
                if (doubted) {
                    throw Problem.invalid("dateRange.field", "is not supported");
                }
                yield field;
            }
        };
    }

    private static Optional<Recurrence> recurrence(JsonNode body, Instant now) {
        JsonNode recurring = body.path("recurring");
        if (recurring.isMissingNode() || recurring.isNull()) {
            return Optional.empty();
        }
        String rule = required(recurring, "recurring.", "instruction");
        Instant start = recurring.hasNonNull("start")
                ? Moments.parse(recurring.path("start").asText())
                        .orElseThrow(() -> Problem.invalid("recurring.start", "is not a date"))
                : now;
        return Optional.of(Recurrence.read(rule, start)
                .orElseThrow(() -> Problem.invalid("recurring.instruction", "is not a rule that is known here")));
    }

    String format() {
        return body.path("format").asText();
    }

    Instant scheduled(Instant created) {
        return recurrence.map(Recurrence::start).filter(created::isBefore).orElse(created);
    }

    /** The records that belong to it, in its order. */
    List<ObjectNode> select(List<ObjectNode> records, Switches switches, Instant now) {
        JsonNode arguments = body.path("arguments");
        List<ObjectNode> chosen = Listing.sorted(
                records,
                Filter.read(arguments.path("filter").asText("")),
                arguments.path("q").asText(""),
                arguments.path("sort").asText(""));
        JsonNode range = body.path("dateRange");
        if (!range.isObject()) {
            return chosen;
        }
        ZoneId zone = zone(switches);
        Instant start =
                Moments.argument(range.path("start").asText(), now, zone).orElseThrow();
        Instant end = Moments.argument(range.path("end").asText(), now, zone).orElseThrow();
        return chosen.stream()
                .filter(record -> inRange(record, start, end, switches.get(Doubts.BOUNDS)))
                .toList();
    }

    static ZoneId zone(Switches switches) {
        return switches.get(Doubts.RELATIVE_ZONE) == Doubts.RelativeZone.UTC ? ZoneOffset.UTC : Moments.ORGANISATION;
    }

    private boolean inRange(ObjectNode record, Instant start, Instant end, Doubts.Bounds bounds) {
        Optional<Instant> time = Moments.parse(Paths.get(record, rangeField).asText(""));
        boolean startIncluded = bounds == Doubts.Bounds.START_INCLUDED || bounds == Doubts.Bounds.BOTH_INCLUDED;
        boolean endIncluded = bounds == Doubts.Bounds.END_INCLUDED || bounds == Doubts.Bounds.BOTH_INCLUDED;
        return time.filter(moment -> moment.isAfter(start) || (startIncluded && moment.equals(start)))
                .filter(moment -> moment.isBefore(end) || (endIncluded && moment.equals(end)))
                .isPresent();
    }
}
