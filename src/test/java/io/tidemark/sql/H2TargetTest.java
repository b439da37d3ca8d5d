package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;

final class H2TargetTest extends TargetContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.h2(folder);
    }
}
