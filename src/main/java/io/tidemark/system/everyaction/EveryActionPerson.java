package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Present;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import io.tidemark.system.everyaction.EveryActionPersonField.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person as the API shows one, in the form that exports have. Of e-mail addresses, phones and addresses the preferred
 * one is the column; where several are there and none is preferred, the columns are not shown.
 *
 * @param customFields the ids of the custom fields that the stream exports
 * @see <a href="https://docs.everyaction.com/reference/people-vanid">Get a person</a>
 */
record EveryActionPerson(Json json, List<Integer> customFields) {

    /** Names of what no export field holds and an address or phone cannot be written without. */
    static final List<String> LINES = List.of("AddressLine1", "AddressLine2", "AddressLine3");

    static final String COUNTRY = "CountryCode";
    static final String PHONE_TYPE = "PhoneType";

    EveryActionPerson {
        requireNonNull(json, "json is null");
        customFields = List.copyOf(customFields);
    }

    Present present(String key) {
        Optional<String> gone = replaced(key, json).or(this::inactive);
        return gone.<Present>map(Present.Gone::new).orElseGet(() -> new Present.Found(values()));
    }

    /** Whether another record answered, which is the one that this one was merged into. */
    static Optional<String> replaced(String key, Json json) {
        return json.text("vanId")
                .filter(id -> !id.equals(key))
                .map(id -> "EveryAction answered for the contact " + key + " with " + Words.bounded(id)
                        + ", into which it was merged");
    }

    /** How a suppressed person that still answers is marked is not documented: by the names that exports have. */
    private Optional<String> inactive() {
        return json.names().stream()
                .filter(this::tellsDeletion)
                .findFirst()
                .map(name -> "EveryAction shows the contact with " + Words.bounded(name) + " set");
    }

    private boolean tellsDeletion(String name) {
        boolean flag = new EveryActionField(name, "B", false).isInactiveFlag();
        boolean date = new EveryActionField(name, "D", false).isInactiveDate();
        return (flag && json.flag(name).orElse(false))
                || (date && json.text(name).isPresent());
    }

    private Map<String, @Nullable String> values() {
        var values = new LinkedHashMap<String, @Nullable String>();
        EveryActionPersonField.in(Place.PERSON).stream()
                .filter(field -> json.holds(field.property))
                .forEach(field -> put(values, field, json));
        preferred(Place.EMAIL).ifPresent(email -> put(values, EveryActionPersonField.EMAIL, email));
        preferred(Place.PHONE).ifPresent(phone -> putPhone(values, phone));
        preferred(Place.ADDRESS).ifPresent(address -> putAddress(values, address));
        json.get("customFields")
                .filter(Json::isArray)
                .map(Json::elements)
                .orElse(List.of())
                .forEach(custom -> putCustom(values, custom));
        return values;
    }

    /** The element that counts, an empty object where there is none, and nothing where it is not told. */
    private Optional<Json> preferred(Place place) {
        return json.get(place.list)
                .filter(Json::isArray)
                .map(Json::elements)
                .flatMap(all -> all.isEmpty() ? Optional.of(json.nothing()) : preferred(all));
    }

    private static Optional<Json> preferred(List<Json> all) {
        return all.stream()
                .filter(one -> one.flag("isPreferred").orElse(false))
                .findFirst()
                .or(() -> all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty());
    }

    private static void putPhone(Map<String, @Nullable String> values, Json phone) {
        put(values, EveryActionPersonField.PHONE, phone);
        put(values, EveryActionPersonField.PHONE_OPT_IN, phone);
        values.put(PHONE_TYPE, phone.text("phoneType").orElse(null));
    }

    /** How an export joins several lines into one street is not documented, so that such a street is not shown. */
    private static void putAddress(Map<String, @Nullable String> values, Json address) {
        EveryActionPersonField.in(Place.ADDRESS).stream()
                .filter(field -> field != EveryActionPersonField.STREET)
                .forEach(field -> put(values, field, address));
        List<String> lines = address.texts("addressLine1", "addressLine2", "addressLine3");
        if (lines.size() < 2) {
            values.put(EveryActionPersonField.STREET.seenName, lines.isEmpty() ? null : lines.get(0));
        }
        for (int line = 0; line < LINES.size(); line++) {
            values.put(LINES.get(line), line < lines.size() ? lines.get(line) : null);
        }
        values.put(COUNTRY, address.text("countryCode").orElse(null));
    }

    private static void put(Map<String, @Nullable String> values, EveryActionPersonField field, Json object) {
        String value =
                object.text(field.property).map(text -> exported(field, text)).orElse(null);
        field.names().forEach(name -> values.put(name, value));
    }

    private static String exported(EveryActionPersonField field, String text) {
        return switch (field) {
            case BIRTH -> EveryActionCodes.date(text);
            case PHONE_OPT_IN -> EveryActionCodes.optIn(text);
            default -> text;
        };
    }

    /** Under both names that an export may give the field; a plain field of the same name keeps its value. */
    private void putCustom(Map<String, @Nullable String> values, Json custom) {
        String id = custom.text("customFieldId").orElse("");
        if (customFields.stream().map(String::valueOf).noneMatch(id::equals)) {
            return;
        }
        String value = custom.text("assignedValue").orElse(null);
        Stream.concat(Stream.of(EveryActionCustomField.heading(id)), custom.text("customFieldName").stream())
                .filter(name -> EveryActionPersonField.called(name).isEmpty())
                .collect(Collectors.toSet())
                .forEach(name -> values.put(name, value));
    }
}
