package io.tidemark.system.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.FieldType;
import io.tidemark.system.answer.Sent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written of a record, one part of its row after the other.
 *
 * @param parts the attributes to write by part; a part without any is missing
 */
record MpdxBody(MpdxKind kind, Map<MpdxPart, ObjectNode> parts, Sent sent) {

    /** A number that MPDX writes as a text. */
    private static final String FREQUENCY = "pledge_frequency";

    /** Refuses what cannot be written. */
    static MpdxBody of(MpdxKind kind, Map<String, @Nullable String> values) {
        var parts = new LinkedHashMap<MpdxPart, ObjectNode>();
        values.forEach((name, value) -> {
            MpdxField field = kind.field(name)
                    .filter(MpdxField::isWritable)
                    .orElseThrow(() -> new ApiException.Refused("MPDX cannot write " + name));
            if (value == null && !field.isClearable()) {
                throw new ApiException.Refused("MPDX cannot make " + name + " empty");
            }
            if (field.use() != MpdxField.Use.CREATE) {
                parts.computeIfAbsent(field.part(), part -> JsonNodeFactory.instance.objectNode())
                        .set(field.attribute(), json(field, value));
            }
        });
        return new MpdxBody(kind, parts, Sent.of(values.values()));
    }

    private static JsonNode json(MpdxField field, @Nullable String value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        if (field.type() == FieldType.BOOLEAN) {
            return BooleanNode.valueOf(value.equals("true"));
        }
        boolean number = field.type() == FieldType.INTEGER || field.type() == FieldType.NUMBER;
        return number && !field.attribute().equals(FREQUENCY)
                ? DecimalNode.valueOf(new BigDecimal(value))
                : TextNode.valueOf(value);
    }

    boolean holds(MpdxPart part) {
        return parts.containsKey(part);
    }

    /** The children that are written, in order. */
    List<MpdxPart> children() {
        var children = new ArrayList<>(kind.children());
        children.retainAll(parts.keySet());
        return children;
    }

    /** A copy of a part's attributes, to which the caller may add. */
    ObjectNode attributes(MpdxPart part) {
        ObjectNode attributes = parts.get(part);
        return attributes == null ? JsonNodeFactory.instance.objectNode() : attributes.deepCopy();
    }

    /** A part's attributes with the version that the change is made from, or without one where that was asked for. */
    ObjectNode locked(MpdxPart part, MpdxVersion known, MpdxSettings settings) {
        ObjectNode attributes = attributes(part);
        return settings.overwrite()
                ? attributes.put("overwrite", true)
                : attributes.put(MpdxField.LOCK, known.lock(part));
    }

    /** A document of a record with these attributes. */
    static ObjectNode document(String type, String id, ObjectNode attributes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode data = document.putObject("data").put("id", id).put("type", type);
        data.set("attributes", attributes);
        return document;
    }
}
