package io.tidemark.route;

import io.tidemark.settings.Settings;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Turns an adapter's next call into an HTTP message, and what came back into the conversation's next step. */
public final class Calls {
    /** An answer of an API is read whole; a longer one is refused. */
    static final int BODY_LIMIT = 16 * 1024 * 1024;

    private static final String RENEWED = "renewed";

    /** The exchange's property that is set once a call of several may have changed something at the vendor. */
    static final String HALF_DONE = "halfDone";

    private final Settings settings;
    private final Streams streams;
    private final Tokens tokens;
    private final InstantSource clock;

    Calls(Settings settings, Streams streams, Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.settings = settings;
        this.streams = streams;
        this.clock = clock;
    }

    /** Whether the conversation needs another call; one that failed does not. */
    public boolean pending(Exchange exchange) {
        return exchange.getException() == null && exchange.getMessage().getBody() instanceof Step.Call<?>;
    }

    /**
     * The conversation's result.
     *
     * @param conversation its end, or what a call failed with: a loop goes on after a failure, so it is carried as the body
     */
    public Object result(@Body Object conversation) throws Exception {
        if (conversation instanceof Exception failed) {
            throw failed;
        }
        return ((Step.Done<?>) conversation).result();
    }

    /** Writes the next call into the message, unless the source has made its calls of the day. */
    public void write(Step.Call<?> conversation, @ExchangeProperty("source") String source, Exchange exchange) {
        ApiRequest request = conversation.request();
        streams.budget(source).spend();
        exchange.setProperty("call", conversation);
        exchange.setProperty("token", tokens.number(source));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        request.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setHeader(Exchange.HTTP_URI, address(source, request.path()));
        message.setBody(request.body());
    }

    private String address(String source, String path) {
        return Optional.ofNullable(settings.sources().get(source))
                .orElseThrow(() -> new IllegalArgumentException("no source " + source))
                .at(path)
                .toString();
    }

    /** Reads what came back and goes on with the conversation; a call whose token was refused is made once more with another. */
    public Step<?> read(
            @ExchangeProperty("call") Step.Call<?> call,
            @ExchangeProperty("source") String source,
            @ExchangeProperty("token") int token,
            Exchange exchange)
            throws IOException {
        ApiAnswer answer = discreet(answer(exchange.getMessage(), source, clock), source);
        streams.clock(source).hear(answer);
        streams.budget(source).hear(answer);
        boolean again = exchange.removeProperty(RENEWED) == null && tokens.refused(source, token, answer);
        if (again) {
            exchange.setProperty(RENEWED, true);
            return call;
        }
        Step<?> next = call.answer(answer);
        if (next instanceof Step.Call<?> && !call.request().repeatable()) {
            exchange.setProperty(HALF_DONE, true);
        }
        return next;
    }

    /** A vendor may repeat the credentials in what it complains of; they reach neither a log nor the database. */
    private ApiAnswer discreet(ApiAnswer answer, String source) {
        return answer.successful() ? answer : answer.without(tokens.secrets(source));
    }

    /** What came back, its body bounded. */
    static ApiAnswer answer(Message message, String source, InstantSource clock) throws IOException {
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String body = body(message.getBody(InputStream.class), source);
        return new ApiAnswer(status, headers(message), body, clock.instant());
    }

    private static String body(@Nullable InputStream stream, String source) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            byte[] bytes = stream.readNBytes(BODY_LIMIT + 1);
            if (bytes.length > BODY_LIMIT) {
                throw new ApiException.RetryLater(
                        "source " + source + ": an answer is larger than " + BODY_LIMIT
                                + " bytes, the most that is read of one",
                        Optional.empty());
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static Map<String, String> headers(Message message) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        message.getHeaders().forEach((name, value) -> {
            if (value != null) {
                headers.put(name, value.toString());
            }
        });
        return headers;
    }
}
