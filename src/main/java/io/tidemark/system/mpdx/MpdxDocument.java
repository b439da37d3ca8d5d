package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.system.answer.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A document of the JSON:API that holds records of one kind.
 *
 * @param included what came along, by id
 */
record MpdxDocument(MpdxKind kind, Json json, List<MpdxRecord> records, Map<String, MpdxRecord> included) {

    MpdxDocument {
        requireNonNull(kind, "kind is null");
        requireNonNull(json, "json is null");
        records = List.copyOf(records);
        included = Map.copyOf(included);
    }

    static MpdxDocument of(MpdxKind kind, Json json) {
        var records = new ArrayList<MpdxRecord>();
        for (Json each : list(json, "data")) {
            MpdxRecord record = MpdxRecord.of(each);
            if (!record.type().equals(kind.type())) {
                throw json.unexpected(kind.type());
            }
            records.add(record);
        }
        var included = new HashMap<String, MpdxRecord>();
        json.get("included").map(Json::elements).orElse(List.of()).stream()
                .map(MpdxRecord::of)
                .forEach(record -> included.put(record.id(), record));
        return new MpdxDocument(kind, json, records, included);
    }

    static List<Json> list(Json json, String name) {
        return json.get(name).map(Json::elements).orElseThrow(() -> json.unexpected(name));
    }

    /** How many records there are on all pages. */
    long total() {
        return total(json);
    }

    static long total(Json json) {
        OptionalLong total = json.get("meta")
                .flatMap(meta -> meta.get("pagination"))
                .map(pagination -> pagination.whole("total_count"))
                .orElse(OptionalLong.empty());
        return total.orElseThrow(() -> json.unexpected("meta.pagination.total_count"));
    }

    /** A record's values by the fields of a row, and with it the versions that a write must name. */
    Map<String, @Nullable String> values(MpdxRecord record) {
        var values = new LinkedHashMap<String, @Nullable String>();
        for (MpdxField field : kind.fields()) {
            values.put(field.name(), value(record, field));
        }
        values.put(MpdxField.LOCK, record.lock());
        for (MpdxPart part : kind.children()) {
            values.put(
                    part.field(MpdxField.LOCK),
                    first(record, part).map(MpdxRecord::lock).orElse(null));
        }
        return values;
    }

    List<@Nullable String> row(MpdxRecord record) {
        Map<String, @Nullable String> values = values(record);
        var row = new ArrayList<@Nullable String>();
        kind.fields().forEach(field -> row.add(values.get(field.name())));
        return row;
    }

    private @Nullable String value(MpdxRecord record, MpdxField field) {
        if (field.part() != MpdxPart.RECORD) {
            return first(record, field.part())
                    .map(child -> child.value(field.attribute()))
                    .orElse(null);
        }
        return switch (field.name()) {
            case MpdxField.ACCOUNT_LIST_ID ->
                record.related("account_list").stream().findFirst().orElse(null);
            case MpdxField.CONTACT_ID ->
                record.list(MpdxField.PARENT_CONTACTS).stream().findFirst().orElse(null);
            case MpdxField.PARENT_CONTACTS, MpdxField.TAGS -> joined(record.list(field.name()));
            case MpdxField.DELETED -> null; // only the feed of deleted records says so
            default -> record.value(field.attribute());
        };
    }

    private static @Nullable String joined(List<String> parts) {
        return parts.isEmpty() ? null : String.join(",", parts);
    }

    /** The child that the row shows: the marked one, else the one that is there longest, living ones before historic. */
    private Optional<MpdxRecord> first(MpdxRecord record, MpdxPart part) {
        return record.related(part.type()).stream()
                .flatMap(id -> Optional.ofNullable(included.get(id)).stream())
                .filter(child -> child.type().equals(part.type()))
                .min(MpdxRecord.order(part));
    }

    /** A record, or a child of one. */
    record MpdxRecord(String id, String type, JsonNode node) {

        static MpdxRecord of(Json json) {
            return new MpdxRecord(
                    json.text("id").orElseThrow(() -> json.unexpected("id")),
                    json.text("type").orElseThrow(() -> json.unexpected("type")),
                    json.node());
        }

        /** An attribute as it is written, null where it is empty. */
        @Nullable
        String value(String attribute) {
            if (attribute.equals(MpdxField.ID)) {
                return id;
            }
            JsonNode value = node.path("attributes").path(attribute);
            return !value.isValueNode() || value.isNull() || value.asText().isEmpty() ? null : value.asText();
        }

        @Nullable
        String lock() {
            String lock = value(MpdxField.LOCK);
            return lock == null ? value(MpdxField.UPDATED_AT) : lock;
        }

        /** An attribute that is an array or a text with commas, sorted, because its order means nothing. */
        List<String> list(String attribute) {
            JsonNode value = node.path("attributes").path(attribute);
            var parts = new ArrayList<String>();
            if (value.isArray()) {
                value.forEach(part -> parts.add(part.asText()));
            } else if (value.isTextual()) {
                parts.addAll(List.of(value.asText().split(",", -1)));
            }
            return parts.stream()
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .sorted()
                    .toList();
        }

        /** The ids of a relationship, which is to one or to many. */
        List<String> related(String name) {
            JsonNode data = node.path("relationships").path(name).path("data");
            var ids = new ArrayList<String>();
            if (data.isArray()) {
                data.forEach(each -> ids.add(each.path("id").asText()));
            } else if (data.hasNonNull("id")) {
                ids.add(data.path("id").asText());
            }
            return ids;
        }

        static java.util.Comparator<MpdxRecord> order(MpdxPart part) {
            return java.util.Comparator.comparing((MpdxRecord child) -> !child.isTrue(part.mark()))
                    .thenComparing(child -> child.isTrue("historic"))
                    .thenComparing(child ->
                            child.node.path("attributes").path("created_at").asText())
                    .thenComparing(MpdxRecord::id);
        }

        private boolean isTrue(String attribute) {
            return node.path("attributes").path(attribute).asBoolean();
        }
    }
}
