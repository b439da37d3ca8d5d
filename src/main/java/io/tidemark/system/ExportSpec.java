package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream's side of its exports, from the configuration.
 *
 * @param key configured key fields, empty to use the system's
 * @param parameters values of the system's export options by name, already checked
 * @param withDeleted whether deleted and inactive records are wanted
 * @param deletion a configured rule that replaces the system's own
 */
public record ExportSpec(
        String stream,
        String resource,
        List<String> key,
        Map<String, String> parameters,
        boolean withDeleted,
        Optional<DeletionRule> deletion) {

    public ExportSpec {
        requireNonNull(stream, "stream is null");
        requireNonNull(resource, "resource is null");
        key = List.copyOf(key);
        parameters = Map.copyOf(parameters);
        requireNonNull(deletion, "deletion is null");
    }
}
