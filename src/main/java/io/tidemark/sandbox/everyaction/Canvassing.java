package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Takes activist codes, survey answers and results of attempts to reach a person. */
final class Canvassing {
    private static final Duration SAME_ATTEMPT = Duration.ofMinutes(60);
    private static final Set<Integer> BY_PHONE = Set.of(1, 37);

    private final Records records;
    private final People people;
    private final InstantSource clock;
    private final Map<String, Instant> attempts = new ConcurrentHashMap<>();

    Canvassing(Records records, People people, InstantSource clock) {
        this.records = records;
        this.people = people;
        this.clock = clock;
    }

    Response respond(ApiUser user, Request request, String reference) {
        ObjectNode body = people.allowed(request);
        Version contact = people.contact(reference);
        JsonNode responses = body.path("responses");
        check(body, responses);
        if (isRepeated(contact, body)) {
            return Response.empty(204);
        }
        for (JsonNode response : responses) {
            take(user, contact, response);
        }
        JsonNode context = body.path("canvassContext");
        if (responses.isEmpty()
                || !context.path("omitActivistCodeContactHistory").asBoolean()) {
            remember(user, contact, body);
        }
        return Response.empty(204);
    }

    private static void check(ObjectNode body, JsonNode responses) {
        if (body.hasNonNull("resultCodeId") != responses.isEmpty()) {
            throw ApiError.invalid("give either resultCodeId or responses", "resultCodeId", "responses");
        }
        JsonNode context = body.path("canvassContext");
        if (BY_PHONE.contains(context.path("contactTypeId").asInt())
                && !context.has("phone")
                && !context.has("phoneId")) {
            throw ApiError.invalid("this contact type needs a phone", "canvassContext.phone");
        }
        for (int place = 0; place < responses.size(); place++) {
            checkResponse(responses.path(place), "responses[" + place + "]");
        }
    }

    private static void checkResponse(JsonNode response, String where) {
        String type = response.path("type").asText();
        String action = response.path("action").asText("");
        boolean valid = switch (type) {
            case "ActivistCode" -> Set.of("Apply", "Remove").contains(action) && response.hasNonNull("activistCodeId");
            case "SurveyResponse" -> action.isEmpty() && response.hasNonNull("surveyResponseId");
            default -> false;
        };
        if (!valid) {
            throw ApiError.invalid("this response cannot be taken", where);
        }
    }

    private boolean isRepeated(Version contact, ObjectNode body) {
        if (body.path("canvassContext").path("skipMatching").asBoolean()) {
            return false;
        }
        Instant now = clock.instant();
        Instant before = attempts.put(contact.id() + body.toString(), now);
        return before != null && before.plus(SAME_ATTEMPT).isAfter(now);
    }

    private void take(ApiUser user, Version contact, JsonNode response) {
        if (response.path("type").asText().equals("SurveyResponse")) {
            records.add(
                    Catalogue.named("ContactsSurveyResponses"),
                    Map.of(
                            "VanID", Long.toString(contact.id()),
                            "SurveyQuestionID",
                                    response.path("surveyQuestionId").asText(),
                            "SurveyResponseID",
                                    response.path("surveyResponseId").asText(),
                            "DateCanvassed", clock.instant().toString()),
                    user.author());
            return;
        }
        String code = response.path("activistCodeId").asText();
        boolean apply = response.path("action").asText().equals("Apply");
        boolean held = false;
        for (Version row : records.all(Catalogue.CONTACTS_ACTIVIST_CODES)) {
            boolean meant = row.active()
                    && row.value("VanID").equals(Long.toString(contact.id()))
                    && row.value("ActivistCodeID").equals(code);
            held |= meant;
            if (meant && !apply) {
                records.retire(Catalogue.CONTACTS_ACTIVIST_CODES, row.id(), user.author(), ResourceType.REMOVED);
            }
        }
        if (apply && !held) {
            records.add(
                    Catalogue.CONTACTS_ACTIVIST_CODES,
                    Map.of("VanID", Long.toString(contact.id()), "ActivistCodeID", code),
                    user.author());
        }
    }

    private void remember(ApiUser user, Version contact, ObjectNode body) {
        Map<String, String> row = new TreeMap<>();
        row.put("VanID", Long.toString(contact.id()));
        row.put(
                "ContactTypeID",
                body.path("canvassContext").path("contactTypeId").asText(""));
        row.put("ResultID", body.path("resultCodeId").asText(""));
        row.put(
                "DateCanvassed",
                body.path("canvassContext")
                        .path("dateCanvassed")
                        .asText(clock.instant().toString()));
        records.add(Catalogue.named("ContactHistory"), row, user.author());
    }
}
