package io.tidemark.route;

import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class MpdxSystemTest extends SystemContract {

    @Override
    Vendor start(MovableClock clock) {
        return new Contacts(MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock)), clock);
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
