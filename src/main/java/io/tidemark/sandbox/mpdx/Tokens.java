package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes signed tokens that end, and tells whose they are. */
final class Tokens {
    private static final byte[] SECRET = "only-a-sandbox".getBytes(StandardCharsets.UTF_8);

    private final List<ApiUser> users;
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();

    Tokens(List<ApiUser> users) {
        this.users = users;
    }

    String issue(ApiUser user, Instant ends) {
        String claims = part(Json.object().put("alg", "HS256").put("typ", "JWT")) + "."
                + part(Json.object().put("user_id", user.id()).put("exp", ends.getEpochSecond()));
        return claims + "." + signature(claims);
    }

    void withdraw(String token) {
        withdrawn.add(token);
    }

    /** Whose token it is, nobody where it is false, withdrawn or over. */
    Optional<ApiUser> user(String token, Instant now) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || withdrawn.contains(token) || !isSigned(token.substring(0, dot), token.substring(dot + 1))) {
            return Optional.empty();
        }
        ObjectNode claims = claims(token.substring(token.indexOf('.') + 1, dot));
        if (now.getEpochSecond() >= claims.path("exp").asLong()) {
            return Optional.empty();
        }
        return users.stream()
                .filter(user -> user.id().equals(claims.path("user_id").asText()))
                .findFirst();
    }

    private static boolean isSigned(String claims, String given) {
        return MessageDigest.isEqual(
                signature(claims).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode claims(String part) {
        return Json.readObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static String part(ObjectNode claims) {
        return encoded(claims.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String claims) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return encoded(mac.doFinal(claims.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
