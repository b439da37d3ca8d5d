package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads prospects one by one, in version 5 and by the names that the stream's exports have.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/prospect-v5.html">Prospect</a>
 */
record AccountEngagementProspects(AccountEngagementPlan plan) {

    AccountEngagementProspects {
        requireNonNull(plan, "plan is null");
    }

    AccountEngagementAnswers answers() {
        return new AccountEngagementAnswers(plan.settings().accountZone(), plan.spec().stream());
    }

    /** What is shown of a record: the fields of the export, in their order. */
    List<String> fields() {
        return plan.fields();
    }

    /** The record in the form of the export, deleted or not; empty where it is not shown at all. */
    Step<Optional<Map<String, @Nullable String>>> shown(String key) {
        ApiRequest request = request(key);
        return Step.call(
                request,
                answer -> AccountEngagementAnswers.gone(request, answer).isPresent()
                        ? Optional.empty()
                        : Optional.of(values(answers().read(request, answer, Sent.NOTHING))));
    }

    Step<Present> read(String key) {
        ApiRequest request = request(key);
        return Step.call(request, answer -> present(key, request, answer));
    }

    private Present present(String key, ApiRequest request, ApiAnswer answer) {
        Optional<String> gone = AccountEngagementAnswers.gone(request, answer);
        if (gone.isPresent()) {
            return new Present.Gone(gone.get());
        }
        Json json = answers().read(request, answer, Sent.NOTHING);
        return json.flag(AccountEngagementObject.DELETED).orElse(false)
                ? new Present.Gone("prospect " + key + " lies in the recycle bin")
                : found(json);
    }

    /** A prospect as an answer shows it. */
    Present.Found found(Json json) {
        return new Present.Found(values(json));
    }

    /** The names by which version 5 is asked for the fields. */
    List<String> names() {
        return fields().stream().map(plan::nameOfFive).distinct().toList();
    }

    /** The flag of deletion is always asked for: a deleted record may be shown like a live one. */
    private ApiRequest request(String key) {
        List<String> names = new ArrayList<>(names());
        if (!names.contains(AccountEngagementObject.DELETED)) {
            names.add(AccountEngagementObject.DELETED);
        }
        return AccountEngagementCalls.prospect(key, names);
    }

    private Map<String, @Nullable String> values(Json json) {
        var values = new LinkedHashMap<String, @Nullable String>();
        fields().forEach(field ->
                value(json, field).ifPresent(text -> values.put(field, text.isEmpty() ? null : text)));
        return values;
    }

    /** A related object's field stands inside of its object; what is not in the answer is not said to be empty. */
    private Optional<String> value(Json json, String field) {
        Json place = json;
        String name = plan.nameOfFive(field);
        if (!json.holds(name) && name.contains(".")) {
            place = json.get(name.substring(0, name.indexOf('.'))).orElse(json);
            name = name.substring(name.indexOf('.') + 1);
        }
        return place.holds(name) ? Optional.of(place.text(name).orElse("")) : Optional.empty();
    }
}
