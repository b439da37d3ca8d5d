package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.stream.Condition;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {
    @TempDir
    Path folder;

    @Test
    void a_stopped_stream_makes_it_not_ready_but_leaves_it_alive() throws Exception {
        try (var trial = new Trial(folder)) {
            trial.with("tidemark.sources.ea.api-key=wrong-key-canary");
            try (var running = new RunningDaemon(trial)) {
                var store = running.workplace().store();
                Trial.await(
                        () -> store.find("contacts").orElseThrow().condition(),
                        condition -> condition == Condition.STOPPED);

                assertThat(trial.get("/observe/health/live").statusCode()).isEqualTo(200);
                var ready = trial.get("/observe/health/ready");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body())
                        .contains(
                                "\"status\":\"DOWN\"",
                                "\"name\":\"streams\"",
                                "\"message\":\"contacts stopped: EveryAction denied ")
                        .doesNotContain("wrong-key-canary");
            }
        }
    }

    @Test
    void a_stream_that_goes_on_is_ready_again_and_its_meters_tell_what_it_did() throws Exception {
        try (var trial = new Trial(folder)) {
            try (Workplace before = trial.open()) {
                before.register();
                before.store().pause("contacts");
            }
            try (var running = new RunningDaemon(trial)) {
                running.workplace().store().resume("contacts");
                Trial.await(
                        () -> trial.get("/observe/metrics").body(),
                        text -> text.contains("tidemark_cycles_total{outcome=\"committed\",stream=\"contacts\"} 1.0")
                                && !text.contains("tidemark_lag_seconds{stream=\"contacts\"} NaN"));

                assertThat(trial.get("/observe/health/ready").statusCode()).isEqualTo(200);
                assertThat(trial.get("/observe/health").statusCode()).isEqualTo(200);
                assertThat(trial.get("/observe/metrics").body())
                        .contains("tidemark_rows_total{outcome=\"inserted\",stream=\"contacts\"} 20.0")
                        .contains("tidemark_rejects_total{stream=\"contacts\"} 0.0")
                        .contains("tidemark_pending_changes{stream=\"contacts\"} 0.0")
                        .contains("tidemark_conflicts{stream=\"contacts\"} 0.0")
                        .contains("tidemark_dead_letters{stream=\"contacts\"} 0.0")
                        .contains("tidemark_job_seconds_count{stream=\"contacts\"} 1")
                        .contains("tidemark_load_seconds_count{stream=\"contacts\"} 1")
                        .containsPattern("tidemark_lag_seconds\\{stream=\"contacts\"} [0-9.]+\n")
                        .doesNotContain("http://", trial.sandbox().user().key(), "camel_");
            }
        }
    }

    @Test
    void a_taken_port_is_said_with_the_key_that_changes_it() throws Exception {
        try (var trial = new Trial(folder);
                var other = new ServerSocket(trial.port(), 1, InetAddress.getLoopbackAddress())) {
            Trial.Answer answer = trial.run("run");

            assertThat(answer.status()).isEqualTo(2);
            assertThat(answer.err())
                    .isEqualToNormalizingNewlines("the routes did not start: health and metrics cannot be served on"
                            + " 127.0.0.1:" + other.getLocalPort() + " (Address already in use). Another program,"
                            + " perhaps another Tidemark, may listen there: set camel.management.port to a free port,"
                            + " or camel.management.enabled=false\n");
        }
    }

    @Test
    void a_call_that_fails_is_made_again_and_the_cycle_does_not_fail() throws Exception {
        try (var trial = new Trial(folder)) {
            trial.sandbox().faults().next("GET /v4/*", Fault.status(500).times(2));
            try (var running = new RunningDaemon(trial)) {
                Trial.await(
                        () -> trial.get("/observe/metrics").body(),
                        text -> text.contains("tidemark_cycles_total{outcome=\"committed\",stream=\"contacts\"} 1.0"));

                assertThat(trial.get("/observe/metrics").body())
                        .contains("tidemark_cycles_total{outcome=\"failed\",stream=\"contacts\"} 0.0");
                assertThat(running.workplace()
                                .store()
                                .find("contacts")
                                .orElseThrow()
                                .failures())
                        .isZero();
            }
        }
    }
}
