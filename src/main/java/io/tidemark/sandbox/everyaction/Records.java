package io.tidemark.sandbox.everyaction;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Every record with all its versions: the present state and the log of changes in one. Each change is made at the
 * clock's now and is seen whole or not at all. Safe for use by several threads.
 */
final class Records {
    private static final long FIRST_KEY = 900_000_001L;

    private final InstantSource clock;
    private final Map<String, NavigableMap<Long, List<Version>>> tables = new ConcurrentHashMap<>();

    Records(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes a record; a key is given to it where it has none. Returns the key. */
    synchronized long add(ResourceType type, Map<String, String> row, Author author) {
        NavigableMap<Long, List<Version>> table = table(type);
        String key = row.getOrDefault(type.key(), "");
        long id = !key.isEmpty() ? Long.parseLong(key) : table.isEmpty() ? FIRST_KEY : table.lastKey() + 1;
        save(type, id, row, true, author, ResourceType.SAVED);
        return id;
    }

    /** Changes some columns; an empty text empties a column. Returns false when there is no such record. */
    synchronized boolean change(ResourceType type, long id, Map<String, String> changes, Author author) {
        return change(
                type,
                id,
                values -> {
                    Map<String, String> merged = new TreeMap<>(values);
                    merged.putAll(changes);
                    return merged;
                },
                author);
    }

    synchronized boolean change(ResourceType type, long id, UnaryOperator<Map<String, String>> change, Author author) {
        Optional<Version> before = find(type, id);
        before.ifPresent(
                last -> save(type, id, change.apply(last.values()), last.active(), author, ResourceType.SAVED));
        return before.isPresent();
    }

    /** Takes a record out of use; it stays readable for those who ask for inactive ones. */
    synchronized boolean retire(ResourceType type, long id, Author author, int changeType) {
        return retire(type, id, Map.of(), author, changeType);
    }

    /** The same, with a note in columns of its own. */
    synchronized boolean retire(ResourceType type, long id, Map<String, String> note, Author author, int changeType) {
        Optional<Version> before = find(type, id);
        before.ifPresent(last -> {
            Map<String, String> noted = new TreeMap<>(last.values());
            noted.putAll(note);
            save(type, id, noted, false, author, changeType);
        });
        return before.isPresent();
    }

    synchronized Optional<Version> find(ResourceType type, long id) {
        return Optional.ofNullable(table(type).get(id)).map(Records::last);
    }

    synchronized List<Version> history(ResourceType type, long id) {
        return List.copyOf(table(type).getOrDefault(id, List.of()));
    }

    synchronized void forget(ResourceType type, long id) {
        table(type).remove(id);
    }

    synchronized void clear() {
        tables.clear();
    }

    /** The present version of every record, by key. */
    synchronized List<Version> all(ResourceType type) {
        return table(type).values().stream().map(Records::last).toList();
    }

    /** Each record's versions up to a moment, oldest first, by key; records made later are left out. */
    synchronized List<List<Version>> histories(ResourceType type, Instant until) {
        List<List<Version>> all = new ArrayList<>();
        for (List<Version> versions : table(type).values()) {
            List<Version> seen = last(versions).at().isAfter(until)
                    ? versions.stream()
                            .filter(version -> !version.at().isAfter(until))
                            .toList()
                    : List.copyOf(versions);
            if (!seen.isEmpty()) {
                all.add(seen);
            }
        }
        return all;
    }

    private void save(
            ResourceType type, long id, Map<String, String> row, boolean active, Author author, int changeType) {
        Instant now = clock.instant();
        Map<String, String> values = new TreeMap<>(row);
        values.values().removeIf(String::isEmpty);
        values.put(type.key(), Long.toString(id));
        List<Version> versions = table(type).computeIfAbsent(id, key -> new ArrayList<>(1));
        if (type.field("DateCreated").isPresent()) {
            values.putIfAbsent("DateCreated", now.toString());
        }
        if (type.field("LastUpdatedOn").isPresent()) {
            values.put("LastUpdatedOn", now.toString());
        }
        if (type.field("ChangeTypeID").isPresent()) {
            values.put("ChangeTypeID", Integer.toString(changeType));
        }
        versions.add(new Version(id, values, active, now, author, changeType));
    }

    private NavigableMap<Long, List<Version>> table(ResourceType type) {
        return tables.computeIfAbsent(type.name(), name -> new TreeMap<>());
    }

    private static Version last(List<Version> versions) {
        return versions.get(versions.size() - 1);
    }
}
