package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.system.answer.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record as a call shows it, read by the paths of its fields. */
record RebillyRecord(Json json) {

    RebillyRecord {
        requireNonNull(json, "json is null");
    }

    Optional<String> text(String field) {
        return Optional.ofNullable(cell(field));
    }

    /** Null for no value; a list or an object is its JSON. */
    @Nullable
    String cell(String field) {
        JsonNode value = at(json.node(), field);
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            return value.isIntegralNumber()
                    ? value.asText()
                    : value.decimalValue().toPlainString();
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    List<@Nullable String> cells(List<String> fields) {
        var cells = new ArrayList<@Nullable String>();
        for (String field : fields) {
            cells.add(cell(field));
        }
        return Collections.unmodifiableList(cells);
    }

    private static JsonNode at(JsonNode record, String field) {
        JsonNode node = record;
        for (String part : field.split("/", -1)) {
            JsonNode inner = node.get(part);
            node = inner == null ? MissingNode.getInstance() : inner;
        }
        return node;
    }
}
