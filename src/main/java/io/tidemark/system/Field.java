package io.tidemark.system;

import static java.util.Objects.requireNonNull;

/**
 * A field of a resource, as the vendor describes it.
 *
 * @param name the vendor's name, as it heads the column of an export
 * @param always whether an export holds it without being asked
 */
public record Field(String name, FieldType type, boolean always) {
    public Field {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a field's name is blank");
        }
    }
}
