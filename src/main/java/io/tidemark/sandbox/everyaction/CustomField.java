package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import java.util.List;

/** A field that the pretended customer has added. Its values are kept under {@link #column}. */
record CustomField(
        long id, String name, long groupId, String groupName, boolean isEditable, List<String> availableValues) {
    static final String PREFIX = "CF";

    String column() {
        return PREFIX + id;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("customFieldId", id)
                .putNull("customFieldParentId")
                .put("customFieldName", name)
                .put("customFieldGroupId", groupId)
                .put("customFieldGroupName", groupName)
                .put("customFieldGroupType", "Contacts")
                .put("customFieldTypeId", availableValues.isEmpty() ? "T" : "S")
                .put("isEditable", isEditable)
                .put("maxTextboxCharacters", 100);
        var values = json.putArray("availableValues");
        for (int place = 0; place < availableValues.size(); place++) {
            values.addObject()
                    .put("id", place + 1)
                    .put("name", availableValues.get(place))
                    .putNull("parentValueId");
        }
        return json;
    }
}
