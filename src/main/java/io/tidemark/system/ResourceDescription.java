package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the vendor says of a resource, for {@code describe}.
 *
 * @param key the key fields as far as they are known, else empty
 * @param changeTypes the vendor's change types as {@code id name}, empty where it has none
 * @param custom further fields that must be asked for by id, as the export parameter wants them
 */
public record ResourceDescription(
        String resource, List<String> key, List<Field> fields, List<String> changeTypes, List<CustomField> custom) {

    public ResourceDescription {
        requireNonNull(resource, "resource is null");
        key = List.copyOf(key);
        fields = List.copyOf(fields);
        changeTypes = List.copyOf(changeTypes);
        custom = List.copyOf(custom);
    }

    /** A field that a customer of the vendor defined. */
    public record CustomField(String id, String name, boolean editable) {}
}
