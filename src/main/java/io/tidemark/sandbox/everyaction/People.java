package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a client can do with people. Two calls that create at the same time can make two of one person, as there. */
final class People {
    private static final ResourceType CONTACTS = Catalogue.CONTACTS;
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Set<String> NAMES = Set.of("firstName", "middleName", "lastName", "title", "suffix");

    private final Records records;
    private final Switches switches;

    People(Records records, Switches switches) {
        this.records = records;
        this.switches = switches;
    }

    Response find(Request request) {
        Map<String, String> wanted = wanted(allowed(request));
        return new Matching(wanted)
                .among(records.all(CONTACTS))
                .map(found -> vanId(200, found.id()))
                .orElseThrow(() -> ApiError.notFound("nobody matches"));
    }

    Response findOrCreate(ApiUser user, Request request) {
        ObjectNode body = allowed(request);
        if (body.hasNonNull("vanId")) {
            return save(user, contact(body.path("vanId").asText()), body);
        }
        Map<String, String> wanted = wanted(body);
        Optional<Version> found = new Matching(wanted).among(records.all(CONTACTS));
        if (found.isPresent()) {
            return save(user, found.get(), body);
        }
        Map<String, String> row = new TreeMap<>(wanted);
        row.keySet().removeAll(switches.get(Doubts.DROPPED));
        row.put("ContactMode", "1");
        return vanId(201, records.add(CONTACTS, row, user.author()));
    }

    Response get(Request request, String reference) {
        forbid();
        Set<String> expanded =
                COMMA.splitAsStream(request.parameter("$expand").orElse("")).collect(Collectors.toSet());
        Version contact = contact(reference);
        ObjectNode json = PersonShape.toJson(contact, expanded);
        if (!contact.active() && switches.get(Doubts.INACTIVE_PEOPLE) == Doubts.InactivePeople.FLAGGED) {
            json.put("isSuppressed", true);
        }
        return Response.json(200, json);
    }

    Response update(ApiUser user, Request request, String reference) {
        ObjectNode body = allowed(request);
        return save(user, contact(reference), body);
    }

    Response rename(ApiUser user, Request request, String reference) {
        ObjectNode body = allowed(request);
        Version contact = contact(reference);
        body.fieldNames().forEachRemaining(name -> {
            if (!NAMES.contains(name)) {
                throw ApiError.invalid("only names can be changed here", name);
            }
        });
        return save(user, contact, body);
    }

    Response suppress(ApiUser user, String reference) {
        forbid();
        records.retire(CONTACTS, contact(reference).id(), user.author(), ResourceType.REMOVED);
        return Response.empty(200);
    }

    Response merge(ApiUser user, Request request, String reference) {
        ObjectNode body = allowed(request);
        Merge merge =
                new Merge(records, contact(reference).id(), body.path("vanId").asLong());
        if (!merge.isPossible()) {
            throw ApiError.invalid("vanId must be another person who is there", "vanId");
        }
        if (!request.parameter("whatIf").orElse("false").equals("true")) {
            merge.run(user.author());
        }
        return vanId(200, merge.target());
    }

    Response addCode(ApiUser user, Request request, String reference) {
        ObjectNode body = allowed(request);
        long code = body.path("codeId").asLong();
        if (code <= 0) {
            throw ApiError.invalid("codeId is required", "codeId");
        }
        return changed(user, contact(reference), Map.of(PersonShape.CODE + code, "Code " + code));
    }

    Response removeCode(ApiUser user, String reference, String code) {
        forbid();
        Version contact = contact(reference);
        if (contact.value(PersonShape.CODE + code).isEmpty()) {
            throw ApiError.notFound("the person has no such code");
        }
        return changed(user, contact, Map.of(PersonShape.CODE + code, ""));
    }

    /** Notes can be written but never read, so only their number is kept. */
    Response addNote(ApiUser user, Request request, String reference) {
        ObjectNode body = allowed(request);
        if (body.path("text").asText().isEmpty()) {
            throw ApiError.invalid("text is required", "text");
        }
        Version contact = contact(reference);
        int notes = Integer.parseInt("0" + contact.value("notes:count"));
        return changed(user, contact, Map.of("notes:count", Integer.toString(notes + 1)));
    }

    /** By its VANID, or by an outside identifier as {@code type:id}. Whether whoever is out of use is there is a doubt. */
    Version contact(String reference) {
        int colon = reference.indexOf(':');
        Optional<Version> found = colon > 0
                ? byIdentifier(reference.substring(0, colon), reference.substring(colon + 1))
                : reference.matches("\\d{1,18}") ? records.find(CONTACTS, Long.parseLong(reference)) : Optional.empty();
        return found.flatMap(this::answering).orElseThrow(() -> ApiError.notFound("there is no such person"));
    }

    private Optional<Version> answering(Version contact) {
        if (contact.active()) {
            return Optional.of(contact);
        }
        return switch (switches.get(Doubts.INACTIVE_PEOPLE)) {
            case NOT_FOUND -> Optional.empty();
            case SURVIVOR ->
                Optional.of(contact.value(Merge.INTO))
                        .filter(into -> !into.isEmpty())
                        .flatMap(into -> records.find(CONTACTS, Long.parseLong(into)))
                        .flatMap(this::answering);
            case FLAGGED, UNMARKED -> Optional.of(contact);
        };
    }

    /** Refuses who has no right to people, then gives the body. */
    ObjectNode allowed(Request request) {
        forbid();
        return ApiError.body(request);
    }

    private Optional<Version> byIdentifier(String type, String id) {
        return records.all(CONTACTS).stream()
                .filter(Version::active)
                .filter(contact -> contact.value(PersonShape.IDENTIFIER + type).equals(id))
                .findFirst();
    }

    /** What a new person would have. */
    private Map<String, String> wanted(ObjectNode body) {
        Map<String, String> wanted = shape().changes(body, Map.of());
        wanted.values().removeIf(String::isEmpty);
        return wanted;
    }

    private Response save(ApiUser user, Version contact, ObjectNode body) {
        Map<String, String> changes = shape().changes(body, contact.values());
        changes.keySet().removeAll(switches.get(Doubts.DROPPED));
        records.change(CONTACTS, contact.id(), changes, user.author());
        return vanId(200, contact.id());
    }

    private Response changed(ApiUser user, Version contact, Map<String, String> changes) {
        records.change(CONTACTS, contact.id(), changes, user.author());
        return Response.empty(204);
    }

    private void forbid() {
        if (switches.get(Doubts.FORBIDDEN).contains("People")) {
            throw ApiError.forbidden("people");
        }
    }

    private PersonShape shape() {
        return new PersonShape(
                switches.get(Doubts.NORMALISES),
                switches.get(Doubts.ADDRESS_PARTS) == Doubts.AddressParts.REPLACED,
                switches.get(Doubts.REFUSALS_QUOTE));
    }

    private static Response vanId(int status, long id) {
        return Response.json(status, Json.object().put("vanId", id));
    }
}
