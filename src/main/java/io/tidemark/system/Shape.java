package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What an export of a stream looks like, as far as the vendor says.
 *
 * @param key names of the fields that make the key, in order, at least one
 * @param fields every field the export is known to hold; a header may still bring others, read as text
 * @param changeTime the field that holds the time of the last change, where there is one; it orders rows of one key
 * @param deletions how a deleted record is known; several rules are alternatives
 * @param bareDeletions whether the row of a deleted record holds nothing but its key, so that the table keeps the values
 *     it has
 * @param rowError a field that is filled where the vendor could not export the row, where there is one
 * @param notes what a person should know, such as fields that could not be verified
 */
public record Shape(
        List<String> key,
        List<Field> fields,
        Optional<String> changeTime,
        List<DeletionRule> deletions,
        boolean bareDeletions,
        Optional<String> rowError,
        List<String> notes) {

    public Shape {
        key = List.copyOf(key);
        fields = List.copyOf(fields);
        requireNonNull(changeTime, "changeTime is null");
        deletions = List.copyOf(deletions);
        requireNonNull(rowError, "rowError is null");
        notes = List.copyOf(notes);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a shape needs a key");
        }
    }
}
