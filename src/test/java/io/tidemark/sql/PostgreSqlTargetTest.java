package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;

final class PostgreSqlTargetTest extends TargetContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }
}
