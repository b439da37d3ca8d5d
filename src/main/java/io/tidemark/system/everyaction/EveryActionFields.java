package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.util.List;
import java.util.Optional;

/** The fields of a resource that these credentials can see, in the vendor's order. */
record EveryActionFields(String resource, List<EveryActionField> all) {

    private static final int MOST_CANDIDATES = 20;

    EveryActionFields {
        requireNonNull(resource, "resource is null");
        all = List.copyOf(all);
    }

    static Step<EveryActionFields> of(String resource) {
        return EveryActionAnswers.call(
                EveryActionCalls.fields(resource), json -> new EveryActionFields(resource, fields(json)));
    }

    private static List<EveryActionField> fields(Json json) {
        List<EveryActionField> fields = json.elements().stream()
                .flatMap(element -> EveryActionField.of(element).stream())
                .toList();
        if (fields.isEmpty()) {
            throw json.unexpected("field");
        }
        return fields;
    }

    /** The field of that name; of two that differ by case, the one written the same way. */
    Optional<EveryActionField> find(String name) {
        return all.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .or(() -> all.stream().filter(field -> field.isCalled(name)).findFirst());
    }

    /** The field of that name, which the given configuration key or rule needs. */
    EveryActionField require(String name, String neededBy) {
        return find(name)
                .orElseThrow(() -> new ApiException.Refused(resource + " has no field " + name + ", which " + neededBy
                        + ". The nearest are " + String.join(", ", Words.nearest(name, names()))));
    }

    List<String> names() {
        return all.stream().map(EveryActionField::name).toList();
    }

    /** What could be a key, judged by the name; all names where none looks like one. A bounded number. */
    List<String> keyCandidates() {
        List<String> ids = all.stream()
                .filter(EveryActionField::isId)
                .map(EveryActionField::name)
                .toList();
        return (ids.isEmpty() ? names() : ids).stream().limit(MOST_CANDIDATES).toList();
    }
}
