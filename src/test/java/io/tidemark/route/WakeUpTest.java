package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.sql.RealDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL tells of a commit, so that a local change does not wait for its schedule. */
class WakeUpTest {
    @TempDir
    Path folder;

    @Test
    void a_local_change_goes_out_when_it_is_committed_and_no_sooner() {
        DatabaseSettings database = RealDatabases.postgreSql();
        try (var sandbox = EveryActionSandbox.start();
                var running = Running.scheduled(Setup.of(folder, sandbox)
                        .set("tidemark.database.url", database.url())
                        .set("tidemark.database.username", database.username())
                        .contacts("direction", "both")
                        .contacts("outbound-schedule", "0 0 3 1 1 ? 2099"))) {
            running.begin("contacts");
            running.untilCommitted("contacts");
            long person = sandbox.keys("Contacts", false).get(0);

            running.execute("begin; update contacts set first_name = 'Rolled' where van_id = " + person + "; rollback");
            running.execute("update contacts set first_name = 'Greta' where van_id = " + person);
            Running.until(
                    () -> "Greta"
                            .equals(sandbox.record("Contacts", person)
                                    .orElseThrow()
                                    .get("FirstName")),
                    () -> "it waits: " + running.rows("select state, attempts, reason from tidemark_change"));

            assertThat(sandbox.log().count("POST", "/v4/people/" + person)).isEqualTo(1);
        }
    }
}
