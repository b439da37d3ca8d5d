package io.tidemark.sandbox.rebilly;

import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out who asks, and that they ask for their own organisation. */
record Authentication(List<ApiUser> users, RateLimit limit) {
    static final String KEY_HEADER = "REB-APIKEY";

    /** A route's step that needs to know who asks. */
    @FunctionalInterface
    interface SignedStep {
        Response answer(ApiUser user, Request request, Map<String, String> parts);
    }

    Routes.Step signed(SignedStep step) {
        return (request, parts) -> {
            ApiUser user = user(users, request).orElseThrow(Problem::unauthorized);
            String organization = parts.getOrDefault("organization", user.organizationId());
            if (!organization.equals(user.organizationId())) {
                throw Problem.forbidden("this organization");
            }
            return limit.count(user, request).orElseGet(() -> step.answer(user, request, parts));
        };
    }

    static boolean tries(Request request) {
        return request.headers().has(KEY_HEADER) || request.headers().has("Authorization");
    }

    static Optional<ApiUser> user(List<ApiUser> users, Request request) {
        String key = request.headers().first(KEY_HEADER).orElse("");
        String token = request.headers().first("Authorization").orElse("");
        return users.stream()
                .filter(user -> user.key().equals(key) || token.equals("Bearer " + user.token()))
                .findFirst();
    }
}
