package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What proves to a vendor who is calling. The headers go to the source's own origin only, added where the call is made. */
public sealed interface Credentials {

    /** When they end by themselves, as far as that can be told; a person is warned in time. */
    default Optional<Instant> end() {
        return Optional.empty();
    }

    /** Credentials that are the same for every call. */
    sealed interface Lasting extends Credentials {
        /** Headers for a call; secret. */
        Map<String, String> headers();
    }

    /** HTTP Basic authentication. */
    record Basic(String user, String password) implements Lasting {
        public Basic {
            requireNonNull(user, "user is null");
            requireNonNull(password, "password is null");
        }

        @Override
        public Map<String, String> headers() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public String toString() {
            return "Basic[secret]";
        }
    }

    /** A secret in a header of its own. */
    record Key(String header, String secret) implements Lasting {
        public Key {
            requireNonNull(header, "header is null");
            requireNonNull(secret, "secret is null");
        }

        @Override
        public Map<String, String> headers() {
            return Map.of(header, secret);
        }

        @Override
        public String toString() {
            return "Key[" + header + ", secret]";
        }
    }

    /**
     * A token that a person put into the configuration.
     *
     * @param ends null where the token does not tell
     */
    record Bearer(String token, @Nullable Instant ends) implements Lasting {
        public Bearer {
            requireNonNull(token, "token is null");
        }

        @Override
        public Optional<Instant> end() {
            return Optional.ofNullable(ends);
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("Authorization", "Bearer " + token);
        }

        @Override
        public String toString() {
            return "Bearer[secret, ends=" + ends + "]";
        }
    }

    /** Tokens that the vendor grants for a while; one is held for each source, and renewed when it ends. */
    record Granted(Grant grant) implements Credentials {
        public Granted {
            requireNonNull(grant, "grant is null");
        }

        @Override
        public String toString() {
            return "Granted[" + grant.address().getHost() + "]";
        }
    }
}
