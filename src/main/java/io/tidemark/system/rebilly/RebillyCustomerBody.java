package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole of what can be written of a customer. The vendor does not say whether a PUT clears what it leaves out, so that
 * everything goes along, and a field that is to be empty goes as null.
 */
record RebillyCustomerBody(ObjectNode json) {

    private static final List<String> WRITABLE = List.of(
            "websiteId",
            "preferredPayoutInstrumentId",
            "customFields",
            "primaryAddress",
            "locale",
            "taxNumbers",
            "personId",
            "notificationEmails");

    /** A customer has these always, and a null would be refused. */
    private static final Set<String> NEVER_NULL = Set.of("websiteId", "notificationEmails");

    private static final Set<String> READ_ONLY_PARTS = Set.of("hash", "isValid");

    RebillyCustomerBody {
        requireNonNull(json, "json is null");
    }

    static RebillyCustomerBody empty() {
        return new RebillyCustomerBody(JsonNodeFactory.instance.objectNode());
    }

    /** Of a customer as the vendor shows it: without what is read-only there. */
    static RebillyCustomerBody of(JsonNode customer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : WRITABLE) {
            JsonNode value = customer.get(name);
            if (value != null && !(value.isNull() && NEVER_NULL.contains(name))) {
                json.set(name, writable(value));
            }
        }
        return new RebillyCustomerBody(json);
    }

    private static JsonNode writable(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().stream()
                    .filter(part -> !READ_ONLY_PARTS.contains(part.getKey()))
                    .forEach(part -> copy.set(part.getKey(), writable(part.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(writable(element)));
            return copy;
        }
        return value.isTextual() && value.textValue().isEmpty() ? NullNode.getInstance() : value;
    }

    /** With these values by path, every one of them writable and without a fault. */
    RebillyCustomerBody with(Map<RebillyCustomerField, @Nullable String> values) {
        ObjectNode changed = json.deepCopy();
        values.forEach((field, value) -> {
            if (field.kind() == RebillyCustomerField.Kind.EMAIL) {
                email(address(changed), value);
            } else {
                put(changed, field.path(), value == null ? empty(field) : field.written(value));
            }
        });
        return new RebillyCustomerBody(changed);
    }

    private static JsonNode empty(RebillyCustomerField field) {
        return field.path().equals("notificationEmails")
                ? JsonNodeFactory.instance.arrayNode()
                : NullNode.getInstance();
    }

    private static void put(ObjectNode json, String path, JsonNode value) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            json.set(path, value);
        } else {
            inside(json, path.substring(0, slash)).set(path.substring(slash + 1), value);
        }
    }

    private static ObjectNode inside(ObjectNode json, String name) {
        return json.get(name) instanceof ObjectNode there ? there : json.putObject(name);
    }

    private static ObjectNode address(ObjectNode json) {
        return inside(json, "primaryAddress");
    }

    /** The customer's e-mail address is the one that is marked in the list, else the first. */
    private static void email(ObjectNode address, @Nullable String value) {
        ArrayNode emails = address.get("emails") instanceof ArrayNode there ? there : address.putArray("emails");
        int place = primary(emails);
        if (value == null) {
            clear(emails, place);
        } else if (place < emails.size() && emails.get(place) instanceof ObjectNode entry) {
            entry.put("value", value);
        } else {
            emails.addObject().put("label", "main").put("value", value).put("primary", true);
        }
    }

    private static int primary(ArrayNode emails) {
        for (int place = 0; place < emails.size(); place++) {
            if (emails.path(place).path("primary").asBoolean()) {
                return place;
            }
        }
        return 0;
    }

    private static void clear(ArrayNode emails, int place) {
        if (emails.size() > 1) {
            throw new ApiException.Refused(RebillyCustomerField.EMAIL
                    + " cannot be emptied while the customer has other e-mail addresses at Rebilly, of which one would"
                    + " take its place; remove them there first");
        }
        if (place < emails.size()) {
            emails.remove(place);
        }
    }

    /** Every text and number in it, which a refusal may repeat. */
    Collection<String> values() {
        var values = new ArrayList<String>();
        collect(json, values);
        return values;
    }

    private static void collect(JsonNode node, List<String> values) {
        if (node.isContainerNode()) {
            node.forEach(inner -> collect(inner, values));
        } else if (!node.isNull() && !node.isBoolean()) {
            values.add(node.asText());
        }
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
