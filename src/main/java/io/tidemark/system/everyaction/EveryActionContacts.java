package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiAnswer;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes contacts by their VANID: names, date of birth, employer and occupation, the preferred e-mail address, phone and
 * address, and the custom fields that the stream exports and EveryAction lets be edited. Nothing can be cleared.
 * Deleting is EveryAction's suppressing. Where a write needs more than it was given, it looks first: the custom fields'
 * groups for a custom field, the person for part of an address or phone of which nothing is known.
 *
 * @see <a href="https://docs.everyaction.com/reference/people">People</a>
 */
record EveryActionContacts(ExportSpec spec, EveryActionParameters parameters) implements Writing {

    private static final int ORGANISATIONS = 2;
    private static final Set<Integer> NO_MATCH = Set.of(400, 404, 405);

    EveryActionContacts {
        requireNonNull(spec, "spec is null");
        requireNonNull(parameters, "parameters is null");
    }

    @Override
    public Step<Writable> writable() {
        return EveryActionFields.of(spec.resource())
                .map(fields -> EveryActionSelection.of(spec, parameters, fields))
                .flatMap(selection -> editable().map(custom -> writable(selection, custom)));
    }

    private Writable writable(EveryActionSelection selection, List<EveryActionCustomField> custom) {
        Set<String> held = new LinkedHashSet<>(
                selection.held().stream().map(EveryActionField::name).toList());
        Set<String> fields = new LinkedHashSet<>(held);
        fields.removeIf(name -> EveryActionPersonField.called(name).isEmpty());
        custom.stream()
                .flatMap(field -> Stream.of(EveryActionCustomField.heading(field.id()), field.name()))
                .filter(heading -> !heading.isEmpty() && held.stream().noneMatch(heading::equalsIgnoreCase))
                .filter(heading -> EveryActionPersonField.called(heading).isEmpty())
                .filter(heading ->
                        EveryActionCustomField.headed(heading, custom).isPresent())
                .forEach(fields::add);
        return new Writable(fields, Set.of(), !isOfOrganisations(), true, true).shownIn(EveryActionCodes.FORMS);
    }

    /** The custom fields that the stream exports and that can be edited. */
    private Step<List<EveryActionCustomField>> editable() {
        Set<String> exported = new LinkedHashSet<>(
                parameters.customFieldIds().stream().map(String::valueOf).toList());
        return exported.isEmpty()
                ? Step.done(List.of())
                : EveryActionCustomFields.listed()
                        .map(all -> all.stream()
                                .filter(field -> field.editable() && exported.contains(field.id()))
                                .toList());
    }

    @Override
    public Step<Present> read(String key) {
        ApiRequest request =
                EveryActionCalls.person(key, !parameters.customFieldIds().isEmpty());
        return Step.call(request, answer -> present(key, request, answer));
    }

    private Present present(String key, ApiRequest request, ApiAnswer answer) {
        return EveryActionAnswers.missing(request, answer, Sent.NOTHING)
                .<Present>map(Present.Gone::new)
                .orElseGet(() -> new EveryActionPerson(
                                EveryActionAnswers.read(request, answer), parameters.customFieldIds())
                        .present(key));
    }

