package io.tidemark.change;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A field that both sides changed to different values, or a deletion that met an edit.
 *
 * @param field the column, or {@link #RECORD} where the whole record is meant
 * @param base what both sides last agreed on, null for no value or {@link #UNKNOWN}
 * @param remote what the vendor had, null for no value or {@link #UNKNOWN}
 * @param rule the rule, with why it had to fall back
 * @param outcome what became of it
 * @param open whether a person has to decide
 */
public record Conflict(
        String field,
        @Nullable String base,
        @Nullable String local,
        @Nullable String remote,
        String rule,
        String outcome,
        boolean open) {

    /** The field of a conflict about the whole record. */
    public static final String RECORD = "*";

    /** The base where nobody knows what both sides agreed on, and the vendor's value where nobody saw it. */
    public static final String UNKNOWN = "unknown";

    /** The value of a side that deleted the record. */
    public static final String DELETED = "deleted";

    /** The value of a side that has the record. */
    public static final String PRESENT = "present";

    /** An edit at the vendor came between the look and the write, which may have undone it; the write stands. */
    public static Conflict overtaken() {
        return new Conflict(
                RECORD, PRESENT, "edited", UNKNOWN, "edited at the vendor between look and write", "target", false);
    }

    public Conflict {
        requireNonNull(field, "field is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(outcome, "outcome is null");
    }
}
