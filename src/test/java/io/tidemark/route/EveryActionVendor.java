package io.tidemark.route;

import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.ApiUser;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contacts of a pretended EveryAction. */
final class EveryActionVendor implements Vendor {
    private static final String CONTACTS = "Contacts";
    private static final VendorNames NAMES = new VendorNames(Map.of(
            "first_name", "FirstName",
            "last_name", "LastName",
            "email", "Email",
            "city", "City",
            "middle_name", "MiddleName"));

    static final Traits TRAITS = new Traits(
            "everyaction",
            EveryActionVendor::new,
            CONTACTS,
            "van_id",
            "middle_name",
            List.of("first_name", "last_name", "email", "city"),
            new Traits.Calls(
                    "GET /v4/people/9*",
                    "POST /v4/people/9*",
                    "POST /v4/people/findOrCreate",
                    "GET /v4/changedEntityExportJobs/*",
                    SharedBridge.GET_FILE,
                    List.of("GET /v4/people/BridgeKey*", "DELETE /v4/people/9*", SharedBridge.POST_JOB)),
            List.of(new Traits.Way(Map.of("external-id-type", "BridgeKey"), Map.of())),
            Map.of("pending-polls", "0", "in-process-polls", "0"),
            List.of("complete", "error", "vanished"),
            List.of(
                    Map.entry("self-exclusion", "refused"),
                    Map.entry("self-exclusion", "any-own-change"),
                    Map.entry("normalises", "false"),
                    Map.entry("requested-ids", "add-to-window"),
                    Map.entry("bounds", "neither-included"),
                    Map.entry("bounds", "both-included"),
                    Map.entry("membership", "last-change"),
                    Map.entry("duplicate-keys", "true"),
                    Map.entry("shuffled", "true"),
                    Map.entry("dropped", "City"),
                    Map.entry("inactive-people", "flagged"),
                    Map.entry("inactive-people", "unmarked"),
                    Map.entry("rows-per-file", "2"),
                    Map.entry("change-log-delay", "PT0.015S"),
                    Map.entry("change-log-delay", "PT0.015S"),
                    Map.entry("empty-result", "header-only"),
                    Map.entry("window-end", "at-execution")),
            Traits.CLOCKS,
            Duration.ZERO,
            Duration.ZERO,
            true,
            true,
            true);

    private final EveryActionSandbox sandbox;

    EveryActionVendor(InstantSource clock) {
        sandbox = EveryActionSandbox.start(EveryActionSandbox.Options.standard().clock(clock));
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
        return String.valueOf(sandbox.put(CONTACTS, NAMES.of(values), author(own)));
    }

    @Override
    public void edit(String key, Map<String, String> values, boolean own) {
        sandbox.edit(CONTACTS, Long.parseLong(key), NAMES.of(values), author(own));
    }

    @Override
    public void remove(String key, boolean own) {
        sandbox.suppress(Long.parseLong(key), author(own));
    }

    @Override
    public void vanish(String key) {
        sandbox.forget("Contacts", Long.parseLong(key));
    }

    private ApiUser author(boolean own) {
        return own ? sandbox.user() : ApiUser.SOMEBODY_ELSE;
    }

    @Override
    public List<String> keys() {
        return sandbox.keys(CONTACTS, false).stream().map(String::valueOf).toList();
    }

    @Override
    public List<String> everyKey() {
        return sandbox.keys(CONTACTS, true).stream().map(String::valueOf).toList();
    }

    @Override
    public List<@Nullable String> values(String key, String column) {
        return NAMES.values(sandbox.versions(CONTACTS, Long.parseLong(key)), column);
    }

    @Override
    public boolean overwritesUnseen() {
        return true;
    }

    @Override
    public boolean writes(RecordedRequest request) {
        return request.path().startsWith("/v4/people") && !request.method().equals("GET");
    }

    @Override
    public String column(String name) {
        return NAMES.column(name);
    }
}
