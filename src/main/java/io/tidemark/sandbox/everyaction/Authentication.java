package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Routes;
import java.util.List;
import java.util.Map;

/** Finds out who asks. */
record Authentication(List<ApiUser> users) {
    /** A route's step that needs to know who asks. */
    @FunctionalInterface
    interface SignedStep {
        Response answer(ApiUser user, Request request, Map<String, String> parts);
    }

    Routes.Step signed(SignedStep step) {
        return (request, parts) -> step.answer(user(request), request, parts);
    }

    private ApiUser user(Request request) {
        String given = request.headers().first("Authorization").orElse("");
        return users.stream()
                .filter(user -> user.authorization().equals(given))
                .findFirst()
                .orElseThrow(() -> ApiError.unauthorized("the application name, the key or its mode is wrong"));
    }
}
