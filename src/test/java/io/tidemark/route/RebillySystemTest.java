package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.rebilly.Doubts;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebillySystemTest extends SystemContract {

    @Override
    Vendor start(MovableClock clock) {
        return new Customers(
                RebillySandbox.start(RebillySandbox.Options.standard().clock(clock)), clock);
    }

    @Test
    void an_edit_there_between_the_look_and_the_write_is_recorded_once_as_a_conflict_and_read_back() {
        String key = vendor().keys().get(0);
        vendor().faults()
                .meanwhile(
                        "PUT /organizations/*/customers/*",
                        false,
                        () -> ((Customers) vendor())
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
                ((Customers) vendor()).sandbox().record("customers", key).orElseThrow();
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
        ((Customers) vendor()).sandbox().switches().set(Doubts.EQUAL_PUT, equal);
        ((Customers) vendor()).sandbox().switches().set(Doubts.DROPPED, Set.of("primaryAddress/firstName"));
        running().execute("update kept set primary_address_first_name = 'Here'");
        send();

        assertThat(running().rows("select * from tidemark_conflict")).isEmpty();
    }

    @Test
    void an_export_whose_process_died_before_its_id_was_stored_is_found_in_the_list() {
        vendor().edit(record(), "There");
        pass();
        long before = exports();
        vendor().faults().meanwhile("POST /organizations/*/data-exports", true, () -> {
            vendor().clock().advance(Duration.ofMinutes(1));
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

    private record Customers(RebillySandbox sandbox, MovableClock clock) implements Vendor {
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
            return "customers";
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
            return "primary_address_first_name";
        }

        @Override
        public String add(String text) {
            return sandbox.put("customers", Map.of("primaryAddress/firstName", text));
        }

        @Override
        public void edit(String key, String text) {
            sandbox.edit("customers", key, Map.of("primaryAddress/firstName", text));
        }

        @Override
        public Optional<String> text(String key) {
            return sandbox.record("customers", key).map(values -> values.get("primaryAddress/firstName"));
        }

        @Override
        public boolean remove(String key) {
            return false;
        }

        @Override
        public List<String> keys() {
            return sandbox.keys("customers");
        }

        @Override
        public String row(String text) {
            return "(primary_address_first_name) values ('" + text + "')";
        }

        @Override
        public String creation() {
            return "PUT /organizations/*/customers/*";
        }

        @Override
        public boolean writes(RecordedRequest request) {
            return request.path().contains("/customers") && !request.method().equals("GET");
        }

        @Override
        public String reading() {
            return "GET /*";
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
