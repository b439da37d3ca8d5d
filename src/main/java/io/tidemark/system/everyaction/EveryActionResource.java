package io.tidemark.system.everyaction;

import io.tidemark.system.ExportSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The resources that can be exported, with their keys as far as they are known.
 *
 * @see <a href="https://docs.everyaction.com/reference/changed-entities-overview">Changed entities</a>
 */
final class EveryActionResource {

    static final String CONTACTS = "Contacts";
    static final String CONTRIBUTIONS = "Contributions";
    static final String CONTACTS_ACTIVIST_CODES = "ContactsActivistCodes";

    /** The others are read-only at EveryAction. */
    static final Set<String> WRITABLE = Set.of(CONTACTS, CONTRIBUTIONS, CONTACTS_ACTIVIST_CODES);

    private static final String UNKNOWN = "";
    private static final Map<String, String> KEYS = keys();
    private static final Set<String> WITH_CUSTOM_FIELDS = Set.of(CONTACTS, CONTRIBUTIONS);

    private EveryActionResource() {}

    private static Map<String, String> keys() {
        var keys = new LinkedHashMap<String, String>();
        keys.put("ActivistCodes", "ActivistCodeID");
        keys.put("ContactHistory", UNKNOWN);
        keys.put(CONTACTS, "VanID");
        keys.put(CONTACTS_ACTIVIST_CODES, UNKNOWN);
        keys.put("ContactsOnlineForms", UNKNOWN);
        keys.put("ContactsSurveyResponses", UNKNOWN);
        keys.put("ContributionAdjustments", UNKNOWN);
        keys.put(CONTRIBUTIONS, "ContributionID");
        keys.put("EventTicketTransactionsGuests", UNKNOWN);
        keys.put("RecurringContributions", UNKNOWN);
        return Collections.unmodifiableMap(keys);
    }

    static Set<String> names() {
        return KEYS.keySet();
    }

    static Optional<String> documentedKey(String resource) {
        return Optional.ofNullable(KEYS.get(resource)).filter(key -> !key.equals(UNKNOWN));
    }

    /** The key's name if it follows the one pattern that the known ones follow: ContactsActivistCodeID and the like. */
    static String likelyKey(String resource) {
        return (resource.endsWith("s") ? resource.substring(0, resource.length() - 1) : resource) + "ID";
    }

    /** Whether a stream's key is the vendor's own, by which its records are read and written. */
    static boolean isKeyed(ExportSpec spec) {
        return spec.key().isEmpty()
                || documentedKey(spec.resource())
                        .map(key -> spec.key().size() == 1
                                && key.equalsIgnoreCase(spec.key().get(0)))
                        .orElse(true);
    }

    static boolean hasCustomFields(String resource) {
        return WITH_CUSTOM_FIELDS.contains(resource);
    }
}
