package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.FieldType;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that an organisation has defined for a resource, each with the vendor's name of its type.
 *
 * @see <a href="https://www.rebilly.com/catalog/all/custom-fields">Custom fields</a>
 */
record RebillyCustomFields(Map<String, String> typeByName) {

    static final RebillyCustomFields NONE = new RebillyCustomFields(Map.of());

    RebillyCustomFields {
        typeByName = Collections.unmodifiableMap(new LinkedHashMap<>(typeByName));
    }

    /** Asks for them where the resource has any. */
    static Step<RebillyCustomFields> of(RebillyResource resource, RebillyCalls calls) {
        return resource.customFields()
                ? RebillyAnswers.call(calls.customFields(resource.name()), RebillyCustomFields::read)
                : Step.done(NONE);
    }

    private static RebillyCustomFields read(Json list) {
        var types = new LinkedHashMap<String, String>();
        for (Json field : list.elements()) {
            field.text("name")
                    .ifPresent(name -> types.put(name, field.text("type").orElse("string")));
        }
        return new RebillyCustomFields(types);
    }

    /** The field of a path {@code customFields/NAME}; refuses a name that is not defined. */
    RebillyField require(String path, String option) {
        String name = path.substring(RebillyField.CUSTOM.length());
        if (!typeByName.containsKey(name)) {
            throw new ApiException.Refused(
                    option + " names " + Words.bounded(path) + ", which is not defined at Rebilly" + choices(name));
        }
        return new RebillyField(path, type(kind(path).orElse("string")), false);
    }

    private String choices(String name) {
        var names = new ArrayList<>(typeByName.keySet());
        return names.isEmpty()
                ? "; no custom field is"
                : "; did you mean " + String.join(", ", Words.nearest(name, names)) + "?";
    }

    /** The vendor's name of a custom field's type. */
    Optional<String> kind(String path) {
        return Optional.ofNullable(typeByName.get(path.substring(RebillyField.CUSTOM.length())))
                .map(type -> type.toLowerCase(Locale.ROOT));
    }

    private static FieldType type(String kind) {
        return switch (requireNonNull(kind)) {
            case "boolean" -> FieldType.BOOLEAN;
            case "date" -> FieldType.DATE;
            case "datetime" -> FieldType.TIMESTAMP;
            case "integer" -> FieldType.INTEGER;
            case "number" -> FieldType.NUMBER;
            default -> FieldType.TEXT;
        };
    }

    List<CustomField> described(boolean editable) {
        return typeByName.keySet().stream()
                .map(name -> new CustomField(RebillyField.CUSTOM + name, name, editable))
                .toList();
    }
}
