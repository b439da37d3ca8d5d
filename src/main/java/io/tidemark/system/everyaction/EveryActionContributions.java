package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

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
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates contributions. EveryAction takes one as often as it is sent, so that one whose answer was lost is found by its
 * identifier first; it changes and deletes none through this API.
 *
 * @see <a href="https://docs.everyaction.com/reference/post-contributions">Contributions</a>
 */
record EveryActionContributions(ExportSpec spec, EveryActionParameters parameters) implements Writing {

    EveryActionContributions {
        requireNonNull(spec, "spec is null");
        requireNonNull(parameters, "parameters is null");
    }

    @Override
    public Step<Writable> writable() {
        return EveryActionFields.of(spec.resource()).map(fields -> {
            Set<String> written = new LinkedHashSet<>();
            EveryActionSelection.of(spec, parameters, fields).held().stream()
                    .map(EveryActionField::name)
                    .filter(EveryActionGift::holds)
                    .forEach(written::add);
            return new Writable(written, Set.of(), true, false, true);
        });
    }

    @Override
    public Step<Present> read(String key) {
        return Step.done(new Present.Found(Map.of()));
    }

    @Override
    public Step<Written> update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present) {
        throw new ApiException.Refused(
                "EveryAction's API creates contributions and changes none. Correct it in EveryAction");
    }

    @Override
    public Optional<String> uncreatable(Map<String, @Nullable String> values) {
        List<String> lacks = gift(values).lacks();
        return lacks.isEmpty()
                ? Optional.empty()
                : Optional.of("EveryAction needs for a contribution: " + String.join("; ", lacks)
                        + ". A field that the table does not have must be named in tidemark.streams." + spec.stream()
                        + ".export." + EveryActionOptions.REQUESTED_FIELDS);
    }

    private static EveryActionGift gift(Map<String, @Nullable String> values) {
        return new EveryActionGift(new EveryActionRow(values));
    }

    @Override
    public Step<Optional<String>> find(Identifier identifier) {
        ApiRequest request = EveryActionCalls.contributionBy(identifier);
        return Step.call(request, answer -> EveryActionAnswers.found(request, answer, "contributionId"));
    }

    @Override
    public Step<Created> create(Map<String, @Nullable String> values, Optional<Identifier> identifier) {
        uncreatable(values).ifPresent(lack -> {
            throw new ApiException.Refused(lack);
        });
        ObjectNode body = gift(values).body();
        identifier.ifPresent(own ->
                body.putArray("identifiers").addObject().put("type", own.type()).put("externalId", own.value()));
        ApiRequest request = EveryActionCalls.contribute(body.toString());
        Sent sent = Sent.of(values.values());
        return Step.call(request, answer -> created(EveryActionAnswers.read(request, answer, sent)));
    }

    /** The documented answer is the bare number. */
    private static Created created(Json json) {
        return new Created(json.scalar().or(() -> json.text("contributionId")));
    }

    @Override
    public Step<Written> delete(String key, Map<String, @Nullable String> row) {
        throw new ApiException.Refused("EveryAction's API deletes no contributions. Delete it in EveryAction");
    }
}
