package io.tidemark.sandbox.accountengagement;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record as one change left it.
 *
 * @param values by the names of version 5, moments as ISO instants; an absent field is empty
 * @param deleted whether it lies in the recycle bin
 * @param author the user's id who made the change
 */
record Version(
        long id,
        Map<String, String> values,
        boolean deleted,
        Instant created,
        Instant updated,
        long creator,
        long author) {
    Version {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    String value(String field) {
        return switch (field) {
            case "id" -> Long.toString(id);
            case "isDeleted" -> Boolean.toString(deleted);
            case "createdAt" -> created.toString();
            case "updatedAt" -> updated.toString();
            case "createdById" -> Long.toString(creator);
            case "updatedById" -> Long.toString(author);
            default -> values.getOrDefault(field, "");
        };
    }
}
