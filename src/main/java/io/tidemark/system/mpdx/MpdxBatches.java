package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.BatchStatus;
import io.tidemark.system.BatchStatus.Answered;
import io.tidemark.system.Batches;
import io.tidemark.system.Outcome;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several contacts in one call, each with the version that its change was made from and with an answer of its own. What is
 * written of addresses goes alone: they have documents and versions of their own.
 */
record MpdxBatches(MpdxCalls calls) implements Batches {

    private static final MpdxKind KIND = MpdxKind.CONTACTS;
    private static final String BULK = "/contacts/bulk";

    MpdxBatches {
        requireNonNull(calls, "calls is null");
    }

    @Override
    public int from() {
        return 2;
    }

    @Override
    public int most() {
        return calls.settings().bulkMost();
    }

    @Override
    public Step<Map<String, Present>> read(List<String> keys) {
        return new MpdxIds(calls, KIND).values(keys).map(MpdxBatches::found);
    }

    private static Map<String, Present> found(Map<String, Map<String, @Nullable String>> values) {
        var found = new LinkedHashMap<String, Present>();
        values.forEach((key, one) -> found.put(key, new Present.Found(one)));
        return found;
    }

    @Override
    public boolean takes(Update update) {
        try {
            MpdxBody body = body(update);
            update.present().ifPresent(seen -> document(update, body));
            return body.children().isEmpty() && body.holds(MpdxPart.RECORD);
        } catch (ApiException.Refused alone) {
            return false;
        }
    }

    private static MpdxBody body(Update update) {
        MpdxCalls.id(update.key());
        return MpdxBody.of(KIND, update.values());
    }

    private ObjectNode document(Update update, MpdxBody body) {
        var known = new MpdxVersion(
                KIND, update.present().map(Present.Found::values).orElse(Map.of()));
        return MpdxBody.document(KIND.type(), update.key(), body.locked(MpdxPart.RECORD, known, calls.settings()));
    }

    /** Where nobody looked, the versions are looked up here; what is not shown is left out, and so has no answer. */
    @Override
    public Step<BatchStatus> send(List<Update> updates) {
        List<String> unseen = calls.settings().overwrite()
                ? List.of()
                : updates.stream()
                        .filter(update -> update.present().isEmpty())
                        .map(Update::key)
                        .toList();
        return read(unseen)
                .flatMap(looked -> write(updates.stream()
                        .flatMap(update -> seen(update, unseen, looked).stream())
                        .toList()));
    }

    private static Optional<Update> seen(Update update, List<String> unseen, Map<String, Present> looked) {
        if (!unseen.contains(update.key())) {
            return Optional.of(update);
        }
        return looked.get(update.key()) instanceof Present.Found found
                ? Optional.of(new Update(update.key(), update.values(), Optional.of(found)))
                : Optional.empty();
    }

    private Step<BatchStatus> write(List<Update> updates) {
        if (updates.isEmpty()) {
            return Step.done(new Answered(Map.of()));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("data");
        updates.forEach(update -> items.add(document(update, body(update))));
        ApiRequest request = calls.update(BULK, body.toString());
        return Step.call(request, answer -> answered(request, answer, updates));
    }

    /** MPDX passes over a contact that it does not know, and says so only where it knows none of them. */
    private static BatchStatus answered(ApiRequest request, ApiAnswer answer, List<Update> updates) {
        if (MpdxAnswers.missing(request, answer).isPresent()) {
            return new Answered(Map.of());
        }
        Map<String, Update> sent =
                updates.stream().collect(Collectors.toMap(update -> lower(update.key()), each -> each));
        Json json = MpdxAnswers.read(request, answer, all(updates));
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (Json item : json.get("data").filter(Json::isArray).orElse(json).elements()) {
            Optional.ofNullable(sent.get(lower(id(item))))
                    .ifPresent(update -> outcomes.put(
                            update.key(),
                            MpdxAnswers.outcome(
                                    request, item, Sent.of(update.values().values()))));
        }
        return new Answered(outcomes);
    }

    private static Sent all(List<Update> updates) {
        var values = new ArrayList<@Nullable String>();
        updates.forEach(update -> values.addAll(update.values().values()));
        return Sent.of(values);
    }

    private static String id(Json item) {
        return item.text("id")
                .or(() -> item.get("data").flatMap(data -> data.text("id")))
                .orElse("");
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
