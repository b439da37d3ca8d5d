package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

/** A table, view or index by its exact names; never looked up without its schema. */
record TableName(String schema, String name) {

    TableName {
        requireNonNull(schema, "schema is null");
        requireNonNull(name, "name is null");
    }

    TableName named(String other) {
        return new TableName(schema, other);
    }

    /** As it stands in a statement. */
    String sql(Dialect dialect) {
        return dialect.quote(schema) + "." + dialect.quote(name);
    }

    /** As people read it. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
