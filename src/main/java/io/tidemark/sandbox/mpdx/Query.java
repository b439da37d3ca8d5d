package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a request.
 *
 * @param filter by name, a text or, where the name was written with empty brackets, an array
 */
record Query(
        Map<String, JsonNode> filter,
        Map<String, List<String>> fields,
        List<String> include,
        String sort,
        int page,
        int perPage) {
    private static final Pattern FILTER = Pattern.compile("filter\\[(\\w+)](\\[])?");
    private static final Pattern FIELDS = Pattern.compile("fields\\[(\\w+)]");

    static Query of(Request request) {
        Map<String, JsonNode> filter = new LinkedHashMap<>();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Map<String, String> rest = new LinkedHashMap<>();
        for (String pair : request.query().split("&", -1)) {
            String[] sides = pair.split("=", 2);
            String name = decoded(sides[0]);
            String value = sides.length == 2 ? decoded(sides[1]) : "";
            Matcher filtered = FILTER.matcher(name);
            Matcher picked = FIELDS.matcher(name);
            if (filtered.matches()) {
                put(filter, filtered.group(1), value, filtered.group(2) != null);
            } else if (picked.matches()) {
                fields.put(picked.group(1), Values.list(TextNode.valueOf(value)));
            } else {
                rest.put(name, value);
            }
        }
        return new Query(
                filter,
                fields,
                Values.list(TextNode.valueOf(rest.getOrDefault("include", ""))),
                rest.getOrDefault("sort", ""),
                number(rest.getOrDefault("page", "1"), 1),
                number(rest.getOrDefault("per_page", "25"), 25));
    }

    private static void put(Map<String, JsonNode> filter, String name, String value, boolean array) {
        if (!array) {
            filter.put(name, TextNode.valueOf(value));
        } else if (filter.computeIfAbsent(name, key -> Json.array()) instanceof ArrayNode values) {
            values.add(value);
        }
    }

    private static int number(String text, int standard) {
        return text.matches("\\d{1,9}") ? Math.max(1, Integer.parseInt(text)) : standard;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
