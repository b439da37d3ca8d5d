package io.tidemark.system.everyaction;

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
import io.tidemark.system.Written;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an answer of EveryAction means before its content counts. Of a refusal only the documented properties of its
 * errors are repeated, bounded; never the body.
 *
 * @see <a href="https://docs.everyaction.com/reference/errors">Errors</a>
 */
final class EveryActionAnswers {

    private static final int MOST_ERRORS = 3;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(40)
                            .maxStringLength(100_000)
                            .maxNameLength(500)
                            .maxNumberLength(50)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String WHAT_TO_CHECK =
            ". Check application-name and api-key; that database-mode is one the key may use (the bridge adds it to the"
                    + " key as |0 or |1, so api-key goes without); and that EveryAction granted the key this call";

    private EveryActionAnswers() {}

    /** A call whose successful answer is JSON and is the result, read by the given function. */
    static <T> Step<T> call(ApiRequest request, Function<EveryActionJson, T> reader) {
        return Step.call(request, answer -> reader.apply(read(request, answer)));
    }

    /** The JSON of a successful answer; every other answer throws what is to be done about it. */
    static EveryActionJson read(ApiRequest request, ApiAnswer answer) {
        return read(request, answer, EveryActionSent.NOTHING);
    }

    /** The same for a write, whose values are no part of what is thrown. */
    static EveryActionJson read(ApiRequest request, ApiAnswer answer, EveryActionSent sent) {
        check(request, answer, sent);
        return json(origin(request), answer);
    }

    /** Passes a successful answer, whatever it holds; every other answer throws what is to be done about it. */
    static void check(ApiRequest request, ApiAnswer answer, EveryActionSent sent) {
        if (!answer.successful()) {
            throw failure(origin(request), answer, sent);
        }
    }

    /** The vendor's words where it answered that there is no such record. */
    static Optional<String> missing(ApiRequest request, ApiAnswer answer, EveryActionSent sent) {
        return Optional.of(answer)
                .filter(none -> none.status() == 404)
                .map(none -> "EveryAction has no record for " + origin(request) + reason(origin(request), none, sent));
    }

    /** A write that was accepted whatever the answer holds, or whose record is not there. */
    static Written written(ApiRequest request, ApiAnswer answer, EveryActionSent sent) {
        Optional<String> missing = missing(request, answer, sent);
        if (missing.isEmpty()) {
            check(request, answer, sent);
        }
        return missing.<Written>map(Written.Gone::new).orElseGet(Written.Accepted::new);
    }

    /** The id of the record that was looked for, empty where there is none. */
    static Optional<String> found(ApiRequest request, ApiAnswer answer, String idName) {
        if (answer.status() == 404) {
            return Optional.empty();
        }
        EveryActionJson json = read(request, answer);
        return Optional.of(json.text(idName).orElseThrow(() -> json.unexpected(idName)));
    }

    private static String origin(ApiRequest request) {
        return request.method() + " " + request.path();
    }

    private static ApiException failure(String origin, ApiAnswer answer, EveryActionSent sent) {
        int status = answer.status();
        String reason = reason(origin, answer, sent);
        if (status == 401 || status == 403) {
            return new ApiException.Denied("EveryAction denied " + origin + reason + WHAT_TO_CHECK);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return later("EveryAction cannot answer " + origin + " now" + reason, answer);
        }
        if (status >= 300 && status < 400) {
            return redirected(origin, answer);
        }
        return new ApiException.Refused("EveryAction refused " + origin + reason);
    }

    private static ApiException redirected(String origin, ApiAnswer answer) {
        return new ApiException.Refused("EveryAction answered " + origin + " with " + answer.status()
                + ", a redirect to "
                + answer.header("Location").flatMap(EveryActionAnswers::host).orElse("no other host")
                + ", which is not followed. Check base-url");
    }

    private static Optional<String> host(String address) {
        try {
            return Optional.ofNullable(new URI(address.trim()).getHost());
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static EveryActionJson json(String origin, ApiAnswer answer) {
        try {
            JsonNode node = JSON.readTree(answer.body());
            if (!node.isMissingNode()) {
                return new EveryActionJson(origin, node);
            }
        } catch (StreamConstraintsException tooMuch) {
            throw new ApiException.Refused("EveryAction answered " + origin + " with JSON beyond the bridge's limits");
        } catch (JsonProcessingException notJson) {
            throw later("EveryAction answered " + origin + " with " + instead(answer), answer);
        }
        throw later("EveryAction answered " + origin + " with nothing instead of JSON", answer);
    }

    private static String instead(ApiAnswer answer) {
        String type = answer.header("Content-Type").orElse("").split(";", 2)[0];
        String shown = EveryActionWords.bounded(type).toLowerCase(Locale.ROOT);
        if (shown.endsWith("json")) {
            return "broken JSON";
        }
        return (shown.isEmpty() ? "something" : shown) + " instead of JSON";
    }

    private static ApiException later(String message, ApiAnswer answer) {
        return new ApiException.RetryLater(message, ApiException.retryAfter(answer));
    }

    /** The status, and what the vendor says of it. */
    private static String reason(String origin, ApiAnswer answer, EveryActionSent sent) {
        String errors = errors(origin, answer.body()).stream()
                .limit(MOST_ERRORS)
                .map(error -> error(error, sent))
                .filter(error -> !error.isEmpty())
                .collect(Collectors.joining("; "));
        return " (" + answer.status() + (errors.isEmpty() ? ")" : ": " + errors + ")");
    }

    private static List<EveryActionJson> errors(String origin, String body) {
        try {
            return new EveryActionJson(origin, JSON.readTree(body))
                    .get("errors")
                    .filter(EveryActionJson::isArray)
                    .map(EveryActionJson::elements)
                    .orElse(List.of());
        } catch (JsonProcessingException notJson) {
            return List.of();
        }
    }

    private static String error(EveryActionJson error, EveryActionSent sent) {
        var parts = new ArrayList<String>();
        said(error, "code").ifPresent(parts::add);
        error.text("text").map(sent::hiddenIn).map(EveryActionWords::bounded).ifPresent(parts::add);
        properties(error).ifPresent(names -> parts.add("in " + names));
        said(error, "referenceCode").ifPresent(code -> parts.add("reference " + code));
        return String.join(", ", parts);
    }

    private static Optional<String> said(EveryActionJson error, String name) {
        return error.text(name).map(EveryActionWords::bounded);
    }

    private static Optional<String> properties(EveryActionJson error) {
        return error.get("properties")
                .filter(EveryActionJson::isArray)
                .map(names -> names.elements().stream()
                        .flatMap(name -> name.scalar().stream())
                        .collect(Collectors.joining(" ")))
                .filter(names -> !names.isEmpty())
                .map(EveryActionWords::bounded);
    }
}
