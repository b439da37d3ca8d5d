package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;

final class PostgreSqlLoadTest extends LoadContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }
}
