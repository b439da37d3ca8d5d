package io.tidemark.system.accountengagement;

import io.tidemark.system.ApiRequest;
import io.tidemark.system.FieldType;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of prospects that the customer defined, as far as the API user may see them.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/custom-field-v5.html">Custom field</a>
 */
record AccountEngagementCustomFields(List<Listed> all, boolean denied) {

    static final AccountEngagementCustomFields NONE = new AccountEngagementCustomFields(List.of(), false);

    /** Their values are lists, of which no page says how they are written. */
    private static final Set<String> OF_SEVERAL = Set.of("checkbox", "multi-select", "multiselect");

    AccountEngagementCustomFields {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param name its name in version 5
     * @param type the vendor's word for its type, in lower case
     */
    record Listed(String name, String label, String type) {

        /** Numbers are numbers; how dates are written is not documented. */
        FieldType fieldType() {
            return type.equals("number") ? FieldType.NUMBER : FieldType.TEXT;
        }

        boolean editable() {
            return !OF_SEVERAL.contains(type);
        }

        String nameIn(int version) {
            return version == AccountEngagementSettings.FIVE
                    ? name
                    : name.substring(0, name.length() - AccountEngagementField.CUSTOM.length());
        }

        CustomField described(int version) {
            return new CustomField(nameIn(version), label + " (" + type + ")", editable());
        }
    }

    /** Asks for all of them, page by page; none for a user without the ability to see them. */
    static Step<AccountEngagementCustomFields> all(AccountEngagementAnswers answers) {
        return page(answers, "", List.of());
    }

    private static Step<AccountEngagementCustomFields> page(
            AccountEngagementAnswers answers, String token, List<Listed> before) {
        ApiRequest request = AccountEngagementCalls.customFields(token);
        return new Step.Call<>(request, answer -> {
            boolean denied = AccountEngagementError.in(answer)
                    .filter(AccountEngagementError::isOfAbility)
                    .isPresent();
            if (denied) {
                return Step.done(new AccountEngagementCustomFields(before, true));
            }
            Json json = answers.read(request, answer, Sent.NOTHING);
            var listed = new ArrayList<>(before);
            json.get("values")
                    .map(Json::elements)
                    .orElse(List.of())
                    .forEach(field -> of(field).ifPresent(listed::add));
            return json.text("nextPageToken")
                    .map(next -> page(answers, next, listed))
                    .orElseGet(() -> Step.done(new AccountEngagementCustomFields(listed, false)));
        });
    }

    private static Optional<Listed> of(Json field) {
        return field.text("fieldId").map(id -> {
            String name = Words.bounded(id);
            return new Listed(
                    name.endsWith(AccountEngagementField.CUSTOM) ? name : name + AccountEngagementField.CUSTOM,
                    field.text("name").map(Words::bounded).orElse(name),
                    field.text("type").map(Words::bounded).orElse("text").toLowerCase(Locale.ROOT));
        });
    }

    Optional<Listed> called(String nameOfFive) {
        return all.stream().filter(field -> field.name().equals(nameOfFive)).findFirst();
    }
}
