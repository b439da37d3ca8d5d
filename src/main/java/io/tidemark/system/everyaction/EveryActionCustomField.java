package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A field that a customer of EveryAction defined.
 *
 * @param group the id of its group, which goes along when a value is written
 * @param choices the names of the only values it takes by their ids, empty where it takes any
 * @see <a href="https://docs.everyaction.com/reference/custom-fields">Custom fields</a>
 */
record EveryActionCustomField(
        String id, String name, boolean editable, Optional<Long> group, Map<String, String> choices) {

    private static final String PREFIX = "CF";

    EveryActionCustomField {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(group, "group is null");
        choices = Map.copyOf(choices);
    }

    /** The field of an element of the answer, empty where that has no id. */
    static Optional<EveryActionCustomField> of(Json json) {
        return json.text("customFieldId")
                .map(id -> new EveryActionCustomField(
                        Words.bounded(id),
                        Words.bounded(json.text("customFieldName").orElse("")),
                        json.flag("isEditable").orElse(false),
                        group(json),
                        choices(json)));
    }

    private static Optional<Long> group(Json json) {
        OptionalLong group = json.whole("customFieldGroupId");
        return group.isPresent() ? Optional.of(group.getAsLong()) : Optional.empty();
    }

    private static Map<String, String> choices(Json json) {
        var choices = new LinkedHashMap<String, String>();
        json.get("availableValues")
                .filter(Json::isArray)
                .map(Json::elements)
                .orElse(List.of())
                .forEach(choice -> choice.text("id")
                        .ifPresent(id -> choices.put(id, choice.text("name").orElse(""))));
        return choices;
    }

    CustomField described() {
        return new CustomField(id, name, editable);
    }

    /** The heading that the vendor's import side gives the field; that of exports is not documented. */
    static String heading(String id) {
        return PREFIX + id;
    }

    /** The one field that an export may head so: by its id, else by its name where no other has that. */
    static Optional<EveryActionCustomField> headed(String heading, List<EveryActionCustomField> fields) {
        List<EveryActionCustomField> named = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(heading))
                .toList();
        return fields.stream()
                .filter(field -> heading(field.id()).equalsIgnoreCase(heading))
                .findFirst()
                .or(() -> named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty());
    }

    long number() {
        return Long.parseLong(id);
    }

    /** The value as it is assigned: of a field with choices the id, whether the table shows that or the name. */
    String assigned(String value) {
        if (choices.isEmpty() || choices.containsKey(value)) {
            return value;
        }
        List<String> ids = choices.entrySet().stream()
                .filter(choice -> choice.getValue().equalsIgnoreCase(value))
                .map(Map.Entry::getKey)
                .toList();
        if (ids.size() != 1) {
            throw new ApiException.Refused("the value for the custom field " + heading(id)
                    + " is none of those it takes. Its choices are in EveryAction under " + name);
        }
        return ids.get(0);
    }
}
