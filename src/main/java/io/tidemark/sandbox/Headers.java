package io.tidemark.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The header lines of a message: names without regard to case, every value kept in order. */
public record Headers(Map<String, List<String>> values) {
    public Headers {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, lines) ->
                copy.computeIfAbsent(name, key -> new ArrayList<>()).addAll(lines));
        copy.replaceAll((name, lines) -> List.copyOf(lines));
        values = Collections.unmodifiableMap(copy);
    }

    public Optional<String> first(String name) {
        return Optional.ofNullable(values.get(name)).map(lines -> lines.get(0));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }
}
