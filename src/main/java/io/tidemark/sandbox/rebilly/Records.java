package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every record with all its states, oldest first. A change is made at the clock's now, counts as a revision, and is seen
 * whole or not at all. Safe for use by several threads; what is handed out is a copy.
 */
final class Records {
    private final InstantSource clock;
    private final String organization;
    private final Map<String, NavigableMap<String, List<ObjectNode>>> tables = new ConcurrentHashMap<>();
    private final Map<String, NavigableMap<String, List<ObjectNode>>> removed = new ConcurrentHashMap<>();
    private int last;

    Records(InstantSource clock, String organization) {
        this.clock = clock;
        this.organization = organization;
    }

    /** An id that was never used. */
    synchronized String newId(Resource resource) {
        return resource.prefix() + "sandbox%06d".formatted(++last);
    }

    /** Makes a record or changes it; the change is told on a copy of the last state, empty for a new record. */
    synchronized ObjectNode save(Resource resource, String id, Consumer<ObjectNode> change) {
        String now = Moments.iso(clock.instant());
        List<ObjectNode> states = table(resource).computeIfAbsent(id, key -> new ArrayList<>(1));
        ObjectNode next =
                states.isEmpty() ? created(resource, id, now) : latest(states).deepCopy();
        change.accept(next);
        if (resource.equals(Resource.CUSTOMERS)) {
            Mirrors.refresh(next);
        }
        next.put("updatedTime", now);
        if (resource.counts()) {
            next.put("revision", next.path("revision").asLong() + 1);
        }
        states.add(next);
        return next.deepCopy();
    }

    private ObjectNode created(Resource resource, String id, String now) {
        ObjectNode record = Json.object().put("id", id).put("createdTime", now).put(resource.timeField(), now);
        if (resource.equals(Resource.CUSTOMERS)) {
            record.put("organizationId", organization)
                    .put("paymentCount", 0)
                    .put("invoiceCount", 0)
                    .put("hasFulfilledKyc", false);
            record.putArray("tags");
            fillIn(record);
        }
        return record;
    }

    /** What a customer has always, where it has been left out. */
    static void fillIn(ObjectNode customer) {
        if (!customer.path("customFields").isObject()) {
            customer.putObject("customFields");
        }
        if (!customer.path("notificationEmails").isArray()) {
            customer.putArray("notificationEmails");
        }
        if (!customer.path("websiteId").isTextual()) {
            customer.put("websiteId", "web_sandbox1");
        }
    }

    synchronized boolean remove(Resource resource, String id) {
        List<ObjectNode> states = table(resource).remove(id);
        if (states != null) {
            removed.computeIfAbsent(resource.name(), name -> new TreeMap<>())
                    .computeIfAbsent(id, key -> new ArrayList<>())
                    .addAll(states);
        }
        return states != null;
    }

    synchronized Optional<ObjectNode> find(Resource resource, String id) {
        return Optional.ofNullable(table(resource).get(id))
                .map(states -> latest(states).deepCopy());
    }

    /** The present state of every record, by id. */
    synchronized List<ObjectNode> all(Resource resource) {
        return table(resource).values().stream()
                .map(states -> latest(states).deepCopy())
                .toList();
    }

    /** Every state that a record has had, oldest first, one that was removed, too. */
    synchronized List<ObjectNode> states(Resource resource, String id) {
        List<ObjectNode> gone = removed.getOrDefault(resource.name(), Collections.emptyNavigableMap())
                .getOrDefault(id, List.of());
        return Stream.concat(gone.stream(), table(resource).getOrDefault(id, List.of()).stream())
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** The ids of the records that were removed. */
    synchronized List<String> removed(Resource resource) {
        return List.copyOf(removed.getOrDefault(resource.name(), Collections.emptyNavigableMap())
                .keySet());
    }

    synchronized void clear() {
        removed.clear();
        tables.clear();
    }

    private NavigableMap<String, List<ObjectNode>> table(Resource resource) {
        return tables.computeIfAbsent(resource.name(), name -> new TreeMap<>());
    }

    private static ObjectNode latest(List<ObjectNode> states) {
        return states.get(states.size() - 1);
    }
}
