package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MpdxSystemTest extends SystemContract {

    @Override
    Vendor start(InstantSource clock) {
        return new MpdxVendor(clock);
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
