package io.tidemark.route;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every edit of a history, and what each replaced with its author knowing. An edit is accounted for if its value is still
 * somewhere (in a row, a record, a conflict or a dead letter), or was replaced by one that is accounted for. Values are told
 * apart without regard to case and form, which the vendor may change. Safe for use by several threads.
 */
final class Ledger {
    private record Value(int slot, String field, String text) {}

    private final Map<Value, String> edits = new LinkedHashMap<>();
    private final Map<Value, Set<Value>> replaced = new HashMap<>();
    private final Set<Value> found = new HashSet<>();
    private final Set<Integer> settled = new HashSet<>();

    static String plain(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    synchronized void edit(int slot, String field, String text, String words) {
        edits.put(value(slot, field, text), words);
    }

    /** Whoever wrote the one had the other before their eyes. */
    synchronized void replaced(int slot, String field, @Nullable String by, @Nullable String before) {
        replaced.computeIfAbsent(value(slot, field, by), key -> new HashSet<>()).add(value(slot, field, before));
    }

    synchronized void found(int slot, String field, @Nullable String text) {
        found.add(value(slot, field, text));
    }

    /** An edit in the moment between a look and its write is overwritten unseen: documented, and not to be helped. */
    synchronized void excuse(int slot, String field, String text) {
        found(slot, field, text);
    }

    /** Nothing is known of a field's values. */
    synchronized void forgive(String field) {
        edits.keySet().removeIf(value -> value.field.equals(field));
    }

    /** The whole record is in a conflict's hands. */
    synchronized void settled(int slot) {
        settled.add(slot);
    }

    /** The values somewhere in a text are found. */
    synchronized void foundIn(int slot, String text) {
        edits.keySet().stream()
                .filter(value -> value.slot == slot && plain(text).contains("\"" + value.text + "\""))
                .forEach(found::add);
    }

    synchronized List<String> vanished() {
        Set<Value> accounted = new HashSet<>(found);
        var next = new ArrayDeque<>(found);
        while (!next.isEmpty()) {
            replaced.getOrDefault(next.remove(), Set.of()).stream()
                    .filter(accounted::add)
                    .forEach(next::add);
        }
        return edits.entrySet().stream()
                .filter(edit -> !settled.contains(edit.getKey().slot) && !accounted.contains(edit.getKey()))
                .map(edit -> edit.getKey() + " of " + edit.getValue())
                .toList();
    }

    private static Value value(int slot, String field, @Nullable String text) {
        return new Value(slot, field, plain(text));
    }
}
