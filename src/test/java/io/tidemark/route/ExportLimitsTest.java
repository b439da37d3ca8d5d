package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.rebilly.Doubts.RecordLimitAnswer;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import io.tidemark.stream.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What vendors allow of their exports at once. */
class ExportLimitsTest {
    private static final String EXPORTS = "/api/v5/exports";

    @TempDir
    Path folder;

    @Test
    void where_a_vendor_works_at_one_export_after_another_only_one_is_asked_for() {
        try (var sandbox = AccountEngagementSandbox.start()) {
            sandbox.switches().set(io.tidemark.sandbox.accountengagement.Doubts.STUCK, true);
            var setup = new Setup(folder)
                    .source("s", sandbox).stream("prospects", "s").stream("visitors", "s")
                            .set("tidemark.streams.prospects.resource", "prospect")
                            .set("tidemark.streams.visitors.resource", "visitor")
                            .set("tidemark.streams.prospects.start-from", "P300D")
                            .set("tidemark.streams.visitors.start-from", "P300D");
            try (var running = Running.begun(setup)) {
                Running.until(
                        () -> sandbox.log().requests().stream()
                                        .filter(request -> request.method().equals("GET"))
                                        .filter(request -> request.path().startsWith(EXPORTS + "/"))
                                        .count()
                                > 5,
                        () -> "nothing is polled");
                assertThat(sandbox.log().count("POST", EXPORTS)).isEqualTo(1);

                sandbox.switches().set(io.tidemark.sandbox.accountengagement.Doubts.STUCK, false);
                running.untilCommitted("prospects");
                running.untilCommitted("visitors");
            }
            assertThat(sandbox.log().count("POST", EXPORTS)).isEqualTo(2);
        }
    }

    @Test
    void the_whole_reach_of_a_vendor_comes_in_consecutive_windows_that_it_takes() {
        try (var sandbox = AccountEngagementSandbox.start()) {
            var setup = new Setup(folder)
                    .source("s", sandbox).stream("rows", "s")
                            .set("tidemark.sources.s.window-lag", "PT0S")
                            .set("tidemark.streams.rows.resource", "prospect")
                            .set("tidemark.streams.rows.table", "kept");
            try (var running = Running.begun(setup)) {
                running.untilCommitted("rows");

                assertThat(running.rows("select id from kept")).hasSize(20);
                assertThat(running.rows("select id from tidemark_cycle where outcome = 'committed'"))
                        .hasSizeGreaterThan(10);
            }
        }
    }

    @Test
    void an_export_that_is_given_up_is_cancelled() {
        try (var sandbox = AccountEngagementSandbox.start()) {
            sandbox.switches().set(io.tidemark.sandbox.accountengagement.Doubts.STUCK, true);
            var setup = new Setup(folder)
                    .source("s", sandbox).stream("rows", "s")
                            .set("tidemark.streams.rows.resource", "prospect")
                            .set("tidemark.streams.rows.start-from", "P300D")
                            .set("tidemark.streams.rows.job-timeout", "PT0.5S");
            try (var running = Running.begun(setup)) {
                Running.until(
                        () -> sandbox.log().requests().stream()
                                .anyMatch(request -> request.path().endsWith("/do/cancel")),
                        () -> "nothing is cancelled: " + running.state("rows"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_export_that_is_too_large_is_asked_for_in_halves_until_it_is_not(RecordLimitAnswer answer) {
        var clock = new MovableClock(Instant.parse("2026-11-20T12:00:00Z"));
        try (var sandbox = RebillySandbox.start(
                RebillySandbox.Options.standard().clock(clock).data(17, 0))) {
            sandbox.switches()
                    .set(io.tidemark.sandbox.rebilly.Doubts.RECORD_LIMIT, 2)
                    .set(io.tidemark.sandbox.rebilly.Doubts.RECORD_LIMIT_ANSWER, answer);
            for (int i = 0; i < 8; i++) {
                sandbox.put("customers", Map.of("primaryAddress/firstName", "Ada"));
                clock.advance(Duration.ofMinutes(2));
            }
            var setup = new Setup(folder)
                    .source("s", sandbox).stream("rows", "s")
                            .set("tidemark.streams.rows.resource", "customers")
                            .set("tidemark.streams.rows.start-from", "P1D")
                            .set("tidemark.streams.rows.table", "kept");
            try (var running = Running.begun(setup)) {
                Running.until(
                        () -> {
                            running.hurry();
                            StreamState state = running.state("rows");
                            return state.lastSuccess() != null && state.flight().isEmpty() && state.dueAt() == null;
                        },
                        () -> "it is " + running.state("rows"));
                assertThat(running.rows("select id from kept")).hasSize(8);
            }
        }
    }
}
