package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A person as the API writes and reads it, which are two different shapes. Preferred e-mail address, phone and address
 * are columns of the contact; what has no column of its own is kept under a name with a colon, which no export shows.
 *
 * @param normalises whether addresses and numbers are changed into the vendor's form on the way in
 * @param wholeAddress whether an address replaces the former one, else it keeps the parts that the new one does not name
 * @param quotes whether a refusal repeats the value
 */
record PersonShape(boolean normalises, boolean wholeAddress, boolean quotes) {
    static final String IDENTIFIER = "identifier:";
    static final String CODE = "code:";
    private static final String SUPPRESSION = "suppression:";
    private static final String OTHER_EMAIL = "otherEmail:";

    private static final Map<String, String> NAMES = Map.of(
            "firstName", "FirstName",
            "middleName", "MiddleName",
            "lastName", "LastName",
            "title", "Prefix",
            "suffix", "Suffix",
            "employer", "EmployerName",
            "occupation", "OccupationName");
    private static final Map<String, String> ADDRESS = Map.of(
            "addressLine1", "StreetAddress",
            "city", "City",
            "stateOrProvince", "State",
            "zipOrPostalCode", "ZipOrPostal",
            "addressLine2", "address:line2",
            "addressLine3", "address:line3",
            "countryCode", "address:country");
    private static final Map<String, String> PHONE_TYPES =
            Map.of("C", "Cell", "H", "Home", "W", "Work", "M", "Main", "F", "Fax");

    /** The columns a written person changes. What is absent, null or an empty text changes nothing. */
    Map<String, String> changes(ObjectNode person, Map<String, String> before) {
        Map<String, String> changes = new TreeMap<>();
        NAMES.forEach((property, column) -> text(person, property).ifPresent(value -> {
            tooLong(property, column, value);
            changes.put(column, value);
        }));
        text(person, "dateOfBirth").ifPresent(value -> changes.put("DateOfBirth", date(value)));
        emails(person, before, changes);
        phones(person, changes);
        preferred(person, "addresses")
                .ifPresent(address -> ADDRESS.forEach((property, column) -> text(address, property)
                        .or(() -> wholeAddress ? Optional.of("") : Optional.empty())
                        .ifPresent(value -> changes.put(column, value))));
        for (JsonNode identifier : items(person, "identifiers")) {
            changes.put(
                    IDENTIFIER + identifier.path("type").asText(),
                    identifier.path("externalId").asText());
        }
        for (JsonNode suppression : items(person, "suppressions")) {
            changes.put(SUPPRESSION + suppression.path("suppressionCode").asText(), "true");
        }
        customFields(person, changes);
        return changes;
    }

    /** A person as read. What is not expanded is null. */
    static ObjectNode toJson(Version contact, Set<String> expanded) {
        ObjectNode json = Json.object().put("vanId", contact.id());
        NAMES.forEach((property, column) -> putOrNull(json, property, contact.value(column)));
        String birth = contact.value("DateOfBirth");
        putOrNull(json, "dateOfBirth", birth.isEmpty() ? birth : birth + "T00:00:00Z");
        json.put("contactMode", contact.isOrganisation() ? 2 : 1);
        Map<String, ArrayNode> lists = Map.of(
                "emails", readEmails(contact),
                "phones", readPhones(contact),
                "addresses", readAddresses(contact),
                "identifiers", readKeyed(contact, IDENTIFIER, "type", "externalId"),
                "suppressions", readKeyed(contact, SUPPRESSION, "suppressionCode", "suppressed"),
                "codes", readKeyed(contact, CODE, "codeId", "name"),
                "customFields", readCustomFields(contact));
        lists.forEach((name, list) -> json.set(name, expanded.contains(name) ? list : null));
        return json;
    }

    private void emails(ObjectNode person, Map<String, String> before, Map<String, String> changes) {
        Optional<JsonNode> chosen = preferred(person, "emails");
        for (JsonNode email : items(person, "emails")) {
            String address = email(text(email, "email")
                    .orElseThrow(() -> ApiError.invalid("an email needs its address", "emails[0].email")));
            tooLong("emails[0].email", "Email", address);
            if (chosen.filter(email::equals).isPresent()) {
                changes.put("Email", address);
            } else {
                changes.put(OTHER_EMAIL + address, "true");
            }
        }
        String old = before.getOrDefault("Email", "");
        if (changes.containsKey("Email") && !old.isEmpty() && !old.equalsIgnoreCase(changes.get("Email"))) {
            changes.put(OTHER_EMAIL + old, "true");
        }
    }

    private void phones(ObjectNode person, Map<String, String> changes) {
        preferred(person, "phones").ifPresent(phone -> {
            changes.put("Phone", phone(phone.path("phoneNumber").asText()));
            text(phone, "phoneType").ifPresent(type -> changes.put("phone:type", type));
            text(phone, "phoneOptInStatus").ifPresent(status -> changes.put("PhoneOptInStatus", status));
        });
    }

