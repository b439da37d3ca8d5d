package io.tidemark.system.everyaction;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.Step;
import java.util.List;

/**
 * The fields that a customer of EveryAction defined. They are granted to a key apart from the exports: a key that may
 * not list them sees none here and can still ask for them by id.
 *
 * @see <a href="https://docs.everyaction.com/reference/custom-fields">Custom fields</a>
 */
final class EveryActionCustomFields {

    private EveryActionCustomFields() {}

    static Step<List<CustomField>> all() {
        return listed().map(fields ->
                fields.stream().map(EveryActionCustomField::described).toList());
    }

    static Step<List<EveryActionCustomField>> listed() {
        ApiRequest request = EveryActionCalls.customFields();
        return Step.call(request, answer -> read(request, answer));
    }

    private static List<EveryActionCustomField> read(ApiRequest request, ApiAnswer answer) {
        try {
            return EveryActionAnswers.read(request, answer).elements().stream()
                    .flatMap(element -> EveryActionCustomField.of(element).stream())
                    .toList();
        } catch (ApiException.Denied | ApiException.Refused none) {
            return List.of();
        }
    }
}
