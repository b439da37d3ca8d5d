package io.tidemark.route;

import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.mpdx.Doubts;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contacts of a pretended MPDX, each with one address, which is a record of its own there. */
final class MpdxVendor implements Vendor {
    private static final String CONTACTS = "contacts";
    private static final String ADDRESSES = "addresses";
    private static final String CITY = "address_city";
    private static final VendorNames NAMES = new VendorNames(Map.of(
            "name", "name", "greeting", "greeting", "website", "website", CITY, "city", "church_name", "church_name"));

    static final Traits TRAITS = new Traits(
            "mpdx",
            MpdxVendor::new,
            CONTACTS,
            "id",
            "church_name",
            List.of("name", "greeting", "website", CITY),
            new Traits.Calls(
                    "GET /api/v2/contacts/*",
                    "PUT /api/v2/contacts/*",
                    "POST /api/v2/contacts",
                    "GET /api/v2/deleted_records",
                    "GET /api/v2/contacts",
                    List.of("POST /api/v2/contacts/*", "DELETE /api/v2/contacts/*")),
            List.of(
                    new Traits.Way(Map.of(), Map.of()),
                    new Traits.Way(
                            Map.of("per-page", "2", "create-default-person", "false"), Map.of("overlap", "PT1S"))),
            Map.of(),
            List.of(),
            List.of(
                    Map.entry("lock", "ignored"),
                    Map.entry("deleted-at", "second"),
                    Map.entry("second-creation", "same-record"),
                    Map.entry("shuffled-ties", "true"),
                    Map.entry("shuffled-ties", "true"),
                    Map.entry("largest-page", "1"),
                    Map.entry("largest-page", "3"),
                    Map.entry("email-touches-contact", "true"),
                    Map.entry("missing-status", "all")),
            Traits.CLOCKS,
            Duration.ofSeconds(7),
            Duration.ofSeconds(1),
            false,
            true,
            true);

    private final MpdxSandbox sandbox;

    MpdxVendor(InstantSource clock) {
        sandbox = MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock));
    }

    MpdxSandbox sandbox() {
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
        Map<String, String> contact = new LinkedHashMap<>(values);
        String city = contact.remove(CITY);
        String key = sandbox.put(CONTACTS, sandbox.user().accountLists().get(0), NAMES.of(contact));
        if (city != null) {
            settle(key, city);
        }
        return key;
    }

    @Override
    public void edit(String key, Map<String, String> values, boolean own) {
        Map<String, String> contact = new LinkedHashMap<>(values);
        String city = contact.remove(CITY);
        if (!contact.isEmpty()) {
            sandbox.edit(CONTACTS, key, NAMES.of(contact));
        }
        if (city != null) {
            sandbox.children(ADDRESSES, key).stream()
                    .findFirst()
                    .ifPresentOrElse(
                            address -> sandbox.edit(ADDRESSES, address, Map.of("city", city)), () -> settle(key, city));
        }
    }

    private void settle(String key, String city) {
        sandbox.put(ADDRESSES, key, Map.of("city", city, "primary_mailing_address", "true"));
    }

    @Override
    public void remove(String key, boolean own) {
        sandbox.remove(CONTACTS, key);
    }

    @Override
    public void vanish(String key) {
        sandbox.forget(CONTACTS, key);
    }

    @Override
    public List<String> keys() {
        return sandbox.keys(CONTACTS);
    }

    @Override
    public List<String> everyKey() {
        return sandbox.everyKey(CONTACTS);
    }

    @Override
    public List<@Nullable String> values(String key, String column) {
        if (!column.equals(CITY)) {
            return NAMES.values(sandbox.versions(key), column);
        }
        return sandbox.everyChild(ADDRESSES, key).stream()
                .flatMap(address -> NAMES.values(sandbox.versions(address), column).stream())
                .toList();
    }

    /** An address that somebody added stays beside the bridge's own. */
    @Override
    public List<@Nullable String> present(String key, String column) {
        if (!column.equals(CITY)) {
            return Vendor.super.present(key, column);
        }
        return sandbox.everyChild(ADDRESSES, key).stream()
                .map(sandbox::versions)
                .map(versions -> NAMES.values(versions.subList(versions.size() - 1, versions.size()), column))
                .flatMap(List::stream)
                .toList();
    }

    /** MPDX compares versions itself. */
    @Override
    public boolean overwritesUnseen() {
        return sandbox.switches().get(Doubts.LOCK) == Doubts.Lock.IGNORED;
    }

    @Override
    public boolean writes(RecordedRequest request) {
        return !request.method().equals("GET");
    }

    @Override
    public String column(String name) {
        return NAMES.column(name);
    }
}
