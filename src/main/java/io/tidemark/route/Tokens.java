package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.Credentials;
import io.tidemark.system.Grant;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The headers that prove who calls, source by source. Where the vendor grants tokens, one is held for each source, in
 * memory only, asked for when none is good, and dropped when an answer says that it is not good any more.
 */
public final class Tokens {
    private static final int SHORTEST_SECRET = 8;

    private final Map<String, Credentials> credentials = new LinkedHashMap<>();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Map<String, List<String>> configured = new LinkedHashMap<>();
    private final InstantSource clock;

    Tokens(Streams streams, InstantSource clock) {
        this.clock = clock;
        streams.settings().sources().forEach((source, settings) -> {
            configured.put(source, settings.secrets());
            Credentials own = streams.source(source).credentials();
            credentials.put(source, own);
            if (own instanceof Credentials.Granted granted) {
                held.put(source, new Held(granted.grant()));
            }
        });
    }

    /** Where tokens are granted, by the names of the sources that need them. */
    Map<String, URI> grants() {
        var addresses = new LinkedHashMap<String, URI>();
        held.forEach((source, token) -> addresses.put(source, token.grant.address()));
        return addresses;
    }

    /** The headers that a source's calls have just now. */
    Supplier<Map<String, String>> headers(String source) {
        return requireNonNull(credentials.get(source), source) instanceof Credentials.Lasting lasting
                ? lasting::headers
                : held(source)::headers;
    }

    /**
     * What no message may show: the configured secrets, and how the calls carry them just now. One of a few characters
     * would be found in any text, and is none.
     */
    List<String> secrets(String source) {
        var secrets = new ArrayList<>(requireNonNull(configured.get(source), source));
        Optional.ofNullable(headers(source).get().get("Authorization"))
                .map(header -> header.substring(header.indexOf(' ') + 1))
                .ifPresent(secrets::add);
        secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
        return secrets;
    }

    /** Whether a source needs a token before its next call. */
    public boolean wanted(@ExchangeProperty("source") String source) {
        Held token = held.get(source);
        return token != null && !token.goodAt(clock);
    }

    /** Writes the request for a token into the message. */
    public void write(@ExchangeProperty("source") String source, Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader("Accept", "application/json");
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        message.setBody(form(held(source).grant.form(clock.instant())));
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Keeps the token that was granted. */
    public void read(@ExchangeProperty("source") String source, Exchange exchange) throws IOException {
        ApiAnswer answer = Calls.answer(exchange.getMessage(), source, clock);
        exchange.getMessage().setBody(null);
        Held token = held(source);
        token.keep(token.grant.token(answer.successful() ? answer : answer.without(secrets(source))));
    }

    /** Which token a call goes with; another number says that it was renewed since. */
    int number(String source) {
        Held token = held.get(source);
        return token == null ? 0 : token.number();
    }

    /**
     * Whether an answer refuses the token that the call went with, which is dropped then.
     *
     * @param number what {@link #number} was when the call was made
     */
    boolean refused(String source, int number, ApiAnswer answer) {
        Held token = held.get(source);
        if (token == null || !token.grant.refused(answer)) {
            return false;
        }
        token.drop(number);
        return true;
    }

    private Held held(String source) {
        return requireNonNull(held.get(source), () -> source + " is not granted tokens");
    }

    private static final class Held {
        private final Grant grant;
        private Grant.@Nullable Token token;
        private int number;

        Held(Grant grant) {
            this.grant = grant;
        }

        synchronized boolean goodAt(InstantSource clock) {
            return token != null && token.goodAt(clock.instant());
        }

        synchronized Map<String, String> headers() {
            return token == null ? Map.of() : grant.headers(token);
        }

        synchronized int number() {
            return number;
        }

        synchronized void keep(Grant.Token granted) {
            token = granted;
            number++;
        }

        synchronized void drop(int refused) {
            if (number == refused) {
                token = null;
            }
        }
    }
}
