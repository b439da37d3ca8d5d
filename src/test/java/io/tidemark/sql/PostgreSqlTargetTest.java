package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PostgreSqlTargetTest extends TargetContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }

    @Test
    void aRightThatIsLackingIsSaidAsSuch() {
        try (Database read = Database.open(account(fresh(folder), "reader"))) {
            assertThatThrownBy(() -> new Migrations(read).run())
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining(" cannot be set up or read: the database refused (SQL state 42501): ERROR:"
                            + " permission denied for schema public. The account lacks a right: 'tidemark check --ddl'"
                            + " prints the statements and grants for a DBA");
        }
    }

    @Test
    void aTableOfAnotherAccountThatHasToBeAlteredIsSaid() {
        run("create table contacts (van_id bigint)");
        DatabaseSettings worker = account(database.settings(), "worker");
        run("grant create on schema public to " + worker.username());
        run("grant all on contacts to " + worker.username());
        try (Database mine = Database.open(worker)) {
            assertThat(Target.denied(mine, stream.settings(), stream.shape()))
                    .contains("table contacts belongs to another account, and its next cycle has to alter it: let its"
                            + " owner run what 'tidemark check --ddl' prints, or make " + worker.username()
                            + " a member of the role that owns it");
            assertThatThrownBy(() -> Target.prepare(mine, stream.settings(), stream.shape(), ZoneOffset.UTC))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("must be owner of table contacts. The account lacks a right: ");

            run("alter table contacts owner to " + worker.username());
            assertThat(Target.denied(mine, stream.settings(), stream.shape())).isEmpty();
        }
    }

    /** An account that may do nothing but connect. */
    private DatabaseSettings account(DatabaseSettings admin, String name) {
        String role = admin.url().replaceFirst(".*/(\\w+).*", "$1") + "_" + name;
        run("create role " + role + " login");
        return new DatabaseSettings(
                admin.url().replaceFirst("user=\\w+", "user=" + role), role, "", 2, Optional.empty(), true);
    }
}
