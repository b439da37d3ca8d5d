package io.tidemark.route;

import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The prospects of a pretended Account Engagement. */
final class AccountEngagementVendor implements Vendor {
    private static final String PROSPECT = "prospect";
    private static final VendorNames NAMES = new VendorNames(Map.of(
            "first_name", "firstName",
            "last_name", "lastName",
            "email", "email",
            "city", "city",
            "company", "company"));

    static final Traits TRAITS = new Traits(
            "account-engagement",
            AccountEngagementVendor::new,
            PROSPECT,
            "id",
            "company",
            List.of("first_name", "last_name", "email", "city"),
            new Traits.Calls(
                    "GET /api/v5/objects/prospects/*",
                    "PATCH /api/v5/objects/prospects/*",
                    "POST /api/v5/objects/prospects/*",
                    "GET /api/*export*",
                    "GET /api/*esults/*",
                    List.of("DELETE /api/v5/objects/prospects/*", "POST /api/*export*")),
            List.of(
                    new Traits.Way(Map.of("import-from", "4"), Map.of("start-from", "P300D")),
                    new Traits.Way(
                            Map.of("api-version", "4"),
                            Map.of("start-from", "P300D", "overlap", "PT1S", "match", "email"))),
            Map.of("waiting-reads", "0", "processing-reads", "0", "daily-limit", "1000000"),
            List.of("complete", "failed", "canceled"),
            List.of(
                    Map.entry("csv-dates", "iso-z"),
                    Map.entry("csv-dates", "iso-offset"),
                    Map.entry("recycle-bin", "not-found"),
                    Map.entry("recycle-bin", "archived"),
                    Map.entry("create-answer", "nothing"),
                    Map.entry("upsert-status", "200"),
                    Map.entry("default-campaign", "9"),
                    Map.entry("match-by-case", "false"),
                    Map.entry("rows-per-file", "2"),
                    Map.entry("shuffled", "false"),
                    Map.entry("envelope", "wrapped"),
                    Map.entry("envelope", "flat"),
                    Map.entry("state-name", "status"),
                    Map.entry("errors-with-200", "true"),
                    Map.entry("token-life", "PT1M"),
                    Map.entry("expires-in", "true"),
                    Map.entry("deleted-default", "all"),
                    Map.entry("unknown-state", "Odd")),
            Traits.CLOCKS,
            Duration.ofSeconds(62),
            Duration.ZERO,
            false,
            true,
            false);

    private final AccountEngagementSandbox sandbox;

    AccountEngagementVendor(InstantSource clock) {
        sandbox = AccountEngagementSandbox.start(
                AccountEngagementSandbox.Options.standard().clock(clock));
    }

    AccountEngagementSandbox sandbox() {
        return sandbox;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public PretendedSystem system() {
        return sandbox;
    }

    @Override
    public String create(Map<String, String> values, boolean own) {
        return String.valueOf(sandbox.put(PROSPECT, NAMES.of(values)));
    }

    @Override
    public void edit(String key, Map<String, String> values, boolean own) {
        sandbox.edit(PROSPECT, Long.parseLong(key), NAMES.of(values));
    }

    @Override
    public void remove(String key, boolean own) {
        sandbox.remove(PROSPECT, Long.parseLong(key));
    }

    @Override
    public void vanish(String key) {
        sandbox.purge(PROSPECT, Long.parseLong(key));
    }

    @Override
    public List<String> keys() {
        return sandbox.keys(PROSPECT, false).stream().map(String::valueOf).toList();
    }

    @Override
    public List<String> everyKey() {
        return sandbox.keys(PROSPECT, true).stream().map(String::valueOf).toList();
    }

    @Override
    public List<@Nullable String> values(String key, String column) {
        return NAMES.values(sandbox.versions(PROSPECT, Long.parseLong(key)), column);
    }

    @Override
    public boolean overwritesUnseen() {
        return true;
    }

    @Override
    public boolean writes(RecordedRequest request) {
        return !request.method().equals("GET")
                && (request.path().contains("/objects/") || request.path().contains("/imports"));
    }

    @Override
    public String column(String name) {
        return NAMES.column(name);
    }
}
