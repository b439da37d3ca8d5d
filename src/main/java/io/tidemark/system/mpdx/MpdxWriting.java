package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Batches;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Written;
import io.tidemark.system.answer.Sent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes contacts with their address, or people with their email address and phone number. Every write names the time of
 * the version it was made from; if somebody was faster, MPDX says so and nothing is written. The record goes before its
 * children, because a child's write moves the record's time; each child has a time of its own. MPDX's times are whole
 * seconds: of two changes in one second the earlier is not noticed.
 */
record MpdxWriting(MpdxCalls calls, MpdxKind kind) implements Writing {

    private static final String IDENTIFIER = "id";

    MpdxWriting {
        requireNonNull(calls, "calls is null");
        requireNonNull(kind, "kind is null");
    }

    @Override
    public Step<Writable> writable() {
        return Step.done(new Writable(
                names(kind.fields().stream().filter(MpdxField::isWritable).toList()),
                names(kind.fields().stream().filter(MpdxField::isClearable).toList()),
                true,
                true,
                true));
    }

    @Override
    public Optional<Batches> batches() {
        boolean several = kind == MpdxKind.CONTACTS && calls.settings().bulkMost() > 1;
        return several ? Optional.of(new MpdxBatches(calls)) : Optional.empty();
    }

    private static Set<String> names(List<MpdxField> fields) {
        return fields.stream().map(MpdxField::name).collect(Collectors.toSet());
    }

    /** People are looked up in their list, because they stand below contacts that are not known here. */
    @Override
    public Step<Present> read(String key) {
        return kind == MpdxKind.PEOPLE
                ? new MpdxIds(calls, kind).find(List.of(key)).map(MpdxWriting::present)
                : readContact(key);
    }

    private Step<Present> readContact(String key) {
        ApiRequest request =
                calls.get(MpdxQuery.of("/contacts/" + MpdxCalls.id(key)).with("include", kind.include()));
        return new Step.Call<>(request, answer -> {
            Optional<String> missing = MpdxAnswers.missing(request, answer);
            if (missing.isPresent()) {
                return Step.done(new Present.Gone(missing.get()));
            }
            if (answer.status() == 403) {
                return hidden(answer);
            }
            return Step.done(present(MpdxDocument.of(kind, MpdxAnswers.read(request, answer, Sent.NOTHING))));
        });
    }

    /** Whoever still sees the account list is only kept from this one record. */
    private Step<Present> hidden(ApiAnswer answer) {
        return MpdxSource.account(calls)
                .map(account -> new Present.Gone("MPDX does not show the record to the token's user"
                        + MpdxAnswers.reason(answer, Sent.NOTHING)));
    }

    private static Present present(MpdxDocument document) {
        return document.records().stream()
                .findFirst()
                .<Present>map(record -> new Present.Found(document.values(record)))
                .orElseGet(() -> new Present.Gone("MPDX does not list it any more"));
    }

