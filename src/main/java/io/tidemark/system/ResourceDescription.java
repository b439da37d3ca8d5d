package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the vendor says of a resource, for {@code describe}.
 *
 * @param key the key fields as far as they are known, else empty
 * @param changeTypes the vendor's change types as {@code id name}, empty where it has none
 * @param custom further fields that must be asked for by id, as the export parameter wants them
 * @param asking how fields are asked for, empty where they all come
 */
public record ResourceDescription(
        String resource,
        List<String> key,
        List<Field> fields,
        List<String> changeTypes,
        List<CustomField> custom,
        Optional<Asking> asking) {

    public ResourceDescription {
        requireNonNull(resource, "resource is null");
        key = List.copyOf(key);
        fields = List.copyOf(fields);
        changeTypes = List.copyOf(changeTypes);
        custom = List.copyOf(custom);
        requireNonNull(asking, "asking is null");
    }

    /**
     * The options by which fields are asked for.
     *
     * @param fields the option that names fields
     * @param instead whether the fields it names come instead of the usual ones, not besides them
     * @param custom the option that names custom fields
     */
    public record Asking(String fields, boolean instead, String custom) {
        public Asking {
            requireNonNull(fields, "fields is null");
            requireNonNull(custom, "custom is null");
        }
    }

    /** A field that a customer of the vendor defined. */
    public record CustomField(String id, String name, boolean editable) {}
}
