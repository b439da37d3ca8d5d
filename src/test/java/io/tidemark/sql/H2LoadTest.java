package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;

final class H2LoadTest extends LoadContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.h2(folder);
    }
}
