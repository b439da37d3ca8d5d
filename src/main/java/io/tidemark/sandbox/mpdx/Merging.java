package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a winner gets of a loser although it has values of its own. */
final class Merging {
    private Merging() {}

    static Map<String, JsonNode> joined(Entity winner, Entity loser) {
        Map<String, JsonNode> joined = new LinkedHashMap<>();
        String notes = String.join(
                "\n",
                List.of(winner.text("notes"), loser.text("notes")).stream()
                        .filter(text -> !text.isEmpty())
                        .toList());
        if (!notes.isEmpty()) {
            joined.put("notes", Values.of(notes));
        }
        List<String> tags = new ArrayList<>(Values.list(winner.attribute("tag_list")));
        Values.list(loser.attribute("tag_list")).stream()
                .filter(tag -> !tags.contains(tag))
                .forEach(tags::add);
        joined.put("tag_list", Values.of(tags));
        return joined;
    }
}
