package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.RefusedRequest;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Contacts and what belongs to them: list, look at, create, change, delete, merge. */
final class Directory {
    private final Records records;
    private final Switches switches;
    private final Documents documents;
    private final Pages pages;

    Directory(Records records, Switches switches) {
        this.records = records;
        this.switches = switches;
        this.documents = new Documents(records);
        this.pages = new Pages(documents, switches);
    }

    Response contacts(ApiUser user, Request request) {
        Query query = Query.of(request);
        return pages.of(filter(user, query).contacts(user), query);
    }

    Response people(ApiUser user, Request request) {
        Query query = Query.of(request);
        return pages.of(filter(user, query).people(user), query);
    }

    Response show(Entity entity, Request request) {
        return documents.one(200, entity, Query.of(request));
    }

    Response children(Kind kind, Entity parent, Request request) {
        return pages.of(records.children(kind, parent.id()), Query.of(request));
    }

    Response createContact(ApiUser user, Request request) {
        return create(Draft.of(Kind.CONTACT, request, switches), Kind.CONTACT, draft -> makeContact(user, draft));
    }

    private Entity makeContact(ApiUser user, Draft draft) {
        String list = draft.related("account_list");
        if (list.isEmpty()) {
            throw ApiError.invalid("cannot be blank", "/data/relationships/account_list");
        }
        if (!user.sees(list)) {
            throw ApiError.forbidden("you may not write to that account list");
        }
        Entity made = records.add(Kind.CONTACT, key(draft), List.of(list), draft.changes(Optional.empty()));
        if (!draft.isFalse("create_default_person")) {
            String name = made.text("name");
            String first =
                    name.contains(",") ? name.substring(name.indexOf(',') + 1).strip() : name;
            records.add(
                    Kind.PERSON,
                    records.newId(),
                    List.of(made.id()),
                    Map.of("first_name", Values.of(first.isEmpty() ? name : first)));
        }
        return records.find(Kind.CONTACT, made.id()).orElse(made);
    }

    Response createChild(Kind kind, Entity parent, Request request) {
        return create(
                Draft.of(kind, request, switches),
                kind,
                draft -> records.add(kind, key(draft), List.of(parent.id()), draft.changes(Optional.empty())));
    }

    private String key(Draft draft) {
        return draft.id().orElseGet(records::newId);
    }

    private Response create(Draft draft, Kind kind, Function<Draft, Entity> maker) {
        Optional<String> taken = draft.id().filter(records::has);
        if (taken.isEmpty()) {
            return documents.one(201, maker.apply(draft), NOTHING);
        }
        if (switches.get(Doubts.SECOND_CREATION) == Doubts.SecondCreation.CONFLICT) {
            throw ApiError.misplaced("the key is taken", "/data/id");
        }
        return documents.one(200, taken.flatMap(id -> records.find(kind, id)).orElseThrow(ApiError::notFound), NOTHING);
    }

    Response change(Entity stored, Request request) {
        return documents.one(200, change(stored, Draft.of(stored.kind(), request, switches)), NOTHING);
    }

    private Entity change(Entity stored, Draft draft) {
        draft.id().filter(id -> !id.equals(stored.id())).ifPresent(id -> {
            throw ApiError.misplaced("the key is another one than that of the address", "/data/id");
        });
        draft.unlock(stored);
        return records.change(stored, draft.changes(Optional.of(stored)));
    }

    Response remove(ApiUser user, Entity stored) {
        records.remove(stored, Optional.of(user.id()));
        return Response.empty(204);
    }

    Response merge(ApiUser user, Request request) {
        JsonNode attributes = Draft.body(request).path("data").path("attributes");
        Entity winner = contact(user, attributes.path("winner_id").asText());
        Entity loser = contact(user, attributes.path("loser_id").asText());
        if (winner.id().equals(loser.id())) {
            throw ApiError.invalid("a contact cannot be merged with itself", "/data/attributes/loser_id");
        }
        records.merge(winner, loser, Optional.of(user.id()));
        return documents.one(200, contact(user, winner.id()), NOTHING);
    }

    /** Several creations or changes in one call, each with an answer of its own. */
    Response bulk(ApiUser user, Request request) {
        boolean creates = request.method().equals("POST");
        ArrayNode answers = Json.array();
        for (JsonNode document : items(request)) {
            String id = document.path("data").path("id").asText();
            Optional<Entity> known = seen(user, id);
            if (creates || known.isPresent()) {
                answers.add(attempt(id, () -> {
                    Draft draft = Draft.of(Kind.CONTACT, document, switches);
                    return known.isPresent()
                            ? documents.one(200, change(known.get(), draft), NOTHING)
                            : create(draft, Kind.CONTACT, each -> makeContact(user, each));
                }));
            }
        }
        return bulk(answers);
    }

    private Response bulk(ArrayNode answers) {
        if (answers.isEmpty()) {
            throw ApiError.notFound();
        }
        return switches.get(Doubts.BULK_ENVELOPE) == Doubts.BulkEnvelope.NONE
                ? Documents.response(200, answers)
                : Documents.response(200, Json.object().set("data", answers));
    }

    Response bulkRemove(ApiUser user, Request request) {
        ArrayNode answers = Json.array();
        for (JsonNode document : items(request)) {
            String id = document.path("data").path("id").asText();
            seen(user, id).ifPresent(contact -> {
                records.remove(contact, Optional.empty());
                answers.addObject().putObject("data").put("id", id).put("type", Kind.CONTACT.type());
            });
        }
        return bulk(answers);
    }

    private JsonNode items(Request request) {
        JsonNode items = Draft.body(request).path("data");
        if (!items.isArray()) {
            throw ApiError.invalid("must be an array", "/data");
        }
        int most = switches.get(Doubts.BULK_MOST);
        if (most > 0 && items.size() > most) {
            throw ApiError.invalid("must have at most " + most + " items", "/data");
        }
        return items;
    }

    private static ObjectNode attempt(String id, java.util.function.Supplier<Response> what) {
        try {
            return parsed(what.get());
        } catch (RefusedRequest refused) {
            ObjectNode answer = Json.object().put("id", id);
            answer.set("errors", parsed(refused.response()).path("errors"));
            return answer;
        }
    }

    static ObjectNode parsed(Response response) {
        try (InputStream in = response.content().open()) {
            return Json.readObject(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Entity contact(ApiUser user, String id) {
        Entity contact = records.find(Kind.CONTACT, id).orElseThrow(ApiError::notFound);
        if (!user.sees(contact.parent())) {
            throw ApiError.forbidden("you may not see that contact");
        }
        return contact;
    }

    /** A record below another one. */
    Entity child(Kind kind, Entity parent, String id) {
        return records.find(kind, id)
                .filter(child -> child.parents().contains(parent.id()))
                .orElseThrow(ApiError::notFound);
    }

    private Optional<Entity> seen(ApiUser user, String id) {
        return records.find(Kind.CONTACT, id).filter(contact -> user.sees(contact.parent()));
    }

    private Filter filter(ApiUser user, Query query) {
        return new Filter(query.filter(), switches, records).allowedTo(user);
    }

    private static final Query NOTHING = new Query(Map.of(), Map.of(), List.of(), "", 1, 25);
}
