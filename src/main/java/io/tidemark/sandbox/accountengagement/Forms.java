package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Content;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.util.Map;

/** The two forms of answers of versions 3 and 4. */
final class Forms {
    private Forms() {}

    static boolean wantsJson(Request request, Switches switches) {
        return request.parameter("format")
                .map(format -> format.equals("json"))
                .orElseGet(() -> switches.get(Doubts.MISSING_FORMAT) == Doubts.Form.JSON);
    }

    /** A good answer in the form that the version and the request want. */
    static Response good(Call call, Switches switches, int status, ObjectNode body) {
        if (call.version() == 5 || wantsJson(call.request(), switches)) {
            return Response.json(status, body);
        }
        StringBuilder xml = new StringBuilder("<rsp stat=\"ok\" version=\"1.0\">");
        write(xml, body);
        return xml(status, xml.append("</rsp>").toString());
    }

    static Response xml(int status, String text) {
        return new Response(
                status,
                Map.of("Content-Type", "application/xml; charset=utf-8"),
                Content.text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text + "\n"));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void write(StringBuilder xml, ObjectNode object) {
        object.properties().forEach(entry -> {
            if (entry.getValue().isArray()) {
                entry.getValue().forEach(one -> element(xml, entry.getKey(), one));
            } else {
                element(xml, entry.getKey(), entry.getValue());
            }
        });
    }

    private static void element(StringBuilder xml, String name, JsonNode value) {
        xml.append('<').append(name).append('>');
        if (value instanceof ObjectNode object) {
            write(xml, object);
        } else {
            xml.append(escaped(value.asText()));
        }
        xml.append("</").append(name).append('>');
    }
}
