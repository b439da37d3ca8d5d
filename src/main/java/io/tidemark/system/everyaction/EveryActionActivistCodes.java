package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Created;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Written;
import io.tidemark.system.answer.Sent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies activist codes to contacts and removes them. EveryAction takes neither for a record of its own: an application
 * has no key in the answer, a removal names the contact and the code, and there is nothing to change in between.
 *
 * @see <a href="https://docs.everyaction.com/reference/people-vanid-canvassresponses">Canvass responses</a>
 */
record EveryActionActivistCodes(ExportSpec spec, EveryActionParameters parameters) implements Writing {

    private static final String PERSON = "VanID";
    private static final String CODE = "ActivistCodeID";

    /** The vendor's number for what came through the API. */
    private static final int INPUT_TYPE_API = 11;

    EveryActionActivistCodes {
        requireNonNull(spec, "spec is null");
        requireNonNull(parameters, "parameters is null");
    }

    @Override
    public Step<Writable> writable() {
        return EveryActionFields.of(spec.resource()).map(fields -> {
            Set<String> written = new LinkedHashSet<>();
            EveryActionSelection.of(spec, parameters, fields).held().stream()
                    .filter(field -> field.isCalled(PERSON) || field.isCalled(CODE))
                    .forEach(field -> written.add(field.name()));
            boolean both = written.size() == 2;
            return new Writable(written, Set.of(), both, both, false);
        });
    }

    @Override
    public Step<Present> read(String key) {
        return Step.done(new Present.Found(Map.of()));
    }

    @Override
    public Step<Written> update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present) {
        throw new ApiException.Refused("EveryAction applies and removes activist codes and changes none. Delete the row"
                + " and insert another");
    }

    @Override
    public Optional<String> uncreatable(Map<String, @Nullable String> values) {
        return lacks(new EveryActionRow(values), "apply");
    }

    private static Optional<String> lacks(EveryActionRow row, String verb) {
        List<String> missing = List.of(PERSON, CODE).stream()
                .filter(name -> row.id(name).isEmpty())
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("to " + verb + " an activist code EveryAction needs " + String.join(" and ", missing)
                        + " as a whole number");
    }

    @Override
    public Step<Optional<String>> find(Identifier identifier) {
        throw new ApiException.Refused("EveryAction keeps no identifiers with activist codes");
    }

    @Override
    public Step<Created> create(Map<String, @Nullable String> values, Optional<Identifier> identifier) {
        var row = new EveryActionRow(values);
        ApiRequest request = request(row, "apply", "Apply");
        Sent sent = Sent.of(values.values());
        return Step.call(request, answer -> {
            EveryActionAnswers.check(request, answer, sent);
            return new Created(Optional.empty());
        });
    }

    /** By the contact and the code of the row; the key is of no use. */
    @Override
    public Step<Written> delete(String key, Map<String, @Nullable String> row) {
        ApiRequest request = request(new EveryActionRow(row), "remove", "Remove");
        Sent sent = Sent.of(row.values());
        return Step.call(request, answer -> EveryActionAnswers.written(request, answer, sent));
    }

    private static ApiRequest request(EveryActionRow row, String verb, String action) {
        lacks(row, verb).ifPresent(lack -> {
            throw new ApiException.Refused(lack);
        });
        return EveryActionCalls.canvass(
                row.id(PERSON).orElseThrow(), json(row.id(CODE).orElseThrow(), action));
    }

    /**
     * Without {@code skipMatching} a code that is applied, removed and applied again within an hour may be taken for the
     * same attempt; without {@code omitActivistCodeContactHistory} each call leaves a record that nobody can delete.
     */
    private static String json(long code, String action) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("canvassContext")
                .put("inputTypeId", INPUT_TYPE_API)
                .put("skipMatching", true)
                .put("omitActivistCodeContactHistory", true);
        body.putArray("responses")
                .addObject()
                .put("type", "ActivistCode")
                .put("activistCodeId", code)
                .put("action", action);
        return body.toString();
    }
}
