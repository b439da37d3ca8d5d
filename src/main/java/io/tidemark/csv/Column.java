package io.tidemark.csv;

import static java.util.Objects.requireNonNull;

/**
 * A column to be filled.
 *
 * @param field the export's name of it
 * @param key whether it is part of the key; an empty key is a reject
 * @param required whether it may not be null; an empty cell is then a reject
 */
public record Column(String field, ColumnType type, boolean key, boolean required) {

    public Column {
        requireNonNull(field, "field is null");
        requireNonNull(type, "type is null");
    }
}
