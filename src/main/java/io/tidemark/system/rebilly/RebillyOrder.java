package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ExportRequest;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The body that asks for a data export. Its name ends in a mark of all that it asks for, so that an export whose id was
 * lost is found in the list.
 *
 * @param rangeField what the range was asked to mean, empty where there is no range
 */
record RebillyOrder(ObjectNode json, Optional<String> rangeField) {

    private static final int MARK = 16;

    RebillyOrder {
        requireNonNull(json, "json is null");
        requireNonNull(rangeField, "rangeField is null");
    }

    static RebillyOrder of(RebillySelection selection, ExportRequest request) {
        ObjectNode json = body(selection);
        RebillyParameters parameters = selection.parameters();
        boolean byKeys = !request.keys().isEmpty();
        String filter = byKeys
                ? RebillyResource.KEY + ":" + String.join(",", request.keys())
                : parameters.filter().orElse("");
        arguments(json, filter, byKeys ? Optional.empty() : parameters.search(), parameters.sort());
        Optional<String> rangeField = byKeys ? Optional.empty() : Optional.of(parameters.rangeField());
        if (!byKeys) {
            json.putObject("dateRange")
                    .put("start", parameters.rangeStart().orElseGet(() -> start(request)))
                    .put("end", parameters.rangeEnd().orElseGet(() -> end(request)))
                    .put("field", parameters.rangeField());
        }
        json.put("name", parameters.name() + " " + mark(json));
        return new RebillyOrder(json, rangeField);
    }

    /** A recurring export; without a range it has everything each time. */
    static RebillyOrder recurring(RebillySelection selection) {
        ObjectNode json = body(selection);
        RebillyParameters parameters = selection.parameters();
        arguments(json, parameters.filter().orElse(""), parameters.search(), parameters.sort());
        ObjectNode recurring = json.putObject("recurring")
                .put("instruction", parameters.recurringInstruction().orElseThrow());
        parameters.recurringStart().ifPresent(start -> recurring.put("start", start.toString()));
        parameters
                .rangeStart()
                .ifPresent(start -> json.putObject("dateRange")
                        .put("start", start)
                        .put("end", parameters.rangeEnd().orElseThrow())
                        .put("field", parameters.rangeField()));
        json.put("name", parameters.name() + " " + mark(json));
        return new RebillyOrder(json, parameters.rangeStart().map(start -> parameters.rangeField()));
    }

    private static ObjectNode body(RebillySelection selection) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("resource", selection.resource().name())
                .put("format", selection.parameters().format());
        selection.asked().forEach(json.putArray("fields")::add);
        List<String> told = selection.parameters().emailNotification();
        if (!told.isEmpty()) {
            told.forEach(json.putArray("emailNotification")::add);
        }
        return json;
    }

    private static void arguments(ObjectNode json, String filter, Optional<String> search, Optional<String> sort) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        if (!filter.isEmpty()) {
            arguments.put("filter", filter);
        }
        search.ifPresent(text -> arguments.put("q", text));
        sort.ifPresent(text -> arguments.put("sort", text));
        if (!arguments.isEmpty()) {
            json.set("arguments", arguments);
        }
    }

    private static String start(ExportRequest request) {
        return request.from().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String end(ExportRequest request) {
        return Optional.ofNullable(request.to())
                .map(to -> to.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("now");
    }

    private static String mark(ObjectNode json) {
        String all = UUID.nameUUIDFromBytes(json.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        return all.replace("-", "").substring(0, MARK);
    }

    String name() {
        return json.path("name").asText();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
