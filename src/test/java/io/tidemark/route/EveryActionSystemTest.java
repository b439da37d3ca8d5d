package io.tidemark.route;

import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class EveryActionSystemTest extends SystemContract {

    @Override
    Vendor start(MovableClock clock) {
        return new Contacts(
                EveryActionSandbox.start(EveryActionSandbox.Options.standard().clock(clock)), clock);
    }

    private record Contacts(EveryActionSandbox sandbox, MovableClock clock) implements Vendor {
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
            return "Contacts";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("sources.s.external-id-type", "BridgeKey");
        }

        @Override
        public String key() {
            return "van_id";
        }

        @Override
        public String column() {
            return "first_name";
        }

        @Override
        public String add(String text) {
            return String.valueOf(sandbox.put("Contacts", Map.of("FirstName", text, "Email", "somebody@example.org")));
        }

        @Override
        public void edit(String key, String text) {
            sandbox.edit("Contacts", Long.parseLong(key), Map.of("FirstName", text));
        }

        @Override
        public Optional<String> text(String key) {
            return sandbox.record("Contacts", Long.parseLong(key)).map(values -> values.get("FirstName"));
        }

        @Override
        public boolean remove(String key) {
            sandbox.suppress(Long.parseLong(key));
            return true;
        }

        @Override
        public List<String> keys() {
            return sandbox.keys("Contacts", false).stream().map(String::valueOf).toList();
        }

        @Override
        public String row(String text) {
            return "(first_name, last_name, email) values ('" + text + "', 'Row', 'created@example.org')";
        }

        @Override
        public String creation() {
            return "POST /v4/people/findOrCreate";
        }

        @Override
        public boolean writes(RecordedRequest request) {
            return request.path().startsWith("/v4/people") && !request.method().equals("GET");
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
