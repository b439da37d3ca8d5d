package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.change.Change;
import io.tidemark.settings.StreamSettings;
import io.tidemark.system.Writable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /**
     * What reading shows, a value in another form than the one held taken for that.
     *
     * @param held the values that the vendor is known to have, by column
     * @param shown by column
     */
    Map<String, @Nullable String> seen(
            Values values, Map<String, @Nullable String> held, Map<String, @Nullable String> shown) {
        Map<String, @Nullable String> seen = new LinkedHashMap<>(shown);
        for (TargetColumn column : values.columns()) {
            @Nullable String value = held.get(column.name());
            if (shown.containsKey(column.name())
                    && held.containsKey(column.name())
                    && Objects.equals(form(column, value), form(column, shown.get(column.name())))) {
                seen.put(column.name(), value);
            }
        }
        return seen;
    }

    private @Nullable String form(TargetColumn column, @Nullable String value) {
        return writable.forms().folded(column.field(), value);
    }

    /** Whether a creation carries the field. */
    boolean creates(String field) {
        return open(field) && (!writable.matches() || writable.matching().contains(field));
    }

    /** Why no record can be created for a row, whatever it holds; empty where one can. */
    Optional<String> uncreatable(Change change, StreamSettings settings) {
        if (change.kind() != Change.Kind.INSERT) {
            return Optional.of("the row has no key and was there before its edits were captured");
        }
        if (!writable.creates()) {
            return Optional.of("the vendor has no way to create it");
        }
        boolean found =
                writable.lookup() || writable.repeatable() || !settings.match().isEmpty();
        return found
                ? Optional.empty()
                : Optional.of("the vendor tells no key of what it creates: name the fields that make a record in"
                        + " tidemark.streams." + settings.name() + ".match");
    }

    /** Why no record can be deleted; empty where one can. */
    Optional<String> undeletable() {
        return writable.deletes() ? Optional.empty() : Optional.of("the vendor has no way to delete it");
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