    @Override
    public Step<Written> update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present) {
        if (values.containsKey(MpdxField.CONTACT_ID)) {
            throw new ApiException.Refused("MPDX cannot move a person to another contact. Do it at MPDX");
        }
        MpdxBody body = MpdxBody.of(kind, values);
        return present.map(found -> Step.<Present>done(found))
                .orElseGet(() -> read(key))
                .flatMap(known -> known instanceof Present.Found found
                        ? update(key, body, new MpdxVersion(kind, found.values()))
                        : Step.done(new Written.Gone(((Present.Gone) known).words())));
    }

    private Step<Written> update(String key, MpdxBody body, MpdxVersion known) {
        known.refuseForeign(body);
        String path = known.path(key);
        Step<Written> record = body.holds(MpdxPart.RECORD)
                ? write(path, kind.type(), key, body.locked(MpdxPart.RECORD, known, calls.settings()), body.sent())
                : Step.done(new Written.Accepted());
        return record.flatMap(written -> written instanceof Written.Accepted
                ? children(path, key, body, known, body.children())
                : Step.done(written));
    }

    private Step<Written> write(String path, String type, String id, ObjectNode attributes, Sent sent) {
        ApiRequest request =
                calls.update(path, MpdxBody.document(type, id, attributes).toString());
        return Step.call(request, answer -> {
            if (MpdxAnswers.isStale(answer)) {
                throw MpdxAnswers.stale("the record of " + type);
            }
            return written(request, answer, sent);
        });
    }

    private static Written written(ApiRequest request, ApiAnswer answer, Sent sent) {
        Optional<String> missing = MpdxAnswers.missing(request, answer);
        if (missing.isEmpty()) {
            MpdxAnswers.check(request, answer, sent);
        }
        return missing.<Written>map(Written.Gone::new).orElseGet(Written.Accepted::new);
    }

    private Step<Written> children(String path, String key, MpdxBody body, MpdxVersion known, List<MpdxPart> parts) {
        if (parts.isEmpty()) {
            return Step.done(new Written.Accepted());
        }
        return child(path, key, body, known, parts.get(0))
                .flatMap(written -> children(path, key, body, known, parts.subList(1, parts.size())));
    }

    private Step<Written> child(String path, String key, MpdxBody body, MpdxVersion known, MpdxPart part) {
        String below = path + "/" + part.path();
        Optional<String> id = known.value(part, MpdxField.ID);
        if (id.isEmpty()) {
            return createChild(below, key, body, part);
        }
        return write(
                        below + "/" + MpdxCalls.id(id.get()),
                        part.type(),
                        id.get(),
                        body.locked(part, known, calls.settings()),
                        body.sent())
                .map(written -> {
                    if (written instanceof Written.Gone) {
                        throw MpdxAnswers.stale("the record of " + part.type());
                    }
                    return written;
                });
    }

    /** The new child becomes the first of its kind; its key follows from what it holds, so that it is made once. */
    private Step<Written> createChild(String below, String key, MpdxBody body, MpdxPart part) {
        ObjectNode attributes = body.attributes(part);
        lack(body, part).ifPresent(lack -> {
            throw new ApiException.Refused(lack);
        });
        String content = part.need().map(need -> attributes.path(need).asText()).orElse("");
        String id = uuid(key + " " + part.type() + " " + content);
        attributes.put(part.mark(), true);
        ObjectNode document = MpdxBody.document(part.type(), id, attributes);
        return create(below, document, body.sent(), below + "/" + id).map(created -> new Written.Accepted());
    }

    /** Why a child cannot be made of what is written. */
    private Optional<String> lack(MpdxBody body, MpdxPart part) {
        return part.need()
                .filter(need -> !body.attributes(part).hasNonNull(need))
                .map(need -> "the person has nothing in " + part.type() + " at MPDX, and it is made only with "
                        + kind.fields().stream()
                                .filter(field -> field.part() == part
                                        && field.attribute().equals(need))
                                .map(MpdxField::name)
                                .collect(Collectors.joining()));
    }

    @Override
    public Optional<String> identifierType() {
        return Optional.of(IDENTIFIER);
    }

    @Override
    public Optional<String> uncreatable(Map<String, @Nullable String> values) {
        List<String> needed = kind == MpdxKind.CONTACTS ? List.of("name") : List.of("first_name", MpdxField.CONTACT_ID);
        List<String> missing = needed.stream()
                .filter(name -> Optional.ofNullable(values.get(name)).orElse("").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("MPDX creates " + kind.type() + " only with " + String.join(" and ", missing));
        }
        MpdxBody body = MpdxBody.of(kind, values);
        return body.children().stream()
                .flatMap(part -> lack(body, part).stream())
                .findFirst();
    }

    @Override
    public Step<Optional<String>> find(Identifier identifier) {
        String key = key(identifier);
        return read(key).map(present -> present instanceof Present.Found ? Optional.of(key) : Optional.empty());
    }

    @Override
    public Step<Created> create(Map<String, @Nullable String> values, Optional<Identifier> identifier) {
        uncreatable(values).ifPresent(lack -> {
            throw new ApiException.Refused(lack);
        });
        String key = key(
                identifier.orElseThrow(() -> new IllegalArgumentException("a record's key is made of its identifier")));
        MpdxBody body = MpdxBody.of(kind, values);
        String path = kind == MpdxKind.CONTACTS
                ? "/contacts"
                : "/contacts/" + MpdxCalls.id(values.getOrDefault(MpdxField.CONTACT_ID, "")) + "/people";
        return create(path, document(key, body), body.sent(), path + "/" + key)
                .flatMap(created -> afterCreation(createChildren(path + "/" + key, key, body, body.children())))
                .map(written -> new Created(Optional.of(key)));
    }

    /** Says with a refusal that the record itself is there. */
    private <T> Step<T> afterCreation(Step<T> step) {
        if (!(step instanceof Step.Call<T> call)) {
            return step;
        }
        return new Step.Call<>(call.request(), answer -> {
            try {
                return afterCreation(call.answer(answer));
            } catch (ApiException.Refused refused) {
                throw new ApiException.Refused("the record was created in " + kind.type()
                        + ", but not all that belongs to it: " + refused.getMessage());
            }
        });
    }

    private ObjectNode document(String key, MpdxBody body) {
        ObjectNode attributes = body.attributes(MpdxPart.RECORD);
        if (kind == MpdxKind.PEOPLE) {
            return MpdxBody.document(kind.type(), key, attributes);
        }
        if (!calls.settings().createDefaultPerson()) {
            attributes.put("create_default_person", false);
        }
        ObjectNode document = MpdxBody.document(kind.type(), key, attributes);
        document.withObjectProperty("data")
                .putObject("relationships")
                .putObject("account_list")
                .putObject("data")
                .put("id", calls.settings().accountListId())
                .put("type", "account_lists");
        return document;
    }

    private Step<Written> createChildren(String path, String key, MpdxBody body, List<MpdxPart> parts) {
        if (parts.isEmpty()) {
            return Step.done(new Written.Accepted());
        }
        return createChild(path + "/" + parts.get(0).path(), key, body, parts.get(0))
                .flatMap(written -> createChildren(path, key, body, parts.subList(1, parts.size())));
    }

    /** A conflict can mean that it was created before: then it is there, and nothing is to be done. */
    private Step<Boolean> create(String path, ObjectNode document, Sent sent, String itself) {
        ApiRequest request = calls.create(path, document.toString());
        return new Step.Call<>(request, answer -> {
            if (answer.status() != 409) {
                MpdxAnswers.check(request, answer, sent);
                return Step.done(true);
            }
            ApiRequest look = calls.get(MpdxQuery.of(itself));
            return Step.call(look, there -> {
                if (MpdxAnswers.missing(look, there).isPresent()) {
                    MpdxAnswers.check(request, answer, sent);
                }
                MpdxAnswers.check(look, there, Sent.NOTHING);
                return true;
            });
        });
    }

    @Override
    public Step<Written> delete(String key, Map<String, @Nullable String> row) {
        if (kind == MpdxKind.CONTACTS) {
            return delete("/contacts/" + MpdxCalls.id(key));
        }
        return read(key)
                .flatMap(present -> present instanceof Present.Found found
                        ? delete(new MpdxVersion(kind, found.values()).path(key))
                        : Step.done(new Written.Gone(((Present.Gone) present).words())));
    }

    private Step<Written> delete(String path) {
        ApiRequest request = calls.delete(path);
        return Step.call(request, answer -> written(request, answer, Sent.NOTHING));
    }

    private String key(Identifier identifier) {
        return uuid(kind.type() + " " + identifier.type() + " " + identifier.value());
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(("tidemark " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
