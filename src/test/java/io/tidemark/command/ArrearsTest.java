package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sql.StreamStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrearsTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String HOST =
            ManagementFactory.getRuntimeMXBean().getName().replaceFirst(".*@", "@");

    @TempDir
    Path folder;

    @Test
    void the_claim_of_a_process_that_is_gone_is_free_at_the_next_start() {
        try (var trial = new Trial(folder);
                Workplace workplace = trial.open()) {
            workplace.register();
            StreamStore store = workplace.store();
            store.claim("contacts", "99999999" + HOST, LEASE);
            assertThat(store.claim("contacts", "another", LEASE)).isEmpty();

            new Arrears(workplace.database(), store).freeClaims();

            assertThat(store.claim("contacts", "another", LEASE)).isPresent();
        }
    }

    @Test
    void the_claims_of_living_processes_and_of_other_machines_stay() {
        try (var trial = new Trial(folder)
                        .with("tidemark.streams.other.source=ea", "tidemark.streams.other.resource=Contacts");
                Workplace workplace = trial.open()) {
            workplace.register();
            StreamStore store = workplace.store();
            store.claim("contacts", "99999999@elsewhere.example.org", LEASE);
            store.claim("other", "1" + HOST, LEASE);

            new Arrears(workplace.database(), store).freeClaims();

            assertThat(store.all()).extracting(StreamStore.Known::holder).doesNotContainNull();
        }
    }

    @Test
    void a_stream_is_due_once_its_schedule_fired_since_its_latest_cycle_and_not_before() {
        try (var trial = new Trial(folder)) {
            assertThat(trial.run("sync").status()).isZero();

            assertThat(dueAfterStart(trial.with("tidemark.streams.contacts.schedule=0 0 0 1 1 ?")))
                    .isFalse();
            assertThat(dueAfterStart(trial.with("tidemark.streams.contacts.schedule=* * * * * ?")))
                    .isTrue();
        }
    }

    private static boolean dueAfterStart(Trial trial) {
        try (Workplace workplace = trial.open()) {
            LockSupport.parkNanos(1_100_000_000);
            new Arrears(workplace.database(), workplace.store()).wantMissed(workplace.settings());
            return workplace.store().find("contacts").orElseThrow().dueAt() != null;
        }
    }
}
