package io.tidemark.sql;

/** What a look at a database tells. Writes nothing. */
public final class Inspection {
    private final Database database;

    public Inspection(Database database) {
        this.database = database;
    }

    /** The product with its version, for people to read. */
    public String product() {
        return database.inTransaction(connection -> {
            var about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
        });
    }

    /** Whether the account may create tables where the bridge's own go. An embedded database does not tell before. */
    public boolean mayCreate() {
        if (!(database.dialect() instanceof PostgreSql)) {
            return true;
        }
        return database.inTransaction(connection -> {
            try (var select = connection.prepareStatement(
                    "select has_schema_privilege(coalesce(cast(? as text), current_schema()), 'create')")) {
                select.setString(1, database.settings().schema().orElse(null));
                try (var row = select.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }
}
