package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A list call: filter, search, order, one page, and the headers that tell where it stands. */
record Listing(Filter filter, String search, String sort, int limit, int offset) {
    private static final int MOST = 1000;

    static Listing read(Request request) {
        return new Listing(
                Filter.read(request.parameter("filter").orElse("")),
                request.parameter("q").orElse(""),
                request.parameter("sort").orElse(""),
                number(request, "limit", 100),
                number(request, "offset", 0));
    }

    private static int number(Request request, String name, int standard) {
        String text = request.parameter(name).orElse(Integer.toString(standard));
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > MOST) {
            throw Problem.invalid(name, "must be a whole number from 0 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    /** The same, its filter without the conditions on a field. */
    Listing without(String field) {
        return new Listing(filter.without(field), search, sort, limit, offset);
    }

    Response of(List<ObjectNode> records) {
        List<ObjectNode> chosen = chosen(records);
        ArrayNode page = Json.array();
        chosen.stream().skip(offset).limit(limit).forEach(page::add);
        return Response.json(200, page)
                .with("Pagination-Total", Integer.toString(chosen.size()))
                .with("Pagination-Limit", Integer.toString(limit))
                .with("Pagination-Offset", Integer.toString(offset));
    }

    private List<ObjectNode> chosen(List<ObjectNode> records) {
        return sorted(records, filter, search, sort);
    }

    static List<ObjectNode> sorted(List<ObjectNode> records, Filter filter, String search, String sort) {
        List<ObjectNode> chosen = new ArrayList<>(records.stream()
                .filter(filter::fits)
                .filter(record -> contains(record, search.toLowerCase(Locale.ROOT)))
                .toList());
        if (!sort.isEmpty()) {
            boolean descending = sort.startsWith("-");
            String field = descending ? sort.substring(1) : sort;
            chosen.sort(Comparator.comparing(record -> Paths.get(record, field).asText(""), Filter::compare));
            if (descending) {
                Collections.reverse(chosen);
            }
        }
        return chosen;
    }

    private static boolean contains(JsonNode record, String search) {
        if (record.isContainerNode()) {
            for (JsonNode inner : record) {
                if (contains(inner, search)) {
                    return true;
                }
            }
            return search.isEmpty();
        }
        return record.isTextual() && record.asText().toLowerCase(Locale.ROOT).contains(search);
    }
}
