package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The fields of a customer that follow from the primary address. */
final class Mirrors {
    private Mirrors() {}

    static void refresh(ObjectNode customer) {
        JsonNode address = customer.path("primaryAddress");
        customer.set("firstName", orNull(address.path("firstName")));
        customer.set("lastName", orNull(address.path("lastName")));
        customer.set("email", orNull(primary(address.path("emails")).path("value")));
        if (address instanceof ObjectNode object) {
            object.remove("hash");
            object.put("hash", Integer.toHexString(object.toString().hashCode()));
        }
    }

    /** The entry that is marked, else the first. */
    private static JsonNode primary(JsonNode entries) {
        for (JsonNode entry : entries) {
            if (entry.path("primary").asBoolean()) {
                return entry;
            }
        }
        return entries.path(0);
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }
}
