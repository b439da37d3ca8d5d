package io.tidemark.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the step for a method and a path. A template's part in braces stands for one path part and is handed over by
 * its name. The first template that fits wins. Complete before the first request, read-only from then on.
 */
public final class Routes implements Handler {
    private final List<Route> routes = new ArrayList<>();

    /** What a route does with a request and the named parts of its path. */
    @FunctionalInterface
    public interface Step {
        Response answer(Request request, Map<String, String> parts);
    }

    public Routes on(String method, String template, Step step) {
        routes.add(new Route(method, parts(template), step));
        return this;
    }

    @Override
    public Response answer(Request request) {
        List<String> path = parts(request.path());
        boolean known = false;
        for (Route route : routes) {
            Optional<Map<String, String>> named = route.match(path);
            if (named.isPresent() && route.method.equals(request.method())) {
                return route.step.answer(request, named.get());
            }
            known |= named.isPresent();
        }
        return Response.text(known ? 405 : 404, "the sandbox has no " + request.method() + " " + request.path() + "\n");
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1));
    }

    private record Route(String method, List<String> template, Step step) {
        Optional<Map<String, String>> match(List<String> path) {
            if (path.size() != template.size()) {
                return Optional.empty();
            }
            Map<String, String> named = new HashMap<>();
            for (int part = 0; part < path.size(); part++) {
                String wanted = template.get(part);
                if (wanted.startsWith("{")) {
                    named.put(wanted.substring(1, wanted.length() - 1), Request.decodedPart(path.get(part)));
                } else if (!wanted.equals(path.get(part))) {
                    return Optional.empty();
                }
            }
            return Optional.of(named);
        }
    }
}
