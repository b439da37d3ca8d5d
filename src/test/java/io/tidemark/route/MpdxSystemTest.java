package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MpdxSystemTest extends SystemContract {

    @Override
    Vendor start(MovableClock clock) {
        return new Contacts(MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock)), clock);
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

        MpdxSandbox sandbox = ((Contacts) vendor()).sandbox();
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

    private record Contacts(MpdxSandbox sandbox, MovableClock clock) implements Vendor {
        @Override
        public PretendedSystem system() {
            return sandbox;
        }

        @Override
        public Faults faults() {
            return sandbox.faults();
        }

        @Override
        public RequestLog log() {
            return sandbox.log();
        }

        @Override
        public String resource() {
            return "contacts";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public String key() {
            return "id";
        }

        @Override
        public String column() {
            return "name";
        }

        @Override
        public String add(String text) {
            return sandbox.put("contacts", sandbox.user().accountLists().get(0), Map.of("name", text));
        }

        @Override
        public void edit(String key, String text) {
            sandbox.edit("contacts", key, Map.of("name", text));
        }

        @Override
        public Optional<String> text(String key) {
            return sandbox.record("contacts", key).map(values -> values.get("name"));
        }

        @Override
        public boolean remove(String key) {
            sandbox.remove("contacts", key);
            return true;
        }

        @Override
        public List<String> keys() {
            return sandbox.keys("contacts");
        }

        @Override
        public String row(String text) {
            return "(name) values ('" + text + "')";
        }

        @Override
        public String creation() {
            return "POST /api/v2/contacts";
        }

        @Override
        public boolean writes(RecordedRequest request) {
            return !request.method().equals("GET");
        }

        @Override
        public String reading() {
            return "GET /api/v2/contacts*";
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
