package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.Condition;
import io.tidemark.stream.StreamState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A watermark that is older than what the vendor keeps (F17). */
class GapTest {
    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(
            EveryActionSandbox.Options.standard().data(17, 1200),
            setup -> setup.stream("clamped", "ea").set("tidemark.streams.clamped.gap", "clamp").stream("filled", "ea")
                    .set("tidemark.streams.filled.gap", "backfill"));

    @Test
    void without_a_rule_the_stream_stops_and_says_what_can_be_done() {
        Instant watermark = longAgo("contacts");
        StreamState stopped = BRIDGE.running().until("contacts", state -> state.condition() == Condition.STOPPED);

        assertThat(stopped.reason())
                .startsWith("stream contacts: the watermark " + watermark
                        + " is older than the vendor keeps changes (since 2")
                .endsWith(
                        "Set tidemark.streams.contacts.gap=clamp to go on from there, or =backfill to ask for the known"
                                + " records one by one first, then run 'tidemark resume contacts'");
        assertThat(stopped.watermark()).isEqualTo(watermark);
        assertThat(BRIDGE.jobs()).isEqualTo(1);
    }

    @Test
    void clamped_it_goes_on_from_where_the_vendor_still_knows() {
        longAgo("clamped");
        BRIDGE.running().until("clamped", state -> state.flight().isEmpty() && state.dueAt() == null);

        assertThat(BRIDGE.asked()).hasSize(2);
        assertThat(WindowTest.instant(BRIDGE.asked().get(1), "dateChangedFrom"))
                .isAfter(InstantSource.system().instant().minus(90, ChronoUnit.DAYS));
        assertThat(BRIDGE.running().state("clamped").watermark())
                .isAfter(InstantSource.system().instant().minus(1, ChronoUnit.HOURS));
    }

    @Test
    void back_filled_it_asks_for_the_known_records_in_batches_by_their_keys_and_then_for_the_window() {
        Instant watermark = longAgo("filled");
        BRIDGE.running().until("filled", state -> state.flight().isEmpty() && state.dueAt() == null);

        List<JsonNode> asked = BRIDGE.asked();
        assertThat(asked).hasSize(4);
        assertThat(asked.get(1).path("requestedIds")).hasSize(1000);
        var ids = new ArrayList<Long>();
        asked.get(1).path("requestedIds").forEach(id -> ids.add(id.asLong()));
        asked.get(2).path("requestedIds").forEach(id -> ids.add(id.asLong()));
        assertThat(ids).containsExactlyInAnyOrderElementsOf(BRIDGE.sandbox().keys("Contacts", true));
        assertThat(asked.get(3).has("requestedIds")).isFalse();
        assertThat(BRIDGE.running().rows("select kind from tidemark_cycle order by id"))
                .extracting(row -> row.get("kind"))
                .containsExactly("window", "backfill", "backfill", "window");
        assertThat(BRIDGE.running().state("filled").watermark()).isAfter(watermark);
        assertThat(BRIDGE.running().state("filled").lastKey()).isNull();
    }

    /** One good cycle, a long time ago. */
    private static Instant longAgo(String stream) {
        BRIDGE.begin(stream);
        BRIDGE.running().untilCommitted(stream);
        BRIDGE.running().execute("update tidemark_stream set watermark = dateadd(day, -200, watermark)");
        Instant watermark = BRIDGE.running().state(stream).watermark();
        BRIDGE.running().store().due(stream);
        return java.util.Objects.requireNonNull(watermark);
    }
}