    private static void customFields(ObjectNode person, Map<String, String> changes) {
        for (JsonNode value : items(person, "customFieldValues")) {
            CustomField field = Catalogue.customField(
                            value.path("customFieldId").asLong())
                    .filter(CustomField::isEditable)
                    .orElseThrow(() -> ApiError.invalid(
                            "there is no such custom field, or it cannot be edited",
                            "customFieldValues[0].customFieldId"));
            if (value.hasNonNull("customFieldGroupId")
                    && value.path("customFieldGroupId").asLong() != field.groupId()) {
                throw ApiError.invalid(
                        "the custom field is in another group", "customFieldValues[0].customFieldGroupId");
            }
            text(value, "assignedValue").ifPresent(assigned -> changes.put(field.column(), assigned));
        }
    }

    private static Iterable<JsonNode> items(ObjectNode person, String name) {
        JsonNode list = person.path(name);
        for (int place = 0; place < list.size(); place++) {
            if (list.path(place).isEmpty()) {
                throw ApiError.invalid("an empty object is not accepted", name + "[" + place + "]");
            }
        }
        return list;
    }

    private static Optional<JsonNode> preferred(ObjectNode person, String name) {
        Optional<JsonNode> first = Optional.empty();
        for (JsonNode item : items(person, name)) {
            if (item.path("isPreferred").asBoolean()) {
                return Optional.of(item);
            }
            first = first.isPresent() ? first : Optional.of(item);
        }
        return first;
    }

    private String email(String address) {
        return normalises ? address.toLowerCase(Locale.ROOT) : address;
    }

    private String phone(String number) {
        String digits = digits(number);
        return normalises && digits.length() == 10
                ? "(" + digits.substring(0, 3) + ") " + digits.substring(3, 6) + "-" + digits.substring(6)
                : number;
    }

    static String digits(String number) {
        return number.replaceAll("\\D", "");
    }

    static Optional<String> text(JsonNode object, String property) {
        return Optional.of(object.path(property).asText(""))
                .filter(text -> !text.isEmpty() && object.hasNonNull(property));
    }

    static String date(String value) {
        if (!value.matches("\\d{4}-\\d\\d-\\d\\d(T.*)?")) {
            throw ApiError.invalid("dateOfBirth is not a date", "dateOfBirth");
        }
        return value.substring(0, 10);
    }

    private void tooLong(String property, String column, String value) {
        int longest = Catalogue.CONTACTS.field(column).map(Field::longest).orElse(0);
        if (longest > 0 && value.length() > longest) {
            throw ApiError.invalid(
                    (quotes ? "\"" + value + "\" is too long: " : "") + "at most " + longest + " characters", property);
        }
    }

    private static void putOrNull(ObjectNode json, String name, String value) {
        if (value.isEmpty()) {
            json.putNull(name);
        } else {
            json.put(name, value);
        }
    }

    private static ArrayNode readEmails(Version contact) {
        ArrayNode all = Json.array();
        if (!contact.value("Email").isEmpty()) {
            all.addObject()
                    .put("email", contact.value("Email"))
                    .put("type", "P")
                    .put("isPreferred", true);
        }
        keyed(contact, OTHER_EMAIL)
                .forEach((address, value) ->
                        all.addObject().put("email", address).put("type", "P").put("isPreferred", false));
        return all;
    }

    private static ArrayNode readPhones(Version contact) {
        ArrayNode all = Json.array();
        if (!contact.value("Phone").isEmpty()) {
            String type = contact.value("phone:type");
            all.addObject()
                    .put("phoneId", contact.id() + 1_000_000)
                    .put("phoneNumber", contact.value("Phone"))
                    .put("phoneType", PHONE_TYPES.getOrDefault(type, "Home"))
                    .put("isPreferred", true)
                    .put("phoneOptInStatus", contact.value("PhoneOptInStatus"));
        }
        return all;
    }

    private static ArrayNode readAddresses(Version contact) {
        ArrayNode all = Json.array();
        if (ADDRESS.values().stream().anyMatch(column -> !contact.value(column).isEmpty())) {
            ObjectNode address = all.addObject().put("isPreferred", true);
            ADDRESS.forEach((property, column) -> putOrNull(address, property, contact.value(column)));
            address.put("countryCode", contact.values().getOrDefault("address:country", "US"));
        }
        return all;
    }

    private static ArrayNode readCustomFields(Version contact) {
        ArrayNode all = Json.array();
        for (CustomField field : Catalogue.CUSTOM_FIELDS) {
            ObjectNode one = all.addObject()
                    .put("customFieldId", field.id())
                    .put("customFieldGroupId", field.groupId())
                    .put("customFieldName", field.name());
            putOrNull(one, "assignedValue", contact.value(field.column()));
        }
        return all;
    }

    private static ArrayNode readKeyed(Version contact, String prefix, String key, String value) {
        ArrayNode all = Json.array();
        keyed(contact, prefix)
                .forEach((name, text) -> all.addObject().put(key, name).put(value, text));
        return all;
    }

    private static Map<String, String> keyed(Version contact, String prefix) {
        Map<String, String> found = new TreeMap<>();
        contact.values().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
