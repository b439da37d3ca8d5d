package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.RefusedRequest;
import io.tidemark.sandbox.Switches;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a new export job is asked for, found valid.
 *
 * @param body as sent, for the echo
 * @param to empty where it was left out
 */
record ExportRequest(
        ObjectNode body,
        ResourceType type,
        Instant from,
        Optional<Instant> to,
        Set<Long> ids,
        List<Field> fields,
        List<CustomField> customFields,
        Set<Long> activistCodes,
        int kilobytes,
        boolean includeInactive,
        int contactMode,
        boolean excludeSelf) {
    private static final Duration FURTHEST_BACK = Duration.ofDays(90);

    /** Throws the refusal for whatever is not valid. */
    static ExportRequest read(ObjectNode body, Switches switches, Instant now) {
        ResourceType type = Catalogue.find(body.path("resourceType").asText())
                .orElseThrow(() -> ApiError.invalid("resourceType is not an available resource", "resourceType"));
        ZoneId zone = switches.get(Doubts.ZONE) == Doubts.Zone.UTC ? ZoneOffset.UTC : Timestamps.EASTERN;
        Instant from = moment(body, "dateChangedFrom", zone)
                .orElseThrow(() -> ApiError.invalid("dateChangedFrom is required", "dateChangedFrom"));
        Optional<Instant> to = moment(body, "dateChangedTo", zone);
        checkWindow(from, to, now);
        return new ExportRequest(
                body,
                type,
                from,
                to,
                ids(body, "requestedIds"),
                fields(body, type),
                customFields(body, type),
                type.equals(Catalogue.CONTACTS_ACTIVIST_CODES) ? ids(body, "requestedActivistCodeIds") : Set.of(),
                number(body, "fileSizeKbLimit", 40_000, 1_000, 100_000),
                flag(body, "includeInactive"),
                number(body, "contactMode", 3, 1, 3),
                flag(body, "excludeChangesFromSelf"));
    }

    private static void checkWindow(Instant from, Optional<Instant> to, Instant now) {
        if (from.isBefore(now.minus(FURTHEST_BACK))) {
            throw ApiError.invalid("dateChangedFrom must be within the last 90 days", "dateChangedFrom");
        }
        if (from.isAfter(now)) {
            throw ApiError.invalid("dateChangedFrom must not be in the future", "dateChangedFrom");
        }
        if (to.isPresent() && to.get().isAfter(now)) {
            throw ApiError.invalid("dateChangedTo must not be in the future", "dateChangedTo");
        }
        if (to.isPresent() && !to.get().isAfter(from)) {
            throw ApiError.invalid("dateChangedTo must follow dateChangedFrom", "dateChangedFrom", "dateChangedTo");
        }
    }

    private static Optional<Instant> moment(ObjectNode body, String name, ZoneId zone) {
        if (!body.hasNonNull(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Timestamps.read(body.path(name).asText(), zone));
        } catch (DateTimeException e) {
            throw ApiError.invalid(name + " is not a timestamp", name);
        }
    }

    private static Set<Long> ids(ObjectNode body, String name) {
        Set<Long> ids = new HashSet<>();
        for (JsonNode id : list(body, name)) {
            if (!id.canConvertToInt()) {
                throw ApiError.invalid(name + " must be whole numbers of 32 bits", name);
            }
            ids.add(id.asLong());
        }
        return ids;
    }

    private static List<Field> fields(ObjectNode body, ResourceType type) {
        Set<String> asked = new HashSet<>();
        for (JsonNode name : list(body, "requestedFields")) {
            asked.add(type.field(name.asText())
                    .orElseThrow(() -> unknown("requestedFields", name))
                    .name());
        }
        return type.fields().stream()
                .filter(field -> field.core() || asked.contains(field.name()))
                .toList();
    }

    private static List<CustomField> customFields(ObjectNode body, ResourceType type) {
        List<CustomField> fields = new ArrayList<>();
        for (JsonNode id : list(body, "requestedCustomFieldIds")) {
            fields.add(Catalogue.customField(id.asLong())
                    .filter(field -> type.takesCustomFields())
                    .orElseThrow(() -> unknown("requestedCustomFieldIds", id)));
        }
        return fields;
    }

    private static RefusedRequest unknown(String name, JsonNode value) {
        return ApiError.invalid(value.asText() + " is not available for this resource", name);
    }

    private static JsonNode list(ObjectNode body, String name) {
        JsonNode list = body.path(name);
        if (!list.isArray() && body.hasNonNull(name)) {
            throw ApiError.invalid(name + " must be an array", name);
        }
        return list;
    }

    private static int number(ObjectNode body, String name, int otherwise, int least, int most) {
        if (!body.hasNonNull(name)) {
            return otherwise;
        }
        JsonNode value = body.path(name);
        if (!value.canConvertToInt() || value.asInt() < least || value.asInt() > most) {
            throw ApiError.invalid(name + " must be from " + least + " to " + most, name);
        }
        return value.asInt();
    }

    // real clients send the text "true"
    private static boolean flag(ObjectNode body, String name) {
        return body.path(name).asBoolean();
    }
}
