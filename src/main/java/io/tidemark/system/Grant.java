package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source comes by tokens that its vendor grants for a while. Like {@link Source}, it builds a request and reads an
 * answer, and does no I/O.
 */
public interface Grant {

    /** Where tokens are granted; this address gets the request for a token and nothing else. */
    URI address();

    /**
     * The parameters of the request, sent as a form; secret.
     *
     * @param now the time that a signed assertion counts from
     */
    Map<String, String> form(Instant now);

    /** The token of an answer; throws an {@link ApiException} that says what to do next. */
    Token token(ApiAnswer answer);

    /** The headers of a call with a token; secret. */
    Map<String, String> headers(Token token);

    /** Whether an answer says that the token is not, or no longer, good: another is asked for, and the call made once more. */
    boolean refused(ApiAnswer answer);

    /**
     * A granted token.
     *
     * @param renewAt when another one is to be asked for, null where the vendor does not say how long it lasts
     */
    record Token(String value, @Nullable Instant renewAt) {
        public Token {
            requireNonNull(value, "value is null");
        }

        public boolean goodAt(Instant now) {
            return renewAt == null || now.isBefore(renewAt);
        }

        @Override
        public String toString() {
            return "Token[secret, renewAt=" + renewAt + "]";
        }
    }
}
