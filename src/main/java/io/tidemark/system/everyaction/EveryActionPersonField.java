package io.tidemark.system.everyaction;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be written of a person: where it stands in the API's person, and what exports call it; some also
 * have names that other parts of EveryAction use.
 *
 * @see <a href="https://docs.everyaction.com/reference/people-common-models">Person</a>
 */
enum EveryActionPersonField {
    TITLE(Place.PERSON, "title", "Prefix"),
    FIRST_NAME(Place.PERSON, "firstName", "FirstName"),
    MIDDLE_NAME(Place.PERSON, "middleName", "MiddleName"),
    LAST_NAME(Place.PERSON, "lastName", "LastName"),
    SUFFIX(Place.PERSON, "suffix", "Suffix"),
    BIRTH(Place.PERSON, "dateOfBirth", "DateOfBirth"),
    EMPLOYER(Place.PERSON, "employer", "EmployerName"),
    OCCUPATION(Place.PERSON, "occupation", "OccupationName"),
    EMAIL(Place.EMAIL, "email", "Email"),
    PHONE(Place.PHONE, "phoneNumber", "Phone"),
    PHONE_OPT_IN(Place.PHONE, "phoneOptInStatus", "PhoneOptInStatus"),
    STREET(Place.ADDRESS, "addressLine1", "StreetAddress"),
    CITY(Place.ADDRESS, "city", "City"),
    STATE(Place.ADDRESS, "stateOrProvince", "State"),
    ZIP(Place.ADDRESS, "zipOrPostalCode", "ZipOrPostal");

    /** The object that holds the property: the person itself, or the preferred element of one of its lists. */
    enum Place {
        PERSON(""),
        EMAIL("emails"),
        PHONE("phones"),
        ADDRESS("addresses");

        final String list;

        Place(String list) {
            this.list = list;
        }
    }

    private static final Map<String, EveryActionPersonField> OTHER_NAMES =
            Map.of("BirthDate", BIRTH, "DOB", BIRTH, "Employer", EMPLOYER, "Occupation", OCCUPATION);

    final Place place;
    final String property;
    final String seenName;

    EveryActionPersonField(Place place, String property, String seenName) {
        this.place = place;
        this.property = property;
        this.seenName = seenName;
    }

    static Optional<EveryActionPersonField> called(String name) {
        return Arrays.stream(values())
                .filter(field -> field.names().anyMatch(name::equalsIgnoreCase))
                .findFirst();
    }

    static List<EveryActionPersonField> in(Place place) {
        return Arrays.stream(values()).filter(field -> field.place == place).toList();
    }

    Stream<String> names() {
        return Stream.concat(
                Stream.of(seenName),
                OTHER_NAMES.entrySet().stream()
                        .filter(other -> other.getValue() == this)
                        .map(Map.Entry::getKey));
    }
}
