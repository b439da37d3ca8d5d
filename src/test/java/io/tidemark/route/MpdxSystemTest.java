package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import io.tidemark.stream.Condition;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MpdxSystemTest extends SystemContract {

    @Override
    Vendor start(InstantSource clock) {
        return new MpdxVendor(clock);
    }

    @Test
    void so_many_that_vanished_at_once_wait_for_a_person_in_an_inbound_stream_too() {
        List<String> contacts =
                Stream.generate(() -> vendor().add("Before")).limit(120).toList();
        reconfigure(Map.of("tidemark.streams.rows.direction", "inbound", "tidemark.streams.rows.brake", "20%"));
        pass();
        running().cycle("rows");
        contacts.stream().skip(10).forEach(vendor()::vanish);
        pass();
        running().store().reconcile("rows");
        running().until("rows", state -> state.condition() == Condition.BRAKED);

        assertThat(marked()).isEmpty();
    }

    /** Where a creation of two calls can break. */
    enum Break {
        ANSWER("POST /api/v2/contacts", Fault.answerLost()),
        CHILD("POST /api/v2/contacts/*/addresses", Fault.reset()),
        BUSY("POST /api/v2/contacts/*/addresses", Fault.status(429).retryAfterSeconds(0)),
        ANSWER_TO_THE_CHILD("POST /api/v2/contacts/*/addresses", Fault.answerLost());

        private final String request;

        @SuppressWarnings("ImmutableEnumChecker") // a fault is a value
        private final Fault fault;

        Break(String request, Fault fault) {
            this.request = request;
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_creation_that_broke_off_half_way_is_completed(Break half) {
        vendor().faults().next(half.request, half.fault);
        running().execute("insert into kept (name, address_street) values ('Created', '1 Sample St')");
        send();
        assertThat(vendor().faults().left()).isZero();
        running().execute("update tidemark_change set next_at = current_timestamp");
        send();
        settle();

        MpdxSandbox sandbox = ((MpdxVendor) vendor()).sandbox();
        String key = running().value("select id from kept where name = 'Created'");
        assertThat(sandbox.children("addresses", key))
                .singleElement()
                .satisfies(address -> assertThat(
                                sandbox.record("addresses", address).orElseThrow())
                        .containsEntry("street", "1 Sample St"));
        assertThat(running().value("select address_street from kept where name = 'Created'"))
                .isEqualTo("1 Sample St");
        assertThat(running().rows("select * from tidemark_conflict")).isEmpty();
        quiet();
    }
}
