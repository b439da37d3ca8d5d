package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;

final class PostgreSqlTypesTest extends TypesContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }
}
