package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import java.util.List;

/**
 * A column that can be exported.
 *
 * @param type B boolean, T text, D date, N number, M money
 * @param longest characters of a text, 0 where there is no such limit
 * @param values the names of the valid values, empty where anything goes
 */
record Field(String name, char type, boolean core, int longest, List<String> values) {
    static Field core(String name, char type) {
        return new Field(name, type, true, type == 'T' ? 200 : 0, List.of());
    }

    static Field extra(String name, char type) {
        return new Field(name, type, false, type == 'T' ? 200 : 0, List.of());
    }

    Field oneOf(String... names) {
        return new Field(name, type, core, longest, List.of(names));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("fieldName", name)
                .put("fieldType", String.valueOf(type))
                .put("isCoreField", core);
        if (longest > 0) {
            json.put("maxTextboxCharacters", longest);
        } else {
            json.putNull("maxTextboxCharacters");
        }
        if (values.isEmpty()) {
            json.putNull("availableValues");
        } else {
            var all = json.putArray("availableValues");
            for (int place = 0; place < values.size(); place++) {
                all.addObject().put("id", place + 1).put("name", values.get(place));
            }
        }
        json.putArray("bulkImportFields");
        return json;
    }
}
