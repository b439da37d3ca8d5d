package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

/**
 * A value that is in force, for people to read.
 *
 * @param value already masked: never a secret
 * @param origin a file's name, an environment variable's name, {@code -D} or {@code default}
 * @param secret whether the value was masked as a whole
 */
public record EffectiveValue(String key, String value, String origin, boolean secret) {
    public EffectiveValue {
        requireNonNull(key, "key is null");
        requireNonNull(value, "value is null");
        requireNonNull(origin, "origin is null");
    }
}
