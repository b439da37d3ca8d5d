package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Handler;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The host that gives out access tokens, for client credentials, a refresh token or a signed assertion. */
final class Tokens implements Handler {
    static final String PATH = "/services/oauth2/token";

    private static final Set<String> LOGIN_HOSTS =
            Set.of("https://login.salesforce.com", "https://test.salesforce.com");

    private final InstantSource clock;
    private final Switches switches;
    private final List<ApiUser> users;
    private final SigningKey key;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    Tokens(InstantSource clock, Switches switches, List<ApiUser> users, SigningKey key) {
        this.clock = clock;
        this.switches = switches;
        this.users = users;
        this.key = key;
    }

    Optional<ApiUser> user(String authorization, Instant now) {
        return Optional.of(authorization)
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> issued.get(header.substring("Bearer ".length())))
                .filter(token -> now.isBefore(token.ends))
                .map(Issued::user);
    }

    ApiUser anybody() {
        return users.get(0);
    }

    /** Every token that was given out is good no more. */
    void revokeAll() {
        issued.clear();
    }

    @Override
    public Response answer(Request request) {
        if (!request.path().equals(PATH) || !request.method().equals("POST")) {
            return Response.text(404, "the sandbox gives out tokens at POST " + PATH + "\n");
        }
        if (!request.headers().first("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            return refused(400, "invalid_request", "the body must be a form");
        }
        Map<String, String> form = form(request.body());
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> known(form).map(this::issue).orElseGet(Tokens::badClient);
            case "refresh_token" -> refresh(form);
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" ->
                assertion(request, form.getOrDefault("assertion", ""));
            default -> refused(400, "unsupported_grant_type", "grant type not supported");
        };
    }

    private Response refresh(Map<String, String> form) {
        return find(user -> user.clientId().equals(form.get("client_id"))
                        && user.refreshToken().equals(form.get("refresh_token")))
                .map(this::issue)
                .orElseGet(() -> refused(400, "invalid_grant", "expired access/refresh token"));
    }

    private Response assertion(Request request, String jwt) {
        String own = "http://" + request.headers().first("Host").orElse("");
        return key.claims(jwt)
                .filter(claims -> LOGIN_HOSTS.contains(claims.path("aud").asText())
                        || claims.path("aud").asText().equals(own))
                .filter(claims -> fresh(claims.path("exp").asLong()))
                .flatMap(claims ->
                        find(user -> user.clientId().equals(claims.path("iss").asText())
                                && user.username().equals(claims.path("sub").asText())))
                .map(this::issue)
                .orElseGet(() -> refused(400, "invalid_grant", "invalid assertion"));
    }

    /** An assertion is good for some minutes at most. */
    private boolean fresh(long expires) {
        long now = clock.instant().getEpochSecond();
        return expires > now && expires <= now + 300;
    }

    private Optional<ApiUser> known(Map<String, String> form) {
        return find(user -> user.clientId().equals(form.get("client_id"))
                && user.clientSecret().equals(form.get("client_secret")));
    }

    private Optional<ApiUser> find(Predicate<ApiUser> wanted) {
        return users.stream().filter(wanted).findFirst();
    }

    private Response issue(ApiUser user) {
        Instant now = clock.instant();
        String token = "00D-sandbox!" + user.id() + "." + last.incrementAndGet();
        issued.put(token, new Issued(user, now.plus(switches.get(Doubts.TOKEN_LIFE))));
        ObjectNode json = Json.object()
                .put("access_token", token)
                .put("instance_url", "https://sandbox.example.org")
                .put("id", "https://sandbox.example.org/id/00D-sandbox/" + user.id())
                .put("token_type", "Bearer")
                .put("issued_at", Long.toString(now.toEpochMilli()))
                .put("signature", "c2FuZGJveA==");
        if (switches.get(Doubts.EXPIRES_IN)) {
            json.put("expires_in", switches.get(Doubts.TOKEN_LIFE).toSeconds());
        }
        return Response.json(200, json);
    }

    private static Response badClient() {
        return refused(400, "invalid_client", "invalid client credentials");
    }

    private static Response refused(int status, String error, String description) {
        return Response.json(status, Json.object().put("error", error).put("error_description", description));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private record Issued(ApiUser user, Instant ends) {}
}
