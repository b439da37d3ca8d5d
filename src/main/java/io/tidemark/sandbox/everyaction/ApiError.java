package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.RefusedRequest;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import java.util.List;

/** Refusals in the vendor's form. */
final class ApiError {
    private ApiError() {}

    /** The body as an object. */
    static ObjectNode body(Request request) {
        return Json.readObject(request.body()).orElseThrow(() -> invalid("the body must be a JSON object"));
    }

    static RefusedRequest invalid(String text, String... properties) {
        return refusal(400, "INVALID_PARAMETER", text, properties);
    }

    static RefusedRequest notFound(String text) {
        return refusal(404, "NOT_FOUND", text);
    }

    static RefusedRequest forbidden(String what) {
        return refusal(403, "FORBIDDEN", "this key has no right to " + what);
    }

    static RefusedRequest unauthorized(String text) {
        return refusal(401, "UNAUTHORIZED", text);
    }

    private static RefusedRequest refusal(int status, String code, String text, String... properties) {
        ObjectNode error = Json.object().put("code", code).put("text", text);
        ArrayNode names = error.putArray("properties");
        List.of(properties).forEach(names::add);
        error.put("referenceCode", "sandbox-" + status).putNull("hint").putNull("resourceUrl");
        ObjectNode body = Json.object();
        body.putArray("errors").add(error);
        return new RefusedRequest(Response.json(status, body));
    }
}
