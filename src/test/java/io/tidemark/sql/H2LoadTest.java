package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;

final class H2LoadTest extends LoadContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.h2(folder);
    }

    @Override
    void kill() {
        assertThatThrownBy(() -> run("shutdown immediately")).isInstanceOf(DatabaseException.class);
    }

    @Override
    List<String> capitals() {
        return List.of(
                "create trigger capitals before insert, update on contacts for each row call 'io.tidemark.sql.Capitals'");
    }
}