    @Override
    public Step<Written> update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present) {
        EveryActionPersonBody body = EveryActionPersonBody.of(values);
        return editableFor(body)
                .flatMap(custom -> known(key, body, present).flatMap(known -> update(key, body, known, custom)));
    }

    private Step<List<EveryActionCustomField>> editableFor(EveryActionPersonBody body) {
        return body.custom().isEmpty() ? Step.done(List.of()) : editable();
    }

    private Step<Present> known(String key, EveryActionPersonBody body, Optional<Present.Found> present) {
        return body.needs(present) ? read(key) : Step.done(present.orElseGet(() -> new Present.Found(Map.of())));
    }

    private static Step<Written> update(
            String key, EveryActionPersonBody body, Present present, List<EveryActionCustomField> custom) {
        if (present instanceof Present.Gone gone) {
            return Step.done(new Written.Gone(gone.words()));
        }
        EveryActionRow known = EveryActionRow.of(Optional.of((Present.Found) present));
        ObjectNode person = body.update(known, custom);
        ApiRequest request = EveryActionCalls.updatePerson(key, person.toString());
        Sent sent = sent(body, known);
        return Step.call(request, answer -> written(key, request, answer, sent));
    }

    /** An update with another person's id in its answer went to the one that this one was merged into. */
    private static Written written(String key, ApiRequest request, ApiAnswer answer, Sent sent) {
        return EveryActionAnswers.missing(request, answer, sent)
                .or(() -> replaced(key, request, answer, sent))
                .<Written>map(Written.Gone::new)
                .orElseGet(Written.Accepted::new);
    }

    private static Optional<String> replaced(String key, ApiRequest request, ApiAnswer answer, Sent sent) {
        EveryActionAnswers.check(request, answer, sent);
        return answer.body().isBlank()
                ? Optional.empty()
                : EveryActionPerson.replaced(key, EveryActionAnswers.read(request, answer, sent));
    }

    private static Sent sent(EveryActionPersonBody body, EveryActionRow known) {
        var values = new ArrayList<@Nullable String>(known.values().values());
        values.addAll(body.fields().values());
        values.addAll(body.custom().values());
        return Sent.of(values);
    }

    @Override
    public Optional<String> uncreatable(Map<String, @Nullable String> values) {
        return isOfOrganisations()
                ? Optional.of("EveryAction's API creates people only, and " + EveryActionOptions.CONTACT_MODE
                        + " makes this a stream of organisations")
                : new EveryActionMatching(new EveryActionRow(values)).lacks();
    }

    private boolean isOfOrganisations() {
        return parameters.contactMode().filter(mode -> mode == ORGANISATIONS).isPresent();
    }

    @Override
    public Step<Optional<String>> find(Identifier identifier) {
        ApiRequest request = EveryActionCalls.personBy(identifier);
        return Step.call(request, answer -> EveryActionAnswers.found(request, answer, "vanId"));
    }

    /**
     * A person who is there already is found and stays as they are. The vendor would update them: so it is asked first, and
     * only somebody who appears between the two calls is updated unseen.
     */
    @Override
    public Step<Created> create(Map<String, @Nullable String> values, Optional<Identifier> identifier) {
        uncreatable(values).ifPresent(lack -> {
            throw new ApiException.Refused(lack);
        });
        EveryActionPersonBody body = EveryActionPersonBody.of(filled(values));
        Sent sent = sent(body, EveryActionRow.EMPTY_PERSON);
        return matching(body, sent)
                .flatMap(known -> known.map(key -> Step.done(Created.found(key)))
                        .orElseGet(() ->
                                editableFor(body).flatMap(custom -> made(body.creation(identifier, custom), sent))));
    }

    /** What this call cannot say of a person the creation does. */
    private static Step<Optional<String>> matching(EveryActionPersonBody body, Sent sent) {
        ApiRequest request = EveryActionCalls.findPerson(
                body.creation(Optional.empty(), List.of()).toString());
        return Step.call(
                request,
                answer -> NO_MATCH.contains(answer.status())
                        ? Optional.empty()
                        : EveryActionAnswers.read(request, answer, sent).text("vanId"));
    }

    private static Step<Created> made(ObjectNode person, Sent sent) {
        ApiRequest request = EveryActionCalls.findOrCreatePerson(person.toString());
        return Step.call(
                request,
                answer -> new Created(
                        EveryActionAnswers.read(request, answer, sent).text("vanId")));
    }

    private static Map<String, @Nullable String> filled(Map<String, @Nullable String> values) {
        var filled = new LinkedHashMap<String, @Nullable String>(values);
        filled.values().removeIf(value -> value == null || value.isBlank());
        return filled;
    }

    @Override
    public Step<Written> delete(String key, Map<String, @Nullable String> row) {
        ApiRequest request = EveryActionCalls.suppressPerson(key);
        return Step.call(request, answer -> EveryActionAnswers.written(request, answer, Sent.NOTHING));
    }
}
