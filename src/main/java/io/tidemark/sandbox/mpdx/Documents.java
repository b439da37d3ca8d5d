package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Content;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows records as documents of the JSON:API. */
final class Documents {
    static final String MEDIA_TYPE = "application/vnd.api+json";
    private static final Map<Kind, Map<String, Kind>> CHILDREN = Map.of(
            Kind.CONTACT,
            Map.of("addresses", Kind.ADDRESS, "people", Kind.PERSON),
            Kind.PERSON,
            Map.of("email_addresses", Kind.EMAIL, "phone_numbers", Kind.PHONE),
            Kind.ADDRESS,
            Map.of(),
            Kind.EMAIL,
            Map.of(),
            Kind.PHONE,
            Map.of());

    private final Records records;

    Documents(Records records) {
        this.records = records;
    }

    static Response response(int status, JsonNode body) {
        return new Response(
                status, Map.of("Content-Type", MEDIA_TYPE + "; charset=utf-8"), Content.text(body.toString()));
    }

    Response one(int status, Entity entity, Query query) {
        ObjectNode document = Json.object();
        document.set("data", resource(entity, query));
        include(document, List.of(entity), query);
        return response(status, document);
    }

    /** The document of some records; the caller adds what it knows of their page. */
    ObjectNode many(List<Entity> entities, Query query) {
        ObjectNode document = Json.object();
        ArrayNode data = document.putArray("data");
        entities.forEach(entity -> data.add(resource(entity, query)));
        include(document, entities, query);
        return document;
    }

    static void paginate(ObjectNode document, Query query, int perPage, int total) {
        ObjectNode meta = document.putObject("meta");
        meta.putObject("pagination")
                .put("page", query.page())
                .put("per_page", perPage)
                .put("total_count", total)
                .put("total_pages", (total + perPage - 1) / perPage);
        meta.put("sort", query.sort().isEmpty() ? null : query.sort());
        ObjectNode filter = meta.putObject("filter");
        query.filter().forEach(filter::set);
    }

    ObjectNode resource(Entity entity, Query query) {
        ObjectNode resource =
                Json.object().put("id", entity.id()).put("type", entity.kind().type());
        ObjectNode attributes = resource.putObject("attributes");
        attributes(entity).forEach((name, value) -> {
            List<String> picked = query.fields().get(entity.kind().type());
            if (picked == null || picked.contains(name)) {
                attributes.set(name, value);
            }
        });
        ObjectNode relationships = resource.putObject("relationships");
        if (entity.kind() == Kind.CONTACT) {
            relationships
                    .putObject("account_list")
                    .putObject("data")
                    .put("id", entity.parent())
                    .put("type", "account_lists");
        }
        CHILDREN.getOrDefault(entity.kind(), Map.of()).forEach((name, kind) -> {
            ArrayNode data = relationships.putObject(name).putArray("data");
            records.children(kind, entity.id())
                    .forEach(child -> data.addObject().put("id", child.id()).put("type", kind.type()));
        });
        return resource;
    }

    private Map<String, JsonNode> attributes(Entity entity) {
        Map<String, JsonNode> shown = new LinkedHashMap<>();
        for (String name : entity.kind().writable()) {
            JsonNode standard = Kind.isTruth(name) ? Values.truth(false) : Values.of("");
            JsonNode value = entity.attribute(name);
            shown.put(name, value.isNull() ? standard : value);
        }
        if (entity.kind() == Kind.CONTACT) {
            shown.put("tag_list", Values.of(Values.list(entity.attribute("tag_list"))));
            shown.put("avatar", Values.of("https://mpdx.example/avatar.png"));
            shown.put("late_at", Values.of(""));
            shown.put("total_donations", Values.of("0.0"));
        } else if (entity.kind() == Kind.PERSON) {
            shown.put("parent_contacts", Values.of(entity.parents()));
        } else {
            shown.put("source", Values.of(entity.text("source").isEmpty() ? "MPDX" : entity.text("source")));
        }
        shown.put("created_at", Values.of(Values.time(entity.createdAt())));
        shown.put("updated_at", Values.of(Values.time(entity.updatedAt())));
        shown.put("updated_in_db_at", Values.of(Values.time(entity.updatedAt())));
        return shown;
    }

    private void include(ObjectNode document, List<Entity> entities, Query query) {
        if (query.include().isEmpty()) {
            return;
        }
        Map<String, Entity> included = new LinkedHashMap<>();
        for (String path : query.include()) {
            List<Entity> level = entities;
            for (String name : path.split("\\.", -1)) {
                level = level.stream()
                        .flatMap(entity -> children(entity, name).stream())
                        .toList();
                level.forEach(child -> included.put(child.id(), child));
            }
        }
        ArrayNode array = document.putArray("included");
        Set<String> shown = Set.copyOf(entities.stream().map(Entity::id).toList());
        List<Entity> rest = new ArrayList<>(included.values());
        rest.removeIf(child -> shown.contains(child.id()));
        rest.forEach(child -> array.add(resource(child, query)));
    }

    private List<Entity> children(Entity entity, String name) {
        Kind kind = CHILDREN.getOrDefault(entity.kind(), Map.of()).get(name);
        return kind == null ? List.of() : records.children(kind, entity.id());
    }
}
