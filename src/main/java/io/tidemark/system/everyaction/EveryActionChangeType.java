package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can have happened to a record. Only the first type is documented, and which resources have any is not: a
 * resource without them counts as one that has none.
 *
 * @see <a href="https://docs.everyaction.com/reference/changedentityexportjobs-changetypes-resourcetype">Change
 *     types</a>
 */
record EveryActionChangeType(String id, String name) {

    /** The column of an export that holds the id of a record's last change. */
    static final String COLUMN = "ChangeTypeID";

    /** Names of changes that end a record; not of those that undo such a change, nor an emergency. */
    private static final Pattern ENDING =
            Pattern.compile("(?<!un)(delete|suppress|archive|merge(?!nc))", Pattern.CASE_INSENSITIVE);

    EveryActionChangeType {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
    }

    static Step<List<EveryActionChangeType>> of(String resource) {
        ApiRequest request = EveryActionCalls.changeTypes(resource);
        return Step.call(request, answer -> read(request, answer));
    }

    private static List<EveryActionChangeType> read(ApiRequest request, ApiAnswer answer) {
        try {
            return EveryActionAnswers.read(request, answer).elements().stream()
                    .flatMap(element -> type(element).stream())
                    .toList();
        } catch (ApiException.Refused none) {
            return List.of();
        }
    }

    private static Optional<EveryActionChangeType> type(Json json) {
        return json.text("changeTypeID")
                .map(id -> new EveryActionChangeType(
                        Words.bounded(id),
                        Words.bounded(json.text("changeTypeName").orElse(""))));
    }

    boolean endsRecord() {
        return ENDING.matcher(name).find();
    }

    @Override
    public String toString() {
        return (id + " " + name).trim();
    }
}
