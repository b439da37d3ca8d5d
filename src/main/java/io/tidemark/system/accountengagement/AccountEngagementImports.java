package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.BatchStatus;
import io.tidemark.system.BatchStatus.Answered;
import io.tidemark.system.BatchStatus.Lost;
import io.tidemark.system.BatchStatus.Working;
import io.tidemark.system.Batches;
import io.tidemark.system.Outcome;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Written;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many prospects as an import: made, filled, declared ready, asked about until it is at its end. An import that is only made
 * writes nothing. The cell of a field that a change leaves as it is stays blank, and blank cells are told to change nothing,
 * so that a change that clears a field goes alone.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/import-v5.html">Import</a>
 */
record AccountEngagementImports(AccountEngagementPlan plan) implements Batches {

    /** Each of them is looked at before: what is looked at first waits for the last. */
    private static final int MOST = 1000;

    private static final String MATCH = "matchId";
    private static final List<String> FILE_NAMES = List.of("importFile", "files", "file");

    AccountEngagementImports {
        requireNonNull(plan, "plan is null");
    }

    private AccountEngagementAnswers answers() {
        return new AccountEngagementAnswers(plan.settings().accountZone(), plan.spec().stream());
    }

    /** One that runs is gone on with even where none is to begin any more. */
    @Override
    public int from() {
        int many = plan.settings().importFrom();
        return many == 0 ? Integer.MAX_VALUE : many;
    }

    @Override
    public int most() {
        return MOST;
    }

    /** No call shows several prospects by their ids. */
    @Override
    public Step<Map<String, Present>> read(List<String> keys) {
        return read(keys, new LinkedHashMap<>());
    }

    private Step<Map<String, Present>> read(List<String> keys, Map<String, Present> seen) {
        return keys.isEmpty()
                ? Step.done(seen)
                : new AccountEngagementProspects(plan).read(keys.get(0)).flatMap(present -> {
                    seen.put(keys.get(0), present);
                    return read(keys.subList(1, keys.size()), seen);
                });
    }

    @Override
    public boolean takes(Update update) {
        try {
            AccountEngagementCalls.number(update.key());
            AccountEngagementWriting.body(plan, update.values());
            return update.values().values().stream().allMatch(value -> value != null && !value.isBlank());
        } catch (ApiException.Refused alone) {
            return false;
        }
    }

