package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.RefusedRequest;

/** Refusals in the form of the JSON:API. */
final class ApiError {
    private ApiError() {}

    static RefusedRequest unauthorized() {
        return refusal(error(401, "Unauthorized", ""));
    }

    static RefusedRequest forbidden(String title) {
        return refusal(error(403, title, ""));
    }

    static RefusedRequest notFound() {
        return refusal(error(404, "Not Found", ""));
    }

    static RefusedRequest invalid(String title, String pointer) {
        return refusal(error(400, title, pointer));
    }

    static RefusedRequest misplaced(String title, String pointer) {
        return refusal(error(409, title, pointer));
    }

    static RefusedRequest media(int status, String title) {
        return refusal(error(status, title, ""));
    }

    static RefusedRequest stale(String stored) {
        ObjectNode error = error(
                409, "differs from the value that is stored (" + stored + ")", "/data/attributes/updated_in_db_at");
        error.putObject("meta").put("updated_in_db_at", stored);
        return refusal(error);
    }

    static RefusedRequest busy(long seconds) {
        return new RefusedRequest(Documents.response(429, body(error(429, "too many requests", "")))
                .with("Retry-After", Long.toString(seconds)));
    }

    static RefusedRequest tooMany(String title) {
        return refusal(error(429, title, ""));
    }

    static RefusedRequest broken() {
        return refusal(error(500, "Internal Server Error", ""));
    }

    private static ObjectNode error(int status, String title, String pointer) {
        ObjectNode error = Json.object().put("status", Integer.toString(status)).put("title", title);
        if (!pointer.isEmpty()) {
            error.putObject("source").put("pointer", pointer);
        }
        return error;
    }

    private static RefusedRequest refusal(JsonNode error) {
        return new RefusedRequest(Documents.response(error.path("status").asInt(), body(error)));
    }

    private static ObjectNode body(JsonNode error) {
        ObjectNode body = Json.object();
        body.putArray("errors").add(error);
        return body;
    }
}
