package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration that was read without a problem.
 *
 * @param effective every value in force, defaults among them, by section; secrets masked
 * @param camel the {@code camel.*} keys as they are written, placeholders unresolved; may hold secrets
 */
public record Reading(Settings settings, List<EffectiveValue> effective, Map<String, String> camel) {
    public Reading {
        requireNonNull(settings, "settings is null");
        effective = List.copyOf(effective);
        camel = Collections.unmodifiableMap(new LinkedHashMap<>(camel));
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "Reading[settings=" + settings + ", camel=" + camel.keySet() + "]";
    }
}
