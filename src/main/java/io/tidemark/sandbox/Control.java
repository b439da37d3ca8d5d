package io.tidemark.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of a sandbox's remote control that is the same for every pretended system. */
public final class Control {
    private static final Set<String> SECRET = Set.of("authorization", "cookie", "reb-apikey");

    private final Switches switches;
    private final Faults faults;
    private final RequestLog log;

    public Control(Switches switches, Faults faults, RequestLog log) {
        this.switches = switches;
        this.faults = faults;
        this.log = log;
    }

    public Routes addTo(Routes routes) {
        return routes.on("GET", "/sandbox/switches", (request, parts) -> Response.json(200, positions()))
                .on("PUT", "/sandbox/switches", (request, parts) -> set(request))
                .on("POST", "/sandbox/faults", (request, parts) -> add(request))
                .on("DELETE", "/sandbox/faults", (request, parts) -> clear())
                .on("GET", "/sandbox/requests", (request, parts) -> Response.json(200, requests()));
    }

    /** The body as an object. */
    public static ObjectNode body(Request request) {
        return Json.readObject(request.body())
                .orElseThrow(() -> new RefusedRequest(400, "the body must be a JSON object\n"));
    }

    private ArrayNode positions() {
        ArrayNode all = Json.array();
        for (Switch<?> each : switches.all()) {
            all.addObject()
                    .put("name", each.name())
                    .put("value", switches.text(each))
                    .put("valid", each.valid())
                    .put("about", each.about());
        }
        return all;
    }

    private Response set(Request request) {
        Map<String, String> texts = new LinkedHashMap<>();
        body(request)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        try {
            switches.set(texts);
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, e.getMessage() + "\n");
        }
        return Response.json(200, positions());
    }

    private Response clear() {
        faults.clear();
        return Response.empty(204);
    }

    private Response add(Request request) {
        ObjectNode body = body(request);
        try {
            faults.next(body.path("requests").asText(), fault(body));
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, e.getMessage() + "\n");
        }
        return Response.json(201, Json.object().put("left", faults.left()));
    }

    private static Fault fault(ObjectNode body) {
        JsonNode retryAfterDate = body.path("retryAfterDate");
        Fault fault = Fault.of(kind(body.path("kind").asText("status")))
                .bytes(body.path("bytes").asLong())
                .pause(Duration.ofMillis(body.path("pauseMillis").asLong()))
                .times(body.path("times").asInt(1));
        if (fault.kind() != Fault.Kind.STATUS) {
            return fault;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        body.path("headers")
                .properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asText()));
        return new Fault(
                Fault.Kind.STATUS,
                body.path("status").asInt(500),
                headers,
                body.path("body").asText(""),
                0,
                fault.pause(),
                retryAfterDate.isNumber() ? Duration.ofSeconds(retryAfterDate.asLong()) : null,
                fault.times());
    }

    private static Fault.Kind kind(String word) {
        return Arrays.stream(Fault.Kind.values())
                .filter(kind -> word(kind).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kind of fault named " + word
                        + "; there are: "
                        + Arrays.stream(Fault.Kind.values()).map(Control::word).collect(Collectors.joining(", "))));
    }

    private static String word(Fault.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ArrayNode requests() {
        ArrayNode all = Json.array();
        for (RecordedRequest request : log.requests()) {
            ObjectNode one = all.addObject()
                    .put("server", request.server())
                    .put("method", request.method())
                    .put("path", request.path())
                    .put("hasQuery", request.hasQuery())
                    .put("body", request.body())
                    .put("at", request.at().toString())
                    .put("status", request.status());
            ObjectNode headers = one.putObject("headers");
            request.headers().values().forEach((name, values) -> headers.put(name, shown(name, values.get(0))));
        }
        return all;
    }

    // somebody may have put a real key in by mistake
    private static String shown(String name, String value) {
        return SECRET.contains(name.toLowerCase(Locale.ROOT)) ? "***" : value;
    }
}
