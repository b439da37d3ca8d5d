package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Customers: list, read, make, upsert, and merge, which is all the deleting there is. */
final class Customers {
    private static final Pattern ID = Pattern.compile("[@~\\-.\\w]{1,50}");
    private static final String CHANGED = "updatedTime";
    private static final String READ = "customers";
    private static final String WRITE = "customers-write";

    private final Records records;
    private final CustomFields customFields;
    private final Switches switches;
    private final Supplier<URI> address;
    private final AtomicLong lists = new AtomicLong();

    Customers(Records records, CustomFields customFields, Switches switches, Supplier<URI> address) {
        this.records = records;
        this.customFields = customFields;
        this.switches = switches;
        this.address = address;
    }

    Response list(Request request) {
        permit(READ);
        Listing listing = Listing.read(request);
        if (listing.filter().names(CHANGED) && switches.get(Doubts.LIST_BY_TIME) == Doubts.ListByTime.REFUSED) {
            throw Problem.invalid("filter", "updatedTime cannot be filtered");
        }
        List<ObjectNode> all = new ArrayList<>(records.all(Resource.CUSTOMERS).stream()
                .map(customer -> shown(customer, request))
                .toList());
        if (switches.get(Doubts.LIST_TIES_SHUFFLED)) {
            Collections.shuffle(all, new Random(lists.incrementAndGet()));
        }
        return switches.get(Doubts.LIST_BY_TIME) == Doubts.ListByTime.IGNORED
                ? listing.without(CHANGED).of(all)
                : listing.of(all);
    }

    Response read(Request request, String id) {
        permit(READ);
        return Response.json(200, shown(found(id), request));
    }

    Response create(Request request) {
        permit(WRITE);
        ObjectNode body = checked(request);
        return made(request, records.newId(Resource.CUSTOMERS), body);
    }

    Response put(Request request, String id) {
        permit(WRITE);
        if (!ID.matcher(id).matches()) {
            throw Problem.invalid("id", "is not valid");
        }
        ObjectNode body = checked(request);
        Optional<ObjectNode> before = records.find(Resource.CUSTOMERS, id);
        if (before.isEmpty()) {
            return made(request, id, body);
        }
        ObjectNode after = before.get().deepCopy();
        write(after, body);
        Mirrors.refresh(after);
        boolean equal = after.equals(before.get());
        if (equal && switches.get(Doubts.EQUAL_PUT) == Doubts.EqualPut.NOTHING) {
            return Response.json(200, shown(before.get(), request));
        }
        return Response.json(200, shown(records.save(Resource.CUSTOMERS, id, state -> write(state, body)), request));
    }

    /** The one in the path goes, the one in the query stays. */
    Response merge(Request request, String id) {
        permit(WRITE);
        String target = request.parameter("targetCustomerId")
                .orElseThrow(() -> Problem.invalid("targetCustomerId", "is required"));
        found(id);
        found(target);
        merge(id, target);
        return Response.empty(204);
    }

    void merge(String duplicate, String target) {
        records.save(Resource.CUSTOMERS, target, state -> {});
        records.remove(Resource.CUSTOMERS, duplicate);
    }

    private Response made(Request request, String id, ObjectNode body) {
        ObjectNode made = records.save(Resource.CUSTOMERS, id, state -> write(state, body));
        return Response.json(201, shown(made, request)).with("Location", address.get() + "/customers/" + id);
    }

    private ObjectNode checked(Request request) {
        ObjectNode body = Problem.body(request);
        new CustomerRules(
                        customFields,
                        switches.get(Doubts.READ_ONLY_FIELDS) == Doubts.ReadOnlyFields.REFUSED,
                        switches.get(Doubts.REFUSALS_QUOTE))
                .check(body);
        return body;
    }

    private void write(ObjectNode state, ObjectNode body) {
        ObjectNode before = state.deepCopy();
        for (String name : CustomerRules.WRITABLE) {
            if (body.has(name)) {
                state.set(name, written(name, body.path(name), state.path(name)));
            } else if (switches.get(Doubts.OMITTED_FIELDS) == Doubts.OmittedFields.CLEARED) {
                state.putNull(name);
            }
        }
        Records.fillIn(state);
        for (String dropped : switches.get(Doubts.DROPPED)) {
            JsonNode kept = Paths.get(before, dropped);
            Paths.set(state, dropped, kept.isMissingNode() ? NullNode.getInstance() : kept);
        }
    }

    private JsonNode written(String name, JsonNode value, JsonNode before) {
        JsonNode copy = value.deepCopy();
        if (copy instanceof ObjectNode object
                && before instanceof ObjectNode old
                && switches.get(Doubts.OMITTED_FIELDS) == Doubts.OmittedFields.KEPT) {
            ObjectNode merged = old.deepCopy();
            merged.setAll(object);
            copy = merged;
        }
        if (name.equals("primaryAddress") && switches.get(Doubts.NORMALISES)) {
            copy.path("emails").forEach(Customers::lowerCased);
        }
        return copy;
    }

    private static void lowerCased(JsonNode entry) {
        if (entry instanceof ObjectNode email && email.path("value").isTextual()) {
            email.put("value", email.path("value").asText().toLowerCase(Locale.ROOT));
        }
    }

    private static ObjectNode shown(ObjectNode customer, Request request) {
        ObjectNode shown = customer.deepCopy();
        ArrayNode links = shown.putArray("_links");
        links.addObject()
                .put("rel", "self")
                .put("href", "/customers/" + customer.path("id").asText());
        return request.parameter("fields").map(fields -> only(shown, fields)).orElse(shown);
    }

    private static ObjectNode only(ObjectNode customer, String fields) {
        ObjectNode some = Json.object();
        some.set("id", customer.path("id"));
        for (String field : List.of(fields.split(",", -1))) {
            JsonNode value = Paths.get(customer, field);
            if (!value.isMissingNode()) {
                Paths.set(some, field, value);
            }
        }
        return some;
    }

    private ObjectNode found(String id) {
        return records.find(Resource.CUSTOMERS, id).orElseThrow(() -> Problem.notFound("the customer"));
    }

    private void permit(String right) {
        if (switches.get(Doubts.FORBIDDEN).contains(right)) {
            throw Problem.forbidden(right);
        }
    }
}
