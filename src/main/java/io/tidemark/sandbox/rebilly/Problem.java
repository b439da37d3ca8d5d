package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.RefusedRequest;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import java.util.Map;

/** Refusals in the vendor's form, a problem document of RFC 9457. */
final class Problem {
    private Problem() {}

    /** The body as an object. */
    static ObjectNode body(Request request) {
        return Json.readObject(request.body()).orElseThrow(() -> invalid("", "the body must be a JSON object"));
    }

    static RefusedRequest unauthorized() {
        return refusal(401, "Unauthorized", "invalid credentials");
    }

    static RefusedRequest forbidden(String what) {
        return refusal(403, "Forbidden", "this key has no access to " + what);
    }

    static RefusedRequest notFound(String what) {
        return refusal(404, "Not found", what + " was not found");
    }

    static RefusedRequest invalid(String field, String message) {
        return invalid(Map.of(field, message));
    }

    static RefusedRequest invalid(Map<String, String> messages) {
        ObjectNode problem = problem(422, "about:blank", "Validation failed", "Invalid data was sent");
        ArrayNode fields = problem.putArray("invalidFields");
        messages.forEach(
                (field, message) -> fields.addObject().put("field", field).put("message", message));
        return new RefusedRequest(Response.json(422, problem));
    }

    static RefusedRequest tooManyRecords(long matched, long limit) {
        ObjectNode problem = problem(422, "data-export-limit-exceeded", "Too many records", "Narrow the export")
                .put("matchedRecords", matched)
                .put("maxRecords", limit);
        return new RefusedRequest(Response.json(422, problem));
    }

    static Response tooManyRequests() {
        return Response.json(429, problem(429, "about:blank", "Too many requests", "The rate limit is used up"));
    }

    private static RefusedRequest refusal(int status, String title, String detail) {
        return new RefusedRequest(Response.json(status, problem(status, "about:blank", title, detail)));
    }

    private static ObjectNode problem(int status, String type, String title, String detail) {
        return Json.object()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }
}
