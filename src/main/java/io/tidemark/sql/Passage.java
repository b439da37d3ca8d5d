package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Writable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a row may go to the vendor.
 *
 * @param only the only fields that the stream lets go; empty for every one that can
 */
record Passage(Writable writable, List<String> only) {
    Passage {
        requireNonNull(writable, "writable is null");
        only = List.copyOf(only);
    }

    boolean open(String field) {
        return writable.fields().contains(field) && (only.isEmpty() || only.contains(field));
    }

    /** Why a value cannot go, without the value; empty where it can. */
    Optional<String> refusal(String field, @Nullable String value) {
        if (!open(field)) {
            return Optional.of(field + " cannot be written");
        }
        return value == null && !writable.clearable().contains(field)
                ? Optional.of(field + " cannot be made empty at the vendor")
                : Optional.empty();
    }
}
