package io.tidemark.sandbox.accountengagement;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Every record with all its versions. Each change is made at the clock's now, in whole seconds as the vendor keeps them,
 * and is seen whole or not at all. Safe for use by several threads.
 */
final class Records {
    /** The id of somebody at the screen. */
    static final long SOMEBODY = 7;

    private static final long FIRST_KEY = 9001;

    private final InstantSource clock;
    private final Map<String, NavigableMap<Long, List<Version>>> tables = new ConcurrentHashMap<>();

    Records(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes a record; a key is given to it where it has none. Returns the key. */
    synchronized long add(ObjectType type, Map<String, String> row, long author) {
        NavigableMap<Long, List<Version>> table = table(type);
        String key = row.getOrDefault("id", "");
        long id = !key.isEmpty() ? Long.parseLong(key) : table.isEmpty() ? FIRST_KEY : table.lastKey() + 1;
        Instant now = now();
        save(type, new Version(id, cleaned(row), false, now, now, author, author));
        return id;
    }

    /** Changes some fields; an empty text empties a field. Returns false when there is no such record. */
    synchronized boolean change(ObjectType type, long id, Map<String, String> changes, long author) {
        return replace(type, id, before -> {
            Map<String, String> merged = new TreeMap<>(before.values());
            merged.putAll(changes);
            return next(before, merged, before.deleted(), author);
        });
    }

    /** Puts a record into the recycle bin or takes it out. */
    synchronized boolean bin(ObjectType type, long id, boolean deleted, long author) {
        return replace(type, id, before -> next(before, before.values(), deleted, author));
    }

    /** Removes a record as if it had never been. */
    synchronized boolean purge(ObjectType type, long id) {
        return table(type).remove(id) != null;
    }

    synchronized Optional<Version> find(ObjectType type, long id) {
        return Optional.ofNullable(table(type).get(id)).map(Records::last);
    }

    synchronized List<Version> history(ObjectType type, long id) {
        return List.copyOf(table(type).getOrDefault(id, List.of()));
    }

    /** The present version of every record, by key. */
    synchronized List<Version> all(ObjectType type) {
        return table(type).values().stream().map(Records::last).toList();
    }

    synchronized void clear() {
        tables.clear();
    }

    private boolean replace(ObjectType type, long id, UnaryOperator<Version> change) {
        Optional<Version> before = find(type, id);
        before.ifPresent(last -> save(type, change.apply(last)));
        return before.isPresent();
    }

    private Version next(Version before, Map<String, String> values, boolean deleted, long author) {
        return new Version(before.id(), cleaned(values), deleted, before.created(), now(), before.creator(), author);
    }

    private void save(ObjectType type, Version version) {
        table(type).computeIfAbsent(version.id(), key -> new ArrayList<>(1)).add(version);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private NavigableMap<Long, List<Version>> table(ObjectType type) {
        return tables.computeIfAbsent(type.name(), name -> new TreeMap<>());
    }

    private static Map<String, String> cleaned(Map<String, String> row) {
        Map<String, String> values = new TreeMap<>(row);
        values.values().removeIf(String::isEmpty);
        values.remove("id");
        return values;
    }

    private static Version last(List<Version> versions) {
        return versions.get(versions.size() - 1);
    }
}
