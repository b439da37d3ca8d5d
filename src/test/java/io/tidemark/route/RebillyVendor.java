package io.tidemark.route;

import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The customers of a pretended Rebilly. One is deleted only by a merge into another, which nothing tells. */
final class RebillyVendor implements Vendor {
    private static final String CUSTOMERS = "customers";
    private static final VendorNames NAMES = new VendorNames(Map.of(
            "primary_address_first_name", "primaryAddress/firstName",
            "primary_address_last_name", "primaryAddress/lastName",
            "email", "email",
            "primary_address_city", "primaryAddress/city",
            "primary_address_organization", "primaryAddress/organization"));

    static final Traits TRAITS = new Traits(
            "rebilly",
            RebillyVendor::new,
            CUSTOMERS,
            "id",
            "primary_address_organization",
            List.of("primary_address_first_name", "primary_address_last_name", "email", "primary_address_city"),
            new Traits.Calls(
                    "GET /organizations/*/customers/*",
                    "PUT /organizations/*/customers/*",
                    "PUT /organizations/*/customers/*",
                    "GET /organizations/*/data-exports/*",
                    "GET /organizations/*/files/*",
                    List.of(
                            "GET /organizations/*/data-exports",
                            "POST /organizations/*/data-exports",
                            "DELETE /organizations/*/data-exports/*",
                            "GET /organizations/*/customers")),
            List.of(
                    new Traits.Way(Map.of(), Map.of()),
                    new Traits.Way(Map.of(), Map.of("export.format", "json", "overlap", "PT1S")),
                    new Traits.Way(Map.of(), Map.of("export.read-by", "list"))),
            Map.of("pending-polls", "0", "queued-polls", "0", "processing-polls", "0", "rate-limit", "0"),
            List.of("completed", "max-retries-reached", "vanished"),
            List.of(
                    Map.entry("bounds", "start-included"),
                    Map.entry("bounds", "end-included"),
                    Map.entry("bounds", "neither-included"),
                    Map.entry("omitted-fields", "kept"),
                    Map.entry("csv-times", "iso-offset"),
                    Map.entry("csv-arrays", "joined"),
                    Map.entry("empty-result", "no-file"),
                    Map.entry("equal-put", "nothing"),
                    Map.entry("normalises", "false"),
                    Map.entry("dropped", "primaryAddress/city"),
                    Map.entry("shuffled", "true"),
                    Map.entry("list-ties-shuffled", "true"),
                    Map.entry("rows-per-part", "2"),
                    Map.entry("links", "download-only"),
                    Map.entry("bom", "true"),
                    Map.entry("crlf", "true"),
                    Map.entry("json-form", "flat"),
                    Map.entry("delete-running", "refused")),
            Traits.CLOCKS,
            Duration.ofSeconds(7),
            Duration.ZERO,
            false,
            false,
            true);

    private final RebillySandbox sandbox;

    RebillyVendor(InstantSource clock) {
        sandbox = RebillySandbox.start(RebillySandbox.Options.standard().clock(clock));
    }

    RebillySandbox sandbox() {
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
        return sandbox.put(CUSTOMERS, NAMES.of(values));
    }

    @Override
    public void edit(String key, Map<String, String> values, boolean own) {
        sandbox.edit(CUSTOMERS, key, NAMES.of(values));
    }

    @Override
    public void remove(String key, boolean own) {
        sandbox.remove(CUSTOMERS, key);
    }

    @Override
    public void vanish(String key) {
        sandbox.remove(CUSTOMERS, key);
    }

    @Override
    public List<String> keys() {
        return sandbox.keys(CUSTOMERS);
    }

    @Override
    public List<String> everyKey() {
        return Stream.concat(sandbox.keys(CUSTOMERS).stream(), sandbox.removedKeys(CUSTOMERS).stream())
                .distinct()
                .toList();
    }

    @Override
    public List<@Nullable String> values(String key, String column) {
        return NAMES.values(sandbox.versions(CUSTOMERS, key), column);
    }

    @Override
    public boolean overwritesUnseen() {
        return true;
    }

    @Override
    public boolean writes(RecordedRequest request) {
        return request.path().contains("/customers") && !request.method().equals("GET");
    }

    @Override
    public String column(String name) {
        return NAMES.column(name);
    }
}
