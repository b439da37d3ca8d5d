package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.everyaction.Doubts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that never names a window's end (rule 14). In order, because the bridge learns it once in a process. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnEndTest {
    private static final MovableClock VENDOR = SharedBridge.aDayAhead();

    @RegisterExtension
    static final SharedBridge BRIDGE =
            new SharedBridge(VENDOR, setup -> setup.set("tidemark.sources.ea.window-lag", "PT7S"));

    @Test
    @Order(1)
    void where_the_server_never_names_the_end_the_bridge_sets_it_by_the_servers_clock_less_the_lag() {
        BRIDGE.sandbox().switches().set(Doubts.WINDOW_END, Doubts.WindowEnd.NEVER_TOLD);
        BRIDGE.begin("contacts");
        Instant watermark = BRIDGE.running().untilCommitted("contacts").watermark();

        assertThat(BRIDGE.asked()).hasSize(2);
        assertThat(BRIDGE.asked().get(0).has("dateChangedTo")).isFalse();
        assertThat(WindowTest.instant(BRIDGE.asked().get(1), "dateChangedTo")).isEqualTo(watermark);
        assertThat(Duration.between(watermark, VENDOR.instant()))
                .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        assertThat(BRIDGE.running().rows("select id from tidemark_cycle")).hasSize(1);
    }

    @Test
    @Order(2)
    void once_known_the_end_is_sent_with_the_first_request() {
        BRIDGE.sandbox().switches().set(Doubts.WINDOW_END, Doubts.WindowEnd.NEVER_TOLD);
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.asked()).hasSize(1);
        assertThat(BRIDGE.asked().get(0).has("dateChangedTo")).isTrue();
    }

    @Test
    @Order(3)
    void an_end_that_was_sent_counts_even_where_the_server_never_repeats_it() {
        BRIDGE.sandbox()
                .switches()
                .set(Doubts.WINDOW_END, Doubts.WindowEnd.NEVER_TOLD)
                .set(Doubts.STUCK_PENDING, true);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobKnown("contacts");
        String complete = """
                {"exportJobId": 3000000019, "jobStatus": "Complete", "files": [], "exportedRecordCount": 0}""";
        BRIDGE.sandbox()
                .faults()
                .next(
                        SharedBridge.GET_JOB,
                        Fault.status(200).body("application/json", complete).times(20));
        Instant watermark = BRIDGE.running().untilCommitted("contacts").watermark();

        assertThat(BRIDGE.asked()).hasSize(1);
        assertThat(WindowTest.instant(BRIDGE.asked().get(0), "dateChangedTo")).isEqualTo(watermark);
    }
}
