package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record of any kind. Its times are whole seconds, as the vendor shows and compares them.
 *
 * @param parents the account list of a contact, the contacts of a person, the contact of an address, the person of an
 *     email address or a phone number
 */
record Entity(
        Kind kind,
        String id,
        List<String> parents,
        Map<String, JsonNode> attributes,
        Instant createdAt,
        Instant updatedAt) {
    Entity {
        parents = List.copyOf(parents);
        attributes = Map.copyOf(attributes);
    }

    JsonNode attribute(String name) {
        return attributes.getOrDefault(name, NullNode.getInstance());
    }

    /** Empty where there is no value. */
    String text(String name) {
        return attribute(name).isNull() ? "" : attribute(name).asText();
    }

    boolean isTrue(String name) {
        return attribute(name).asBoolean();
    }

    String parent() {
        return parents.get(0);
    }

    Entity with(Map<String, JsonNode> changes, Instant now) {
        Map<String, JsonNode> all = new LinkedHashMap<>(attributes);
        all.putAll(changes);
        return new Entity(kind, id, parents, all, createdAt, now);
    }

    Entity touched(Instant now) {
        return new Entity(kind, id, parents, attributes, createdAt, now);
    }

    Entity below(List<String> others, Instant now) {
        return new Entity(kind, id, others, attributes, createdAt, now);
    }
}
