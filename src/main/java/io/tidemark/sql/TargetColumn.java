package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import io.tidemark.csv.Column;
import io.tidemark.csv.ColumnType;

/**
 * A field of the export and the column that holds it.
 *
 * @param field the export's name
 * @param name the column's exact name
 * @param type how its cells are read
 * @param sqlType the database's own spelling of the column's type, for staging
 * @param required whether the column refuses nulls
 * @param filled whether the database fills the column of a row that does not name it
 */
record TargetColumn(
        String field, String name, ColumnType type, String sqlType, boolean key, boolean required, boolean filled) {

    TargetColumn {
        requireNonNull(field, "field is null");
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(sqlType, "sqlType is null");
    }

    boolean text() {
        return type.kind() == ColumnType.Kind.TEXT || type.kind() == ColumnType.Kind.VARCHAR;
    }

    Column csv() {
        return new Column(field, type, key, required);
    }
}
