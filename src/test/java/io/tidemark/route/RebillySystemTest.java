package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.rebilly.Doubts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebillySystemTest extends SystemContract {

    @Override
    Vendor start(InstantSource clock) {
        return new RebillyVendor(clock);
    }

    @Test
    void an_edit_there_between_the_look_and_the_write_is_recorded_once_as_a_conflict_and_read_back() {
        String key = vendor().keys().get(0);
        vendor().faults()
                .meanwhile(
                        "PUT /organizations/*/customers/*",
                        false,
                        () -> ((RebillyVendor) vendor())
                                .sandbox()
                                .edit("customers", key, Map.of("primaryAddress/lastName", "Unseen")));
        running().execute("update kept set primary_address_first_name = 'Here' where id = '" + key + "'");
        send();
        settle();

        assertThat(running().rows("select * from tidemark_conflict"))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict)
                        .containsEntry("key", key)
                        .containsEntry("field", "*")
                        .containsEntry("remote", "unknown")
                        .containsEntry("outcome", "target"));
        assertThat(running().rows("select 1 from tidemark_cycle where kind = 'read-back' and outcome = 'committed'"))
                .isNotEmpty();
        Map<String, String> there =
                ((RebillyVendor) vendor()).sandbox().record("customers", key).orElseThrow();
        assertThat(running()
                        .rows("select primary_address_first_name first, primary_address_last_name last from kept"
                                + " where id = '" + key + "'"))
                .singleElement()
                .satisfies(here -> {
                    assertThat(here.get("first")).isEqualTo("Here").isEqualTo(there.get("primaryAddress/firstName"));
                    assertThat(here.get("last")).isEqualTo(there.get("primaryAddress/lastName"));
                });
        quiet();
    }

    @ParameterizedTest
    @EnumSource
    void a_write_that_nobody_came_before_is_no_conflict(Doubts.EqualPut equal) {
        ((RebillyVendor) vendor()).sandbox().switches().set(Doubts.EQUAL_PUT, equal);
        ((RebillyVendor) vendor()).sandbox().switches().set(Doubts.DROPPED, Set.of("primaryAddress/firstName"));
        running().execute("update kept set primary_address_first_name = 'Here'");
        send();

        assertThat(running().rows("select * from tidemark_conflict")).isEmpty();
    }

    @Test
    void an_export_whose_process_died_before_its_id_was_stored_is_found_in_the_list() {
        there();
        pass();
        long before = exports();
        vendor().faults().meanwhile("POST /organizations/*/data-exports", true, () -> {
            clock().advance(Duration.ofMinutes(1));
            running().execute("update tidemark_stream set claim_token = -1, claim_until = null, claim_holder = null");
        });
        running().store().due("rows");
        Running.until(
                () -> {
                    running().hurry();
                    return here(record()).equals("There");
                },
                () -> "it has not come: " + running().state("rows"));

        assertThat(exports()).isEqualTo(before + 1);
    }

    private long exports() {
        return vendor().log().requests().stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().endsWith("/data-exports"))
                .count();
    }
}
