package io.tidemark.system;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be written to a resource.
 *
 * @param fields the export's fields that can be written; those of a resource that cannot be updated on creation only
 * @param clearable those of them that can be made empty again
 * @param creates whether records can be created
 * @param deletes whether records can be deleted
 * @param lookup whether a created record can be found by an {@link Writing.Identifier}
 * @param repeatable whether the same creation made twice leaves one record and tells its key both times
 * @param matching the fields by which the vendor takes a record that is there already for one that is to be created: a
 *     creation carries these alone, and the rest of the row goes as an edit once it has met the record; empty where a
 *     creation always makes a new record, and carries the whole row
 * @param forms how a value that reading shows in another form than exports is told for the same
 */
public record Writable(
        Set<String> fields,
        Set<String> clearable,
        boolean creates,
        boolean deletes,
        boolean lookup,
        boolean repeatable,
        Set<String> matching,
        Forms forms) {

    /** The forms of values. */
    @FunctionalInterface
    public interface Forms {
        /** Each value has one form. */
        Forms ONE = (field, value) -> value;

        /** What all forms of a value of the field come to, null for no value. */
        @Nullable
        String folded(String field, @Nullable String value);
    }

    public Writable {
        fields = Set.copyOf(fields);
        clearable = Set.copyOf(clearable);
        matching = Set.copyOf(matching);
        if (!fields.containsAll(clearable)) {
            throw new IllegalArgumentException("a field can be cleared but not written");
        }
    }

    /** Where a creation is not to be repeated. */
    public Writable(Set<String> fields, Set<String> clearable, boolean creates, boolean deletes, boolean lookup) {
        this(fields, clearable, creates, deletes, lookup, false);
    }

    /** Where a creation always makes a new record, and reading shows values as exports do. */
    public Writable(
            Set<String> fields,
            Set<String> clearable,
            boolean creates,
            boolean deletes,
            boolean lookup,
            boolean repeatable) {
        this(fields, clearable, creates, deletes, lookup, repeatable, Set.of(), Forms.ONE);
    }

    /** The same where a creation may find a record that is there already. */
    public Writable matchedBy(Set<String> named) {
        return new Writable(fields, clearable, creates, deletes, lookup, repeatable, named, forms);
    }

    /** The same where reading shows some values in other forms. */
    public Writable shownIn(Forms others) {
        return new Writable(fields, clearable, creates, deletes, lookup, repeatable, matching, others);
    }

    /** Whether a creation may find a record that is there already. */
    public boolean matches() {
        return !matching.isEmpty();
    }
}
