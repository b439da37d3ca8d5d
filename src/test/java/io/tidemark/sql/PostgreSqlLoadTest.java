package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;

final class PostgreSqlLoadTest extends LoadContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }

    @Override
    List<String> capitals() {
        return List.of(
                "create function capitals() returns trigger language plpgsql as"
                        + " $$ begin new.first_name = upper(new.first_name); return new; end $$",
                "create trigger capitals before insert or update on contacts for each row execute function capitals()");
    }
}
