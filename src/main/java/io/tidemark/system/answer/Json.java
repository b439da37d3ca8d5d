package io.tidemark.system.answer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.system.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A value in an answer. Names are found whatever their case, and a boolean or a number may be written as a string,
 * because the vendor's documentation and its server differ in both.
 *
 * @param origin who answered which call, for messages
 */
public record Json(String origin, JsonNode node) {

    public Json {
        requireNonNull(origin, "origin is null");
        requireNonNull(node, "node is null");
    }

    /** Whether the property is there, even as null. */
    public boolean holds(String name) {
        return find(name).isPresent();
    }

    /** The property, empty where it is missing or null. */
    public Optional<Json> get(String name) {
        return find(name).filter(found -> !found.isNull()).map(found -> new Json(origin, found));
    }

    private Optional<JsonNode> find(String name) {
        return node.properties().stream()
                .filter(property -> property.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The property as text, empty where it has none. */
    public Optional<String> text(String name) {
        return get(name).flatMap(Json::scalar);
    }

    /** Those of the properties that have a text, in the given order. */
    public List<String> texts(String... names) {
        return Arrays.stream(names).flatMap(name -> text(name).stream()).toList();
    }

    /** An object of the same answer without properties. */
    public Json nothing() {
        return new Json(origin, JsonNodeFactory.instance.objectNode());
    }

    public Optional<String> scalar() {
        return Optional.of(node)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .map(String::trim)
                .filter(text -> !text.isEmpty());
    }

    /** The property as a whole number of up to 64 bits. */
    public OptionalLong whole(String name) {
        return get(name).map(Json::wholeValue).orElse(OptionalLong.empty());
    }

    public OptionalLong wholeValue() {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return OptionalLong.of(node.longValue());
        }
        return node.isTextual() ? digits(node.textValue().trim()) : OptionalLong.empty();
    }

    private static OptionalLong digits(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    public Optional<Boolean> flag(String name) {
        return text(name).flatMap(Json::flagValue);
    }

    private static Optional<Boolean> flagValue(String text) {
        if (text.equalsIgnoreCase("true")) {
            return Optional.of(true);
        }
        return text.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
    }

    /** The names of an object's properties. */
    public List<String> names() {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    public boolean isArray() {
        return node.isArray();
    }

    /** The elements of an array, of an envelope around one, or the single object that came instead. */
    public List<Json> elements() {
        if (node.isArray()) {
            return array();
        }
        if (!node.isObject()) {
            throw unexpected("list");
        }
        return get("items").filter(Json::isArray).map(Json::array).orElse(List.of(this));
    }

    private List<Json> array() {
        var elements = new ArrayList<Json>();
        for (JsonNode element : node) {
            elements.add(new Json(origin, element));
        }
        return elements;
    }

    public ApiException.Refused unexpected(String expected) {
        return new ApiException.Refused(origin + " with JSON that holds no " + expected);
    }
}
