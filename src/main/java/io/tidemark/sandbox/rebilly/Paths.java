package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Fields within fields, by names with a slash between them. */
final class Paths {
    private Paths() {}

    static JsonNode get(JsonNode record, String path) {
        JsonNode node = record;
        for (String part : path.split("/", -1)) {
            node = node == null ? MissingNode.getInstance() : node.path(part);
        }
        return node == null ? MissingNode.getInstance() : node;
    }

    static void set(ObjectNode record, String path, JsonNode value) {
        String[] parts = path.split("/", -1);
        ObjectNode node = record;
        for (int place = 0; place < parts.length - 1; place++) {
            node = node.get(parts[place]) instanceof ObjectNode there ? there : node.putObject(parts[place]);
        }
        node.set(parts[parts.length - 1], value);
    }

    /** Every filled value by its path; lists whole, as JSON. */
    static Map<String, String> flat(ObjectNode record) {
        Map<String, String> all = new TreeMap<>();
        flatten("", record, all);
        return all;
    }

    private static void flatten(String prefix, ObjectNode node, Map<String, String> all) {
        node.properties().forEach(entry -> {
            String path = prefix + entry.getKey();
            if (entry.getValue() instanceof ObjectNode inner) {
                flatten(path + "/", inner, all);
            } else if (!entry.getValue().isNull() && !path.startsWith("_")) {
                all.put(path, text(entry.getValue()));
            }
        });
    }

    static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
