package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.sql.Claim;
import io.tidemark.stream.NextStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When a round of writing begins. */
class RoundsTest {
    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(setup -> setup.contacts("direction", "both")
            .contacts("poll-first", "PT0.01S")
            .set("tidemark.sources.ea.external-id-type", "BridgeKey"));

    @TempDir
    Path folder;

    @Test
    void a_batch_of_many_rounds_goes_out_without_waiting_for_a_tick_in_between() {
        var many = EveryActionSandbox.Options.standard().data(7, 2 * Writes.ROUND + 50);
        try (var sandbox = EveryActionSandbox.start(many);
                var running = Running.start(Setup.of(folder, sandbox)
                        .tick(3_600_000)
                        .contacts("direction", "both")
                        .contacts("brake", "off")
                        .contacts("write-check", "off"))) {
            running.begin("contacts");
            Running.until(
                    () -> {
                        offer(running);
                        return running.state("contacts").lastSuccess() != null;
                    },
                    () -> "it does not begin: " + running.state("contacts"));
            running.execute("update contacts set first_name = 'Everybody'");
            sandbox.log().clear();
            running.store().outboundDue("contacts");
            offer(running);

            Running.until(
                    () -> running.rows("select id from tidemark_change where state <> 'pinned'")
                            .isEmpty(),
                    () -> "it waits: "
                            + running.rows("select state, count(*) as n from tidemark_change group by state"));
            assertThat(sandbox.log().requests().stream()
                            .filter(request -> request.method().equals("POST"))
                            .count())
                    .isEqualTo(2 * Writes.ROUND + 50);
        }
    }

    /** What a tick does. */
    private static void offer(Running running) {
        running.bridge().context().createProducerTemplate().sendBody("direct:offer-ea", Map.of("name", "contacts"));
    }

    @Test
    void a_wish_that_is_made_during_a_round_outlives_it_and_one_that_was_there_before_does_not() {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.running().bridge().only(java.util.Set.of());
        try {
            BRIDGE.running().store().outboundDue("contacts");
            BRIDGE.running().store().outboundDue("contacts");
            assertThat(round(() -> {})).isFalse();
            assertThat(wishes()).isZero();

            BRIDGE.running().store().outboundDue("contacts");
            assertThat(round(() -> BRIDGE.running().store().outboundDue("contacts")))
                    .isTrue();
            assertThat(wishes()).isEqualTo(1);

            assertThat(round(() -> {})).isFalse();
            assertThat(round(() -> BRIDGE.running().store().outboundDue("contacts")))
                    .as("nobody had wished for the round itself")
                    .isTrue();
            assertThat(wishes()).isEqualTo(1);
        } finally {
            BRIDGE.running().bridge().only(java.util.Set.of("contacts"));
        }
    }

    /** A round in the course of which something happens; whether a further one was wished for. */
    private static boolean round(Runnable meanwhile) {
        Claim claim = BRIDGE.running()
                .store()
                .takeToWrite("contacts", "test", Duration.ofMinutes(1))
                .orElseThrow();
        meanwhile.run();
        return BRIDGE.running().store().wrote(claim, claim.state(), null);
    }

    private static int wishes() {
        return BRIDGE.running()
                .rows("select name from tidemark_stream where outbound_due_at is not null")
                .size();
    }

    @Test
    void a_load_that_a_creation_in_doubt_holds_up_is_looked_at_again_when_that_can_be_looked_up() {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.sandbox().faults().next("POST /v4/people/findOrCreate", Fault.reset());
        BRIDGE.running()
                .execute(
                        "insert into contacts (first_name, last_name, email) values ('Nina', 'Neu', 'nina@example.org')");
        BRIDGE.running().store().outboundDue("contacts");
        Running.until(
                () -> !BRIDGE.running()
                        .rows("select id from tidemark_change where state = 'sending' and attempts = 1")
                        .isEmpty(),
                () -> "it is " + BRIDGE.running().rows("select * from tidemark_change"));
        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp + interval '1' hour");
        BRIDGE.running().store().due("contacts");
        BRIDGE.running().until("contacts", state -> state.flight().isPresent() && state.nextStep() == NextStep.LOAD);

        var waiting = BRIDGE.running()
                .until(
                        "contacts",
                        state ->
                                state.nextAt().isAfter(state.job().requestedAt().plus(Duration.ofMinutes(50))));
        assertThat(waiting.nextStep()).isEqualTo(NextStep.LOAD);

        BRIDGE.running()
                .execute("update tidemark_change set next_at = current_timestamp,"
                        + " sent_at = sent_at - interval '10' minute");
        BRIDGE.running().hurry();
        BRIDGE.running().untilCommitted("contacts");
        assertThat(BRIDGE.sandbox().log().count("POST", "/v4/people/findOrCreate"))
                .isEqualTo(2);
    }
}
