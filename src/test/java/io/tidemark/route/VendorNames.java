package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A vendor's own names of what stands in columns. */
record VendorNames(Map<String, String> byColumn) {
    VendorNames {
        byColumn = Collections.unmodifiableMap(new LinkedHashMap<>(byColumn));
    }

    Map<String, String> of(Map<String, String> values) {
        Map<String, String> named = new LinkedHashMap<>();
        values.forEach((column, value) -> named.put(name(column), value));
        return named;
    }

    /** A column's values in a record's versions. */
    List<@Nullable String> values(List<Map<String, String>> versions, String column) {
        return versions.stream()
                .map(version -> Optional.ofNullable(version.get(name(column))))
                .<@Nullable String>map(value -> value.orElse(null))
                .toList();
    }

    String column(String name) {
        return byColumn.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private String name(String column) {
        return requireNonNull(byColumn.get(column), column);
    }
}
