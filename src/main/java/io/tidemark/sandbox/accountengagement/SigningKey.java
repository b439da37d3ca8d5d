package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/** The key with which assertions are signed, and the check of one. */
record SigningKey(KeyPair pair) {
    static SigningKey make() {
        return new SigningKey(Shared.PAIR);
    }

    /** The private half as PEM text. */
    String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** What a well signed assertion claims. */
    Optional<ObjectNode> claims(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(pair.getPublic());
            check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            boolean rs256 = decoded(parts[0])
                    .filter(head -> head.path("alg").asText().equals("RS256"))
                    .isPresent();
            return rs256 && check.verify(Base64.getUrlDecoder().decode(parts[2]))
                    ? decoded(parts[1])
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> decoded(String part) {
        return Json.readObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "SigningKey[secret]";
    }

    /** One for all sandboxes of a process: making one takes a while. */
    private static final class Shared {
        private static final KeyPair PAIR = pair();

        private static KeyPair pair() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has RSA", e);
            }
        }
    }
}
