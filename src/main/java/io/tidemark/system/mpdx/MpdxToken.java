package io.tidemark.system.mpdx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.system.Credentials.Bearer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Reads when a token ends. Nothing is verified: only MPDX can, and a token that ended is refused there. */
final class MpdxToken {

    private static final ObjectMapper JSON = new ObjectMapper();

    private MpdxToken() {}

    static Bearer bearer(String token) {
        return new Bearer(token, claims(token).flatMap(MpdxToken::end).orElse(null));
    }

    private static Optional<JsonNode> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return Optional.of(JSON.readTree(new String(claims, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | JsonProcessingException notClaims) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> end(JsonNode claims) {
        JsonNode seconds = claims.path("exp");
        try {
            return seconds.isNumber() ? Optional.of(Instant.ofEpochSecond(seconds.asLong())) : Optional.empty();
        } catch (DateTimeException outOfTime) {
            return Optional.empty();
        }
    }
}
