package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL roles: one that may make tables sets up, one that may hardly do anything works from then on. */
final class LeastRightsTest {
    /** All that the daemon's role needs after the set-up, with {@code ddl=off}. */
    private static final String[] GRANTS = {
        "grant usage on schema public to %s",
        "grant select, insert, update on contacts to %s",
        "grant select on tidemark_migration to %s",
        "grant select, insert, update on tidemark_stream, tidemark_source to %s",
        "grant select, insert, update on tidemark_cycle to %s",
        "grant select, insert, delete on tidemark_reject, tidemark_altered to %s",
        "grant select on tidemark_change, tidemark_conflict to %s",
        "grant usage on sequence tidemark_claim to %s",
        "grant select, insert, delete, truncate on tidemark_staging_contacts to %s",
    };

    @TempDir
    Path folder;

    private final EveryActionSandbox sandbox = EveryActionSandbox.start();
    private final Edits edits = new Edits(sandbox, new Random(30));

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void withoutTheRightToMakeTablesACycleCommits() {
        sandbox.switches()
                .set(Doubts.PENDING_POLLS, 0)
                .set(Doubts.IN_PROCESS_POLLS, 0)
                .set(Doubts.DUPLICATE_KEYS, true);
        Target admin = PostgreSqlServer.database();
        String name = admin.rows("select current_database()").get(0);
        String owner = name + "_owner";
        String worker = name + "_worker";
        admin.run(
                "create role " + owner + " login",
                "create role " + worker + " login",
                "grant create on schema public to " + owner);
        sync(new Installation(folder, sandbox, new Target(admin.url(), owner, "")), 0);
        edits.edit();
        sandbox.suppress(sandbox.keys("Contacts", false).get(3));

        for (String grant : GRANTS) {
            admin.run(grant.formatted(worker));
        }
        Target target = new Target(admin.url(), worker, "");
        String said = sync(new Installation(folder, sandbox, target).set("tidemark.database.ddl", "off"), 0);

        assertThat(said).contains("contacts: committed", "1 deleted");
        edits.assertEqual(admin);
        assertThat(admin.rows("select count(*) from tidemark_cycle where outcome = 'committed'"))
                .containsExactly("2");
    }

    @Test
    void anEmptyDatabaseIsRefusedWhereNothingMayBeMade() {
        Target target = PostgreSqlServer.database();
        String said = sync(new Installation(folder, sandbox, target).set("tidemark.database.ddl", "off"), 2);

        assertThat(said)
                .startsWith("tidemark.database.ddl is off and the bridge's tables are missing or old (V1__")
                .contains("tidemark check --ddl", "tidemark.database.ddl=on")
                .doesNotContain("\tat ");
        assertThat(target.rows("select table_name from information_schema.tables where table_schema = 'public'"))
                .isEmpty();
        assertThat(sandbox.log().requests()).isEmpty();
    }

    private static String sync(Installation installation, int status) {
        try (Program program = installation.start("sync")) {
            assertThat(program.await()).as(program.output()).isEqualTo(status);
            return program.output();
        }
    }
}
