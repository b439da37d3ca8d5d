package io.tidemark.system.everyaction;

import io.tidemark.system.Writable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Words that EveryAction reads in one form and writes in another.
 *
 * @see <a href="https://docs.everyaction.com/reference/people-common-models">Person</a>
 */
final class EveryActionCodes {

    private static final Map<String, String> PHONE_TYPES =
            Map.of("home", "H", "work", "W", "cell", "C", "main", "M", "fax", "F");

    static final Writable.Forms FORMS = EveryActionCodes::form;

    private static final String UNKNOWN = "U";

    private static final Map<String, String> OPT_INS = Map.of(
            "unknown", UNKNOWN,
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

    /**
     * What the forms of a field's value come to. How exports write telephone numbers, and whether they show that nobody
     * said anything of messages, is not documented.
     */
    private static @Nullable String form(String field, @Nullable String value) {
        if (value == null) {
            return null;
        }
        Optional<EveryActionPersonField> known = EveryActionPersonField.called(field);
        if (known.filter(EveryActionPersonField.PHONE::equals).isPresent()) {
            return number(value);
        }
        return known.filter(EveryActionPersonField.PHONE_OPT_IN::equals).isPresent()
                        && optIn(value).equals(UNKNOWN)
                ? null
                : value;
    }

    /** The digits of a number, without North America's 1; the text itself where it has none. */
    private static String number(String phone) {
        String digits = phone.replaceAll("\\D", "");
        String local = digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
        return local.isEmpty() ? phone : local;
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
