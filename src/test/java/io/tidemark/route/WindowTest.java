package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.everyaction.Doubts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a window starts and ends, and who says so. The sandbox lives a day ahead of this machine. */
class WindowTest {
    private static final MovableClock VENDOR = SharedBridge.aDayAhead();

    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(
            VENDOR,
            setup -> setup.contacts("overlap", "PT3M").stream("both", "ea")
                    .set("tidemark.streams.both.direction", "both")
                    .stream("since", "ea")
                    .set("tidemark.streams.since.start-from", "P10D")
                    .stream("ending", "ea")
                    .set("tidemark.streams.ending.export.date-changed-to", "2020-01-01T00:00:00Z"));

    @Test
    void the_watermark_is_the_end_that_the_server_named_at_the_request() {
        Instant first = VENDOR.instant();
        BRIDGE.begin("contacts");
        assertThat(BRIDGE.running().untilCommitted("contacts").watermark()).isEqualTo(first);

        VENDOR.advance(Duration.ofHours(2));
        assertThat(BRIDGE.running().cycle("contacts").watermark()).isEqualTo(first.plus(Duration.ofHours(2)));
    }

    @Test
    void the_watermark_is_the_end_that_the_server_named_when_it_made_the_export() {
        BRIDGE.sandbox()
                .switches()
                .set(Doubts.WINDOW_END, Doubts.WindowEnd.AT_EXECUTION)
                .set(Doubts.STUCK_PENDING, true);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobKnown("contacts");

        VENDOR.advance(Duration.ofHours(1));
        BRIDGE.sandbox().switches().set(Doubts.STUCK_PENDING, false);
        assertThat(BRIDGE.running().untilCommitted("contacts").watermark()).isEqualTo(VENDOR.instant());
        assertThat(BRIDGE.jobs()).isEqualTo(1);
    }

    @Test
    void a_window_reaches_back_over_the_last_one_by_the_overlap_and_leaves_the_end_to_the_server() {
        BRIDGE.begin("contacts");
        Instant watermark = VENDOR.instant();
        BRIDGE.running().untilCommitted("contacts");
        VENDOR.advance(Duration.ofHours(1));
        BRIDGE.running().cycle("contacts");

        JsonNode second = BRIDGE.asked().get(1);
        assertThat(instant(second, "dateChangedFrom")).isEqualTo(watermark.minus(Duration.ofMinutes(3)));
        assertThat(second.has("dateChangedTo")).isFalse();
    }

    @Test
    void the_first_window_covers_the_whole_reach_by_the_servers_clock_or_what_the_configuration_says() {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.begin("since");
        BRIDGE.running().untilCommitted("since");

        List<JsonNode> asked = BRIDGE.asked();
        Duration reach = Duration.ofDays(90).minus(Duration.ofMinutes(5));
        assertThat(Duration.between(instant(asked.get(0), "dateChangedFrom"), VENDOR.instant()))
                .isBetween(reach.minusSeconds(2), reach);
        assertThat(Duration.between(instant(asked.get(1), "dateChangedFrom"), VENDOR.instant()))
                .isBetween(
                        Duration.ofDays(10).minusSeconds(2), Duration.ofDays(10).plusSeconds(2));
    }

    @Test
    void the_first_window_takes_the_streams_own_changes_and_later_ones_leave_them_out() {
        BRIDGE.begin("both");
        BRIDGE.running().untilCommitted("both");
        BRIDGE.running().cycle("both");

        assertThat(BRIDGE.asked().get(0).path("excludeChangesFromSelf").asBoolean(false))
                .isFalse();
        assertThat(BRIDGE.asked().get(1).path("excludeChangesFromSelf").asBoolean(false))
                .isTrue();
        assertThat(BRIDGE.running().state("both").warnings()).isEmpty();
    }

    @Test
    void a_server_that_refuses_to_leave_own_changes_out_is_a_warning_in_the_status_and_once_in_the_log() {
        BRIDGE.sandbox().switches().set(Doubts.SELF_EXCLUSION, Doubts.SelfExclusion.REFUSED);
        try (var log = new CapturedLog()) {
            BRIDGE.begin("both");
            BRIDGE.running().untilCommitted("both");
            BRIDGE.running().cycle("both");
            assertThat(BRIDGE.running().status("both").warnings()).containsExactly(Requests.ECHO_WARNING);
            BRIDGE.running().cycle("both");

            assertThat(BRIDGE.running().status("both").warnings()).containsExactly(Requests.ECHO_WARNING);
            assertThat(log.warnings()).containsExactly("both: " + Requests.ECHO_WARNING);
        }
        BRIDGE.sandbox().switches().set(Doubts.SELF_EXCLUSION, Doubts.SelfExclusion.LAST_WRITER);
        BRIDGE.running().cycle("both");
        assertThat(BRIDGE.running().status("both").warnings()).isEmpty();
    }

    @Test
    void nothing_is_asked_for_once_the_configured_end_is_behind() {
        BRIDGE.begin("ending");
        BRIDGE.running().until("ending", state -> state.lastSuccess() != null && state.dueAt() == null);

        assertThat(BRIDGE.jobs()).isZero();
        assertThat(BRIDGE.running().rows("select id from tidemark_cycle")).isEmpty();
        assertThat(BRIDGE.running().state("ending").watermark()).isNull();
    }

    static Instant instant(JsonNode asked, String property) {
        return java.time.OffsetDateTime.parse(asked.path(property).asText()).toInstant();
    }
}
