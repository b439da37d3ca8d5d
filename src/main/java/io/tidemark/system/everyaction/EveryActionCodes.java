package io.tidemark.system.everyaction;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Words that EveryAction reads in one form and writes in another.
 *
 * @see <a href="https://docs.everyaction.com/reference/people-common-models">Person</a>
 */
final class EveryActionCodes {

    private static final Map<String, String> PHONE_TYPES =
            Map.of("home", "H", "work", "W", "cell", "C", "main", "M", "fax", "F");

    private static final Map<String, String> OPT_INS = Map.of(
            "unknown", "U",
            "optin", "I",
            "optedin", "I",
            "optout", "O",
            "optedout", "O");

    private EveryActionCodes() {}

    /** The letter of a phone type by its word or by itself, empty where neither is known. */
    static Optional<String> phoneType(String word) {
        String folded = folded(word);
        return Optional.ofNullable(PHONE_TYPES.get(folded))
                .or(() -> PHONE_TYPES.values().stream()
                        .filter(folded::equalsIgnoreCase)
                        .findFirst());
    }

    /** The letter that exports show: U unknown, I opted in, O opted out; another word as it is. */
    static String optIn(String word) {
        return OPT_INS.getOrDefault(folded(word), word);
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** The date of a time of day that stands for none. */
    static String date(String text) {
        return text.matches("\\d{4}-\\d\\d-\\d\\d[T ].*") ? text.substring(0, 10) : text;
    }
}
