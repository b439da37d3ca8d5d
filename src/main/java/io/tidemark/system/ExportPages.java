package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read by calls instead of from a file. The same rows may come on two pages; what was changed while the
 * pages were read may be missing only where a later window will bring it.
 *
 * @param first the first page
 */
public record ExportPages(Step<Page> first) implements ExportPart {

    public ExportPages {
        requireNonNull(first, "first is null");
    }

    /**
     * One page.
     *
     * @param fields the names of the cells; the same on all pages of a part
     * @param rows a cell for each field, null for no value
     * @param next the page after it, empty for the last
     */
    public record Page(List<String> fields, List<List<@Nullable String>> rows, Optional<Supplier<Step<Page>>> next) {

        public Page {
            fields = List.copyOf(fields);
            rows = List.copyOf(rows);
            requireNonNull(next, "next is null");
            for (List<@Nullable String> row : rows) {
                if (row.size() != fields.size()) {
                    throw new IllegalArgumentException(
                            "a row has " + row.size() + " cells for " + fields.size() + " fields");
                }
            }
        }
    }
}
