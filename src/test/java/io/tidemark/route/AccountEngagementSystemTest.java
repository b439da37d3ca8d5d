package io.tidemark.route;

import io.tidemark.sandbox.Faults;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.RequestLog;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AccountEngagementSystemTest extends SystemContract {

    @Override
    Vendor start(MovableClock clock) {
        return new Prospects(
                AccountEngagementSandbox.start(
                        AccountEngagementSandbox.Options.standard().clock(clock)),
                clock);
    }

    private record Prospects(AccountEngagementSandbox sandbox, MovableClock clock) implements Vendor {
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
            return "prospect";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("streams.rows.start-from", "P300D");
        }

        @Override
        public String key() {
            return "id";
        }

        @Override
        public String column() {
            return "first_name";
        }

        @Override
        public String add(String text) {
            return String.valueOf(sandbox.put("prospect", Map.of("firstName", text, "email", "somebody@example.org")));
        }

        @Override
        public void edit(String key, String text) {
            sandbox.edit("prospect", Long.parseLong(key), Map.of("firstName", text));
        }

        @Override
        public Optional<String> text(String key) {
            return sandbox.record("prospect", Long.parseLong(key)).map(values -> values.get("firstName"));
        }

        @Override
        public boolean remove(String key) {
            sandbox.remove("prospect", Long.parseLong(key));
            return true;
        }

        @Override
        public List<String> keys() {
            return sandbox.keys("prospect", false).stream().map(String::valueOf).toList();
        }

        @Override
        public String row(String text) {
            return "(first_name, email) values ('" + text + "', 'created@example.org')";
        }

        @Override
        public String creation() {
            return "POST /api/v5/objects/prospects*";
        }

        @Override
        public boolean writes(RecordedRequest request) {
            return request.path().contains("/objects/") && !request.method().equals("GET");
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