    @Override
    public Step<BatchStatus> send(List<Update> updates) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("operation", "Upsert")
                .put("object", "Prospect")
                .put("restoreDeleted", false)
                .put("createOnNoMatch", false);
        ArrayNode columns = body.putArray("columns");
        header(fields(updates))
                .forEach(name -> columns.addObject().put("field", name).put("nullOverwrite", false));
        ApiRequest request = AccountEngagementCalls.createImport(body.toString());
        return Step.call(request, answer -> {
            AccountEngagementError.in(answer)
                    .filter(AccountEngagementError::isOfAbility)
                    .ifPresent(error -> {
                        throw new ApiException.Refused("Account Engagement denied imports (code " + error.code()
                                + "). Give the API user's role the ability to import prospects, or set "
                                + AccountEngagementOptions.IMPORT_FROM + "=0 of the source");
                    });
            Json json = answers().read(request, answer, Sent.NOTHING);
            return new Working(id(json), word(json), true);
        });
    }

    private static String id(Json json) {
        OptionalLong id = json.whole("id");
        if (id.isEmpty()) {
            throw json.unexpected("id of an import");
        }
        return Long.toString(id.getAsLong());
    }

    private static String word(Json json) {
        return json.text("status")
                .or(() -> json.text("state"))
                .map(Words::bounded)
                .orElse("no status");
    }

    /** Every field that any of them changes, in a fixed order. */
    private List<String> fields(List<Update> updates) {
        Set<String> changed = new LinkedHashSet<>();
        updates.forEach(update -> changed.addAll(update.values().keySet()));
        return plan.fields().stream().filter(changed::contains).toList();
    }

    private List<String> header(List<String> fields) {
        var header = new ArrayList<String>();
        header.add(MATCH);
        fields.forEach(field -> header.add(plan.nameOfFive(field)));
        return header;
    }

    @Override
    public Step<BatchStatus> goOn(String job, List<Update> updates) {
        return goOn(job, updates, AccountEngagementOptions.STATUS);
    }

    /** Nobody says for sure what version 5 calls the state, and an unknown field is refused: the other name may do. */
    private Step<BatchStatus> goOn(String job, List<Update> updates, String stateField) {
        ApiRequest request = AccountEngagementCalls.readImport(job, stateField);
        return new Step.Call<>(request, answer -> {
            Optional<AccountEngagementError> error = AccountEngagementError.in(answer);
            if (stateField.equals(AccountEngagementOptions.STATUS)
                    && error.filter(AccountEngagementError::isOfField).isPresent()) {
                return goOn(job, updates, AccountEngagementOptions.STATE);
            }
            if (error.map(AccountEngagementError::saysGone).orElse(answer.status() == 404)) {
                return Step.done(new Lost("Account Engagement does not know import " + job + " any more"));
            }
            return goOn(job, updates, stateField, answers().read(request, answer, Sent.NOTHING));
        });
    }

    private Step<BatchStatus> goOn(String job, List<Update> updates, String stateField, Json json) {
        String word = word(json);
        if (json.flag("isExpired").orElse(false)) {
            return Step.done(new Lost("import " + job + " has expired"));
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "open" -> fill(job, updates, stateField);
            case "ready", "waiting", "processing" -> Step.done(new Working(job, word, true));
            case "complete" -> results(job, updates, json);
            case "failed", "canceled", "cancelled", "error" -> Step.done(new Lost("import " + job + " is " + word));
            default -> Step.done(new Working(job, word, false));
        };
    }

    /** Filled twice, it holds the same twice: what is shown of it can be a minute old. */
    private Step<BatchStatus> fill(String job, List<Update> updates, String stateField) {
        List<String> fields = fields(updates);
        var file = new StringBuilder(AccountEngagementCsv.line(header(fields)));
        updates.forEach(update -> file.append(AccountEngagementCsv.line(row(update, fields))));
        return fill(job, file.toString(), all(updates), FILE_NAMES).flatMap(filled -> submit(job, stateField));
    }

    /** The vendor's pages call the file by more than one name, and one that is called otherwise is not found. */
    private Step<Boolean> fill(String job, String file, Sent sent, List<String> names) {
        ApiRequest request =
                AccountEngagementCalls.fillImport(job, AccountEngagementCsv.form(names.get(0), "prospects.csv", file));
        return new Step.Call<>(request, answer -> {
            Optional<AccountEngagementError> error = AccountEngagementError.in(answer);
            if (names.size() > 1
                    && error.filter(AccountEngagementError::isOfMissingFile).isPresent()) {
                return fill(job, file, sent, names.subList(1, names.size()));
            }
            if (error.filter(AccountEngagementError::isOfImportState).isEmpty()) {
                answers().check(request, answer, sent);
            }
            return Step.done(true);
        });
    }

    /** What an import refuses because of its state was done before. */
    private Step<BatchStatus> submit(String job, String stateField) {
        ApiRequest request = AccountEngagementCalls.submitImport(job, stateField);
        return Step.call(request, answer -> {
            boolean before = AccountEngagementError.in(answer)
                    .filter(AccountEngagementError::isOfImportState)
                    .isPresent();
            if (!before) {
                answers().check(request, answer, Sent.NOTHING);
            }
            return new Working(job, "Ready", true);
        });
    }

    private static List<String> row(Update update, List<String> fields) {
        var row = new ArrayList<String>();
        row.add(update.key());
        fields.forEach(
                field -> row.add(Optional.ofNullable(update.values().get(field)).orElse("")));
        return row;
    }

    private static Sent all(List<Update> updates) {
        var values = new ArrayList<@Nullable String>();
        updates.forEach(update -> values.addAll(update.values().values()));
        return Sent.of(values);
    }

    /** Only what went wrong is listed. Where the counts leave room for more, nothing is said of the others. */
    private Step<BatchStatus> results(String job, List<Update> updates, Json json) {
        long count = json.whole("errorCount").orElse(0);
        OptionalLong updated = json.whole("updatedCount");
        boolean allCounted = updated.isEmpty() || updated.getAsLong() + count >= updates.size();
        if (count == 0) {
            return Step.done(answered(job, updates, AccountEngagementImportErrors.NONE, allCounted));
        }
        ApiRequest request = AccountEngagementCalls.importErrors(job);
        return Step.call(request, answer -> {
            answers().check(request, answer, Sent.NOTHING);
            var errors = AccountEngagementImportErrors.of(answer.body(), MATCH, header(plan.fields()));
            return answered(job, updates, errors, allCounted && errors.rows() >= count);
        });
    }

    private static BatchStatus answered(
            String job, List<Update> updates, AccountEngagementImportErrors errors, boolean complete) {
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (Update update : updates) {
            String words = errors.words().get(update.key());
            if (words != null) {
                Sent sent = Sent.of(update.values().values());
                outcomes.put(
                        update.key(),
                        new Outcome.Refused("Account Engagement refused the record in import " + job + ": "
                                + Words.bounded(sent.hiddenIn(words))));
            } else if (complete) {
                outcomes.put(update.key(), new Written.Accepted());
            }
        }
        return new Answered(outcomes);
    }
}
