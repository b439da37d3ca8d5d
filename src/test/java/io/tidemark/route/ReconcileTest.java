package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A full comparison reaches the records that no window shows any more (rule 18). */
class ReconcileTest {
    private static final int KNOWN = 1200;

    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(
            EveryActionSandbox.Options.standard().data(3, KNOWN),
            setup -> setup.contacts("direction", "both").contacts("conflict", "target-wins"));

    private long first;
    private long last;

    @BeforeEach
    void begin() {
        while (BRIDGE.sandbox().keys("Contacts", false).size() < KNOWN) {
            BRIDGE.sandbox().put("Contacts", Map.of("FirstName", "Nova", "LastName", "Neu"));
        }
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        List<Long> keys = BRIDGE.sandbox().keys("Contacts", false);
        first = keys.get(0);
        last = keys.get(keys.size() - 1);
    }

    @Test
    void the_known_records_are_asked_for_by_their_keys_after_the_window_without_moving_the_watermark() {
        compare();

        List<JsonNode> asked = BRIDGE.asked().subList(1, 4);
        assertThat(asked).extracting(body -> body.path("requestedIds").size()).containsExactly(0, 1000, 200);
        assertThat(asked).allMatch(body -> !body.path("excludeChangesFromSelf").asBoolean());
        assertThat(kinds()).containsExactly("window", "reconcile", "reconcile", "reconcile");
        assertThat(BRIDGE.running().rows("select name from tidemark_stream where reconcile or last_key is not null"))
                .isEmpty();
        BRIDGE.running().cycle("contacts");
        assertThat(kinds()).endsWith("reconcile", "window");
    }

    @Test
    void a_record_that_is_gone_without_a_word_is_marked_after_a_look_at_it() {
        BRIDGE.sandbox().forget("Contacts", first);
        BRIDGE.sandbox().forget("Contacts", last);
        compare();

        assertThat(marked()).containsExactly(Map.of("van_id", "" + first), Map.of("van_id", "" + last));
        assertThat(BRIDGE.running().rows("select van_id from contacts where first_name is null and last_name is null"))
                .isEmpty();
        compare();
        assertThat(looks()).isEqualTo(2);
    }

    @Test
    void a_record_that_the_export_left_out_and_that_is_still_there_keeps_its_row() {
        BRIDGE.sandbox()
                .faults()
                .meanwhile(SharedBridge.GET_FILE, true, () -> BRIDGE.sandbox().prepareExport("Contacts", List.of(), 0));
        BRIDGE.sandbox().forget("Contacts", first);
        compare();

        assertThat(looks()).isEqualTo(1000);
        assertThat(marked()).containsExactly(Map.of("van_id", "" + first));
    }

    @Test
    void an_edit_of_a_record_that_is_gone_is_kept_in_a_conflict() {
        BRIDGE.sandbox().forget("Contacts", first);
        BRIDGE.running().execute("update contacts set first_name = 'Edited' where van_id = " + first);
        compare();

        assertThat(BRIDGE.running().rows("select * from tidemark_conflict")).hasSize(1);
        assertThat(BRIDGE.running().rows("select state from tidemark_change"))
                .extracting(row -> row.get("state"))
                .containsExactly("dead");
    }

    @Test
    void so_many_gone_at_once_wait_for_a_person() {
        BRIDGE.sandbox().keys("Contacts", false).stream()
                .limit(300)
                .forEach(key -> BRIDGE.sandbox().forget("Contacts", key));
        BRIDGE.running().store().reconcile("contacts");
        BRIDGE.running().until("contacts", state -> state.condition() == Condition.BRAKED);

        assertThat(marked()).isEmpty();
    }

    private static void compare() {
        BRIDGE.running().store().reconcile("contacts");
        BRIDGE.running().cycle("contacts");
    }

    private static List<@Nullable String> kinds() {
        return BRIDGE.running().rows("select kind from tidemark_cycle order by id").stream()
                .map(row -> row.get("kind"))
                .toList();
    }

    private static List<Map<String, @Nullable String>> marked() {
        return BRIDGE.running()
                .rows("select van_id from contacts where tidemark_deleted_at is not null order by van_id");
    }

    private static long looks() {
        return BRIDGE.sandbox().log().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().startsWith("/v4/people/9"))
                .count();
    }
}
