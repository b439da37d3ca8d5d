package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An export that shows what was before a confirmed deletion, while no read-back has told better. */
class OldExportTest {
    private static final MovableClock VENDOR = SharedBridge.aDayAhead();

    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(
            EveryActionSandbox.Options.standard().clock(VENDOR).data(7, 5),
            setup -> setup.contacts("direction", "both")
                    .contacts("deletes", "ignore")
                    .contacts("outbound-deletes", "propagate"));

    @Test
    void does_not_bring_the_row_back_where_deletions_there_are_not_shown() {
        long person = BRIDGE.sandbox().put("Contacts", Map.of("FirstName", "Ada", "LastName", "Before"));
        VENDOR.advance(Duration.ofHours(3));
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.sandbox()
                .switches()
                .set(Doubts.SELF_EXCLUSION, Doubts.SelfExclusion.REFUSED)
                .set(Doubts.CHANGE_LOG_DELAY, Duration.ofHours(1));
        BRIDGE.running().execute("delete from contacts where van_id = " + person);
        BRIDGE.running().store().outboundDue("contacts");
        Running.until(
                () -> !BRIDGE.sandbox().keys("Contacts", false).contains(person)
                        && BRIDGE.running()
                                .rows("select id from tidemark_change where state = 'sending'")
                                .isEmpty(),
                () -> "it is still there");

        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp + interval '1' hour");
        BRIDGE.running().store().resync("contacts");
        BRIDGE.running().cycle("contacts");

        assertThat(BRIDGE.running().rows("select van_id from contacts where van_id = " + person))
                .isEmpty();
    }
}
