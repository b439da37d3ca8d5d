package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.sandbox.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Values of attributes. */
final class Values {
    private Values() {}

    /** An empty text is no value. */
    static JsonNode of(String text) {
        return text.isEmpty() ? NullNode.getInstance() : TextNode.valueOf(text);
    }

    static JsonNode truth(boolean value) {
        return BooleanNode.valueOf(value);
    }

    static JsonNode of(List<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    /** The elements of an array, or the parts of a text with commas between them. */
    static List<String> list(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
        }
        return Arrays.stream(
                        value.isNull() || value.isMissingNode()
                                ? new String[0]
                                : value.asText().split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** What a test or a person wrote as texts, in the form in which it is kept. */
    static Map<String, JsonNode> kept(Map<String, String> texts) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        texts.forEach((name, text) -> values.put(name, kept(name, text)));
        return values;
    }

    private static JsonNode kept(String name, String text) {
        if (name.equals("tag_list")) {
            return of(list(TextNode.valueOf(text)));
        }
        return Kind.isTruth(name) && !text.isEmpty() ? truth(text.equals("true")) : of(text);
    }

    static String time(Instant time) {
        return time.toString();
    }
}
