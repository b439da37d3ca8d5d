package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What proves to a vendor who is calling. The headers go to the source's own origin only, added where the call is made. */
public sealed interface Credentials {

    /** Headers for a call; secret. */
    Map<String, String> headers();

    /** HTTP Basic authentication. */
    record Basic(String user, String password) implements Credentials {
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
}
