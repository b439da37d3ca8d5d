package io.tidemark.system.answer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Step;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a vendor's answers are read: JSON of a successful one, and of every other what is to be done about it. What is
 * thrown tells the call, the status and the vendor's own words, never a value that was sent.
 *
 * @param vendor the vendor's name, for messages
 * @param whatToCheck what a person can do where the credentials are denied, a sentence without its full stop
 * @param words reads what the vendor says is wrong
 */
public record Answers(String vendor, String whatToCheck, Complaints words) {

    private static final int MOST_COMPLAINTS = 3;

    /** How large an answer may be is settled where it is received. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(40)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(500)
                            .maxNumberLength(50)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public Answers {
        requireNonNull(vendor, "vendor is null");
        requireNonNull(whatToCheck, "whatToCheck is null");
        requireNonNull(words, "words is null");
    }

    /** What a vendor complains of in the body of an answer, one complaint each, in words of bounded length. */
    @FunctionalInterface
    public interface Complaints {

        /**
         * Reads the complaints.
         *
         * @param sent what the call carried and no complaint may repeat
         */
        List<String> in(Json body, Sent sent);
    }

    /** A call whose successful answer is JSON and is the result, read by the given function. */
    public <T> Step<T> call(ApiRequest request, Function<Json, T> reader) {
        return Step.call(request, answer -> reader.apply(read(request, answer, Sent.NOTHING)));
    }

    /** The JSON of a successful answer; every other answer throws what is to be done about it. */
    public Json read(ApiRequest request, ApiAnswer answer, Sent sent) {
        check(request, answer, sent);
        return json(origin(request), answer);
    }

    /** Passes a successful answer, whatever it holds; every other answer throws what is to be done about it. */
    public void check(ApiRequest request, ApiAnswer answer, Sent sent) {
        if (!answer.successful()) {
            throw failure(origin(request), answer, sent);
        }
    }

    /** The vendor's words where it answered that there is no such record. */
    public Optional<String> missing(ApiRequest request, ApiAnswer answer, Sent sent) {
        return Optional.of(answer)
                .filter(none -> none.status() == 404)
                .map(none -> vendor + " has no record for " + origin(request) + reason(none, sent));
    }

    /** The status, and what the vendor says of it. */
    public String reason(ApiAnswer answer, Sent sent) {
        String complaints = body(answer).map(body -> words.in(body, sent)).orElse(List.of()).stream()
                .filter(complaint -> !complaint.isEmpty())
                .limit(MOST_COMPLAINTS)
                .collect(Collectors.joining("; "));
        return " (" + answer.status() + (complaints.isEmpty() ? ")" : ": " + complaints + ")");
    }

    /** The JSON of an answer whatever its status, empty where it holds none. */
    public Optional<Json> body(ApiAnswer answer) {
        try {
            return Optional.of(new Json(vendor, JSON.readTree(answer.body())));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private ApiException failure(String origin, ApiAnswer answer, Sent sent) {
        int status = answer.status();
        String reason = reason(answer, sent);
        if (status == 401 || status == 403) {
            return new ApiException.Denied(vendor + " denied " + origin + reason + ". " + whatToCheck);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return later(vendor + " cannot answer " + origin + " now" + reason, answer);
        }
        if (status >= 300 && status < 400) {
            return redirected(origin, answer);
        }
        return new ApiException.Refused(vendor + " refused " + origin + reason);
    }

    private ApiException redirected(String origin, ApiAnswer answer) {
        return new ApiException.Refused(vendor + " answered " + origin + " with " + answer.status()
                + ", a redirect to "
                + answer.header("Location").flatMap(Answers::host).orElse("no other host")
                + ", which is not followed. Check base-url");
    }

    private static Optional<String> host(String address) {
        try {
            return Optional.ofNullable(new URI(address.trim()).getHost());
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private Json json(String origin, ApiAnswer answer) {
        String answered = vendor + " answered " + origin;
        try {
            JsonNode node = JSON.readTree(answer.body());
            if (!node.isMissingNode()) {
                return new Json(answered, node);
            }
        } catch (StreamConstraintsException tooMuch) {
            throw new ApiException.Refused(answered + " with JSON beyond the bridge's limits: "
                    + "40 levels, names of 500 characters, numbers of 50");
        } catch (JsonProcessingException notJson) {
            throw later(answered + " with " + instead(answer), answer);
        }
        throw later(answered + " with nothing instead of JSON", answer);
    }

    private static String instead(ApiAnswer answer) {
        String type = answer.header("Content-Type").orElse("").split(";", 2)[0];
        String shown = Words.bounded(type).toLowerCase(Locale.ROOT);
        if (shown.endsWith("json")) {
            return "broken JSON";
        }
        return (shown.isEmpty() ? "something" : shown) + " instead of JSON";
    }

    private static ApiException later(String message, ApiAnswer answer) {
        return new ApiException.RetryLater(message, ApiException.retryAfter(answer));
    }

    private static String origin(ApiRequest request) {
        return request.method() + " " + request.path();
    }
}
