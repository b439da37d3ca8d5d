package io.tidemark.csv;

import org.jspecify.annotations.Nullable;

/** Reads the cells of one column. For one thread: it may keep working memory between cells. */
@FunctionalInterface
public interface CellReader {

    /**
     * The value of a cell in its normal form, null for an empty cell, or a {@link Misfit}.
     *
     * @see ColumnType.Kind which class a value has
     */
    @Nullable
    Object read(@Nullable String cell);
}
