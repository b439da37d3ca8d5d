package io.tidemark.system;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How an exported row says that its record is deleted: the named field holds one of the values. Values are compared
 * without regard to case; no values means that any non-empty value says so.
 */
public record DeletionRule(String field, Set<String> values) {

    public DeletionRule {
        var folded = new TreeSet<String>();
        for (String value : values) {
            folded.add(value.toLowerCase(Locale.ROOT));
        }
        values = Set.copyOf(folded);
    }

    /**
     * Whether a row with this cell is deleted.
     *
     * @param cell the field's raw text, null or empty where the row has none
     */
    public boolean deletes(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return false;
        }
        return values.isEmpty() || values.contains(cell.toLowerCase(Locale.ROOT));
    }
}
