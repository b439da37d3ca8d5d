package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.stream.Condition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that a vendor grants for a while. */
class TokensTest {
    @TempDir
    Path folder;

    @Test
    void one_token_is_asked_for_and_shared_by_all_calls() {
        try (var sandbox = AccountEngagementSandbox.start();
                var running = Running.begun(setup(sandbox))) {
            running.untilCommitted("rows");
            running.cycle("rows");

            assertThat(granted(sandbox)).isEqualTo(1);
            assertThat(sandbox.credentialLeaks()).isEmpty();
        }
    }

    @Test
    void a_token_that_is_refused_is_renewed_once_and_the_call_made_again() {
        try (var sandbox = AccountEngagementSandbox.start();
                var running = Running.begun(setup(sandbox))) {
            running.untilCommitted("rows");
            sandbox.revokeTokens();
            running.cycle("rows");

            assertThat(granted(sandbox)).isEqualTo(2);
            assertThat(running.state("rows").lastError()).isNull();
        }
    }

    @Test
    void a_token_that_cannot_be_had_now_delays_the_step() {
        try (var sandbox = AccountEngagementSandbox.start()) {
            sandbox.faults().next("POST /services/oauth2/token", Fault.status(503));
            try (var running = Running.begun(setup(sandbox))) {
                running.until("rows", state -> state.failures() == 1);
                running.hurry();
                running.untilCommitted("rows");
            }
        }
    }

    @Test
    void credentials_that_get_no_token_stop_the_stream_and_are_not_shown() {
        try (var sandbox = AccountEngagementSandbox.start();
                var running = Running.begun(setup(sandbox).set("tidemark.sources.s.client-secret", "a-wrong-secret"))) {
            var stopped = running.until("rows", state -> state.condition() == Condition.STOPPED);

            assertThat(stopped.reason()).contains("Check client-id").doesNotContain("a-wrong-secret");
            assertThat(granted(sandbox)).isEqualTo(1);
        }
    }

    private static long granted(AccountEngagementSandbox sandbox) {
        return sandbox.log().count("POST", "/services/oauth2/token");
    }

    private Setup setup(AccountEngagementSandbox sandbox) {
        return new Setup(folder)
                .source("s", sandbox).stream("rows", "s")
                        .set("tidemark.streams.rows.resource", "prospect")
                        .set("tidemark.streams.rows.start-from", "P300D");
    }
}
