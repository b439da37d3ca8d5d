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
    void kill() {
        run("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    @Override
    List<String> capitals() {
        return List.of(
                "create function capitals() returns trigger language plpgsql as"
                        + " $$ begin new.first_name = upper(new.first_name); return new; end $$",
                "create trigger capitals before insert or update on contacts for each row execute function capitals()");
    }
}
