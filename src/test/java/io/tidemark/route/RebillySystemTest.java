package io.tidemark.route;

import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RebillySystemTest extends SystemContract {

    @Override
    Vendor start(MovableClock clock) {
        return new Customers(
                RebillySandbox.start(RebillySandbox.Options.standard().clock(clock)), clock);
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
