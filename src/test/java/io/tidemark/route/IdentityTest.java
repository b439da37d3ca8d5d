package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.ApiUser;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another account or another database under the same stream's name (F34). */
class IdentityTest {
    @TempDir
    Path folder;

    @Test
    void another_account_stops_the_stream_until_a_person_accepts_it() {
        try (var sandbox = EveryActionSandbox.start()) {
            Setup setup = Setup.of(folder, sandbox);
            Instant watermark = oneCycle(setup);
            sandbox.log().clear();
            setup.source("ea", sandbox, ApiUser.SOMEBODY_ELSE);

            try (var running = Running.start(setup)) {
                running.store().due("contacts");
                StreamState stopped = running.until("contacts", state -> state.condition() == Condition.STOPPED);
                assertThat(stopped.reason())
                        .startsWith("stream contacts: the account changed from everyaction database=")
                        .contains("user=\"sandboxBridge\"", "to everyaction database=", "user=\"sandboxOther\"")
                        .endsWith(
                                "If that is meant, run 'tidemark resume contacts --accept'; if this is a copy, remove the"
                                        + " stream or point it elsewhere");
                assertThat(stopped.watermark()).isEqualTo(watermark);
                assertThat(sandbox.log().count("POST", SharedBridge.JOBS)).isZero();

                running.store().resume("contacts");
                running.until("contacts", state -> state.condition() == Condition.STOPPED);

                running.store().accept("contacts");
                running.until("contacts", state -> state.flight().isEmpty() && state.dueAt() == null);
                assertThat(running.state("contacts").watermark()).isAfter(watermark);
            }
        }
    }

    @Test
    void a_copy_of_the_database_stops_the_stream_until_a_person_accepts_it() throws IOException {
        try (var sandbox = EveryActionSandbox.start()) {
            Setup setup = Setup.of(folder, sandbox);
            oneCycle(setup);
            Files.copy(folder.resolve("tidemark.mv.db"), folder.resolve("copy.mv.db"));
            sandbox.log().clear();
            setup.set("tidemark.database.url", "jdbc:h2:file:./copy");

            try (var running = Running.start(setup)) {
                running.store().due("contacts");
                StreamState stopped = running.until("contacts", state -> state.condition() == Condition.STOPPED);
                assertThat(stopped.reason())
                        .startsWith("stream contacts: the database changed from ")
                        .contains("/tidemark", "/copy");
                assertThat(sandbox.log().count("POST", SharedBridge.JOBS)).isZero();

                running.store().accept("contacts");
                running.until("contacts", state -> state.flight().isEmpty() && state.dueAt() == null);
                assertThat(running.lastCycle("contacts").outcome()).isEqualTo("committed");
            }
        }
    }

    private static Instant oneCycle(Setup setup) {
        try (var running = Running.start(setup)) {
            running.begin("contacts");
            return java.util.Objects.requireNonNull(
                    running.untilCommitted("contacts").watermark());
        }
    }
}
