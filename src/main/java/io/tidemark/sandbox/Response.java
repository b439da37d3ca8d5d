package io.tidemark.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer before it is put on the wire. Date and length are added by the server. */
public record Response(int status, Map<String, String> headers, Content content) {
    public Response {
        headers = Map.copyOf(headers);
    }

    public static Response json(int status, JsonNode body) {
        return new Response(status, Map.of("Content-Type", "application/json"), Content.text(body.toString()));
    }

    public static Response text(int status, String body) {
        return new Response(status, Map.of("Content-Type", "text/plain; charset=utf-8"), Content.text(body));
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), Content.NONE);
    }

    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, content);
    }

    Response with(Content other) {
        return new Response(status, headers, other);
    }
}
