package io.tidemark.system.everyaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.Present;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.everyaction.EveryActionPersonField.Place;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written of a person. EveryAction takes an address and a phone as wholes, so that what the row leaves as it is
 * comes from what the vendor shows; a part alone could be taken for another address.
 *
 * @param fields the values by where they go
 * @param custom the values of custom fields by their headings
 * @see <a href="https://docs.everyaction.com/reference/people-common-models">Person</a>
 */
record EveryActionPersonBody(Map<EveryActionPersonField, String> fields, Map<String, String> custom) {

    EveryActionPersonBody {
        fields = Collections.unmodifiableMap(fields);
        custom = Collections.unmodifiableMap(custom);
    }

    /** Only what has a value can be written: EveryAction takes null and nothing for no change. */
    static EveryActionPersonBody of(Map<String, @Nullable String> values) {
        var fields = new EnumMap<EveryActionPersonField, String>(EveryActionPersonField.class);
        var custom = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> {
            if (value == null || value.isBlank()) {
                throw new ApiException.Refused(
                        name + " cannot be cleared: EveryAction takes an empty value for no change."
                                + " Clear it there by hand, or put a value in");
            }
            EveryActionPersonField.called(name)
                    .ifPresentOrElse(field -> fields.put(field, value), () -> custom.put(name, value));
        });
        return new EveryActionPersonBody(fields, custom);
    }

    boolean writes(Place place) {
        return EveryActionPersonField.in(place).stream().anyMatch(fields::containsKey);
    }

    /** Whether something must be looked up before it can be written as a whole. */
    boolean needs(Optional<Present.Found> present) {
        EveryActionRow known = EveryActionRow.of(present);
        boolean phone = writes(Place.PHONE) && !known.holds(EveryActionPersonField.PHONE.seenName);
        boolean address = writes(Place.ADDRESS) && (present.isEmpty() || !isWhole(known));
        return phone || address;
    }

    private boolean isWhole(EveryActionRow known) {
        return EveryActionPersonField.in(Place.ADDRESS).stream()
                .allMatch(field -> fields.containsKey(field)
                        || known.holds(field.seenName)
                        || (field == EveryActionPersonField.STREET && known.holds(EveryActionPerson.LINES.get(0))));
    }

    /** An update of a person of whom the given is known. */
    ObjectNode update(EveryActionRow known, List<EveryActionCustomField> editable) {
        ObjectNode person = JsonNodeFactory.instance.objectNode();
        EveryActionPersonField.in(Place.PERSON).forEach(field -> put(person, field));
        if (writes(Place.EMAIL)) {
            put(preferred(person, Place.EMAIL), EveryActionPersonField.EMAIL);
        }
        if (writes(Place.PHONE)) {
            phone(preferred(person, Place.PHONE), known);
        }
        if (writes(Place.ADDRESS)) {
            address(preferred(person, Place.ADDRESS), known);
        }
        if (!custom.isEmpty()) {
            customFields(person.putArray("customFieldValues"), editable);
        }
        return person;
    }

    /** A person who is not there yet. */
    ObjectNode creation(Optional<Identifier> identifier, List<EveryActionCustomField> editable) {
        ObjectNode person = update(EveryActionRow.EMPTY_PERSON, editable);
        identifier.ifPresent(own -> person.putArray("identifiers")
                .addObject()
                .put("type", own.type())
                .put("externalId", own.value()));
        return person;
    }

    private static ObjectNode preferred(ObjectNode person, Place place) {
        return person.putArray(place.list).addObject().put("isPreferred", true);
    }

    private void put(ObjectNode object, EveryActionPersonField field) {
        value(field).ifPresent(value -> object.put(field.property, value));
    }

    private Optional<String> value(EveryActionPersonField field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** The type stays; whether texts may be sent was said of the old number and does not go over to a new one. */
    private void phone(ObjectNode phone, EveryActionRow known) {
        String number = value(EveryActionPersonField.PHONE)
                .or(() -> known.text(EveryActionPersonField.PHONE.seenName))
                .orElseThrow(() -> new ApiException.Refused(EveryActionPersonField.PHONE_OPT_IN.seenName
                        + " cannot be written: the contact has no preferred phone that it could belong to"));
        phone.put(EveryActionPersonField.PHONE.property, number);
        known.text(EveryActionPerson.PHONE_TYPE)
                .flatMap(EveryActionCodes::phoneType)
                .ifPresent(type -> phone.put("phoneType", type));
        value(EveryActionPersonField.PHONE_OPT_IN)
                .map(EveryActionCodes::optIn)
                .ifPresent(status -> phone.put(EveryActionPersonField.PHONE_OPT_IN.property, status));
    }

    private void address(ObjectNode address, EveryActionRow known) {
        if (!isWhole(known)) {
            throw new ApiException.Refused("the address cannot be written in part: EveryAction does not show the"
                    + " preferred address of the contact. Set a preferred address there, or write all of StreetAddress,"
                    + " City, State and ZipOrPostal");
        }
        street(address, known);
        EveryActionPersonField.in(Place.ADDRESS).stream()
                .filter(field -> field != EveryActionPersonField.STREET)
                .forEach(field -> value(field)
                        .or(() -> known.text(field.seenName))
                        .ifPresent(value -> address.put(field.property, value)));
        known.text(EveryActionPerson.COUNTRY).ifPresent(country -> address.put("countryCode", country));
    }

    /** A new street stands for all lines of the old one. */
    private void street(ObjectNode address, EveryActionRow known) {
        if (fields.containsKey(EveryActionPersonField.STREET)) {
            put(address, EveryActionPersonField.STREET);
            return;
        }
        known.text(EveryActionPersonField.STREET.seenName)
                .or(() -> known.text(EveryActionPerson.LINES.get(0)))
                .ifPresent(first -> address.put("addressLine1", first));
        known.text(EveryActionPerson.LINES.get(1)).ifPresent(line -> address.put("addressLine2", line));
        known.text(EveryActionPerson.LINES.get(2)).ifPresent(line -> address.put("addressLine3", line));
    }

    private void customFields(ArrayNode values, List<EveryActionCustomField> editable) {
        custom.forEach((heading, value) -> {
            EveryActionCustomField field = EveryActionCustomField.headed(heading, editable)
                    .orElseThrow(() -> new ApiException.Refused(heading + " cannot be written: EveryAction lists no"
                            + " custom field of that name that the stream exports and that can be edited, or several"));
            ObjectNode assigned = values.addObject().put("customFieldId", field.number());
            field.group().ifPresent(group -> assigned.put("customFieldGroupId", group));
            assigned.put("assignedValue", field.assigned(value));
        });
    }
}
