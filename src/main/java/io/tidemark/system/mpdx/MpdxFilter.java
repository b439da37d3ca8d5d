package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.ExportSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which records a stream holds.
 *
 * @param further filters by MPDX's names, each a scalar or an array of scalars
 */
record MpdxFilter(String status, Map<String, JsonNode> further) {

    /** What the bridge asks for by itself. */
    private static final Set<String> OWN = Set.of("updated_at", "ids", "status", "account_list_id");

    private static final ObjectMapper JSON = new ObjectMapper();

    MpdxFilter {
        requireNonNull(status, "status is null");
        further = Map.copyOf(further);
    }

    static MpdxFilter of(ExportSpec spec) {
        String option = "tidemark.streams." + spec.stream() + ".export." + MpdxOptions.FILTER;
        return new MpdxFilter(
                MpdxOptions.value(spec.parameters(), MpdxOptions.STATUS),
                Optional.ofNullable(spec.parameters().get(MpdxOptions.FILTER))
                        .map(text -> further(option, text))
                        .orElse(Map.of()));
    }

    private static Map<String, JsonNode> further(String option, String text) {
        var further = new LinkedHashMap<String, JsonNode>();
        object(option, text).properties().forEach(entry -> {
            if (OWN.contains(entry.getKey())) {
                throw new ApiException.Refused(option + " names " + entry.getKey()
                        + ", which the bridge sets itself. Take it out; statuses have an option of their own");
            }
            if (entry.getValue().isObject() || entry.getValue().isNull()) {
                throw new ApiException.Refused(
                        option + ": " + entry.getKey() + " must be a text, a number, true, false or an array of them");
            }
            further.put(entry.getKey(), entry.getValue());
        });
        return further;
    }

    private static JsonNode object(String option, String text) {
        try {
            JsonNode read = JSON.readTree(text);
            if (read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException notJson) {
            // said below, with what is wanted
        }
        throw new ApiException.Refused(option + " must be a JSON object, such as {\"tags\": \"north\"}");
    }

    /** Adds it to a list of records; only contacts have a status. */
    MpdxQuery addTo(MpdxQuery query, MpdxKind kind) {
        MpdxQuery filtered = kind == MpdxKind.CONTACTS ? query.filter(MpdxOptions.STATUS, status) : query;
        for (Map.Entry<String, JsonNode> each : further.entrySet()) {
            filtered = each.getValue().isArray()
                    ? filtered.filterEach(each.getKey(), texts(each.getValue()))
                    : filtered.filter(each.getKey(), each.getValue().asText());
        }
        return filtered;
    }

    /** As an export stores it. */
    ObjectNode toJson(String accountListId) {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        filter.put(MpdxOptions.STATUS, status).put("account_list_id", accountListId);
        further.forEach(filter::set);
        return filter;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
