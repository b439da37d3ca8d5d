package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidemark.sandbox.Handler;
import io.tidemark.sandbox.Headers;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.RefusedRequest;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;

/** Several requests in one. */
record Batches(Handler all) {
    private static final int MOST = 100;

    Response run(Request request) {
        JsonNode requests = Draft.body(request).path("requests");
        if (requests.size() > MOST) {
            throw ApiError.tooMany("a batch has at most " + MOST + " requests");
        }
        ArrayNode answers = Json.array();
        for (JsonNode one : requests) {
            String[] target = one.path("path").asText().split("\\?", 2);
            String path = target[0].startsWith("/") ? target[0] : "/" + target[0];
            if (path.endsWith("/bulk") || path.endsWith("/batch")) {
                throw ApiError.forbidden("no bulk call in a batch");
            }
            Response answer = answer(new Request(
                    one.path("method").asText("GET"),
                    path,
                    target.length == 2 ? target[1] : "",
                    new Headers(request.headers().values()),
                    one.path("body").asText("")));
            answers.addObject()
                    .put("status", answer.status())
                    .put(
                            "body",
                            answer.status() == 204
                                    ? ""
                                    : Directory.parsed(answer).toString());
        }
        return Documents.response(200, answers);
    }

    private Response answer(Request request) {
        try {
            return all.answer(request);
        } catch (RefusedRequest refused) {
            return refused.response();
        }
    }
}
