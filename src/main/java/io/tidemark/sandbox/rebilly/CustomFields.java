package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Response;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The custom fields that the organisation has defined for its customers. */
final class CustomFields {
    private static final Set<String> RESOURCES = Set.of(
            "customers",
            "payment-instruments",
            "orders",
            "subscriptions",
            "transactions",
            "websites",
            "products",
            "plans",
            "gateway-accounts",
            "deposit-requests");
    private static final Set<String> TYPES =
            Set.of("array", "boolean", "date", "datetime", "integer", "number", "string", "monetary");

    private final Map<String, String> typeByName = new ConcurrentSkipListMap<>();

    void define(String name, String type) {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("a custom field has no type " + type);
        }
        typeByName.put(name, type);
    }

    boolean defined(String name) {
        return typeByName.containsKey(name);
    }

    Response list(String resource) {
        if (!RESOURCES.contains(resource)) {
            throw Problem.notFound("the resource " + resource);
        }
        ArrayNode all = Json.array();
        if (resource.equals("customers")) {
            typeByName.forEach((name, type) -> all.addObject()
                    .put("name", name)
                    .put("type", type)
                    .putNull("description")
                    .put("isEnabled", true)
                    .putNull("additionalSchema"));
        }
        return Response.json(200, all)
                .with("Pagination-Total", Integer.toString(all.size()))
                .with("Pagination-Limit", "100")
                .with("Pagination-Offset", "0");
    }

    boolean accepts(String name, JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        return switch (typeByName.getOrDefault(name, "")) {
            case "array" -> value.isArray();
            case "boolean" -> value.isBoolean();
            case "date" -> value.isTextual() && value.asText().matches("\\d{4}-\\d\\d-\\d\\d");
            case "datetime" ->
                value.isTextual() && Moments.parse(value.asText()).isPresent();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "string" -> value.isTextual() && !value.asText().isEmpty();
            case "monetary" ->
                value.path("currency").isTextual() && value.path("amount").isNumber();
            default -> false;
        };
    }
}
