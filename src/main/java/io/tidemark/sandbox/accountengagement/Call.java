package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A call of a user, let in.
 *
 * @param time the vendor's times in the user's present zone
 */
record Call(ApiUser user, int version, Request request, Map<String, String> parts, VendorTime time) {
    String part(String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    long id() {
        String id = part("id");
        if (!id.matches("\\d{1,18}")) {
            throw new ApiError(3, "an id is a whole number");
        }
        return Long.parseLong(id);
    }

    Instant now() {
        return time.now();
    }

    void needs(Ability ability) {
        if (!user.abilities().contains(ability)) {
            throw ApiError.noAbility(ability);
        }
    }

    /** The body as an object. */
    ObjectNode body() {
        if (request.body().isBlank()) {
            throw new ApiError(152, "the body is empty");
        }
        boolean typed = request.headers()
                .first("Content-Type")
                .filter(type -> type.split(";", 2)[0].strip().equalsIgnoreCase("application/json"))
                .isPresent();
        if (!typed) {
            throw new ApiError(151, "the content type must be application/json");
        }
        return Json.readObject(request.body()).orElseThrow(() -> new ApiError(150, "the body is not JSON"));
    }
}
