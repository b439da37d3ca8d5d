package io.tidemark.system.rebilly;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.RetryAfter;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Answers;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads Rebilly's answers; a refusal is a problem document whose invalid fields are named, and whose values are not
 * repeated.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class RebillyAnswers {

    static final String TOO_MANY_RECORDS = "data-export-limit-exceeded";

    /** No count of seconds is as large, and no time since is as small. */
    private static final long LEAST_EPOCH = 1_000_000_000L;

    private static final long LEAST_EPOCH_MILLIS = 1_000_000_000_000L;

    private static final Answers ANSWERS = new Answers(
            "Rebilly",
            "Check that api-key is a secret key, that it belongs to organization-id, and that its permissions include the"
                    + " call",
            RebillyAnswers::complaints);

    private RebillyAnswers() {}

    /** A call whose successful answer is JSON and is the result, read by the given function. */
    static <T> Step<T> call(ApiRequest request, Function<Json, T> reader) {
        return Step.call(request, answer -> reader.apply(read(request, answer, Sent.NOTHING)));
    }

    static Json read(ApiRequest request, ApiAnswer answer, Sent sent) {
        return timed(answer, () -> ANSWERS.read(request, answer, sent));
    }

    static void check(ApiRequest request, ApiAnswer answer, Sent sent) {
        timed(answer, () -> {
            ANSWERS.check(request, answer, sent);
            return sent;
        });
    }

    /** The vendor's words where it answered that there is no such record. */
    static Optional<String> missing(ApiRequest request, ApiAnswer answer, Sent sent) {
        return ANSWERS.missing(request, answer, sent);
    }

    /** What the vendor complains of, as part of a sentence. */
    static String reason(ApiAnswer answer, Sent sent) {
        return ANSWERS.reason(answer, sent);
    }

    /** The names of the fields that a refusal finds fault with. */
    static List<String> invalidFields(ApiAnswer answer) {
        return ANSWERS.body(answer).stream()
                .flatMap(RebillyAnswers::invalid)
                .flatMap(field -> field.text("field").stream())
                .toList();
    }

    /** A whole number of the answer's body, empty where it shows none. */
    static OptionalLong whole(ApiAnswer answer, String name) {
        return ANSWERS.body(answer).map(body -> body.whole(name)).orElse(OptionalLong.empty());
    }

    /** How many a list has in all, empty where it does not say. */
    static OptionalLong total(ApiAnswer answer) {
        return answer.header("Pagination-Total")
                .map(String::trim)
                .filter(total -> total.matches("[0-9]{1,18}"))
                .map(total -> OptionalLong.of(Long.parseLong(total)))
                .orElse(OptionalLong.empty());
    }

    /** What an answer lists, nothing where it is no list, whatever else it is. */
    static List<Json> listed(ApiAnswer answer) {
        return ANSWERS.body(answer)
                .filter(body -> answer.successful() && body.node().isContainerNode())
                .map(Json::elements)
                .orElse(List.of());
    }

    static Optional<Json> problem(ApiAnswer answer, String type) {
        return ANSWERS.body(answer)
                .filter(body -> body.text("type").filter(type::equals).isPresent());
    }

    private static <T> T timed(ApiAnswer answer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ApiException.RetryLater later) {
            throw new ApiException.RetryLater(
                    String.valueOf(later.getMessage()), wait(answer).or(later::delay));
        }
    }

    /** A large number is a moment, a small one a length; the vendor means a moment and its own clients a length. */
    private static Optional<Duration> wait(ApiAnswer answer) {
        return Stream.of("X-RateLimit-Retry-After", "Retry-After")
                .flatMap(name -> answer.header(name).stream())
                .map(String::trim)
                .filter(value -> value.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .map(number -> wait(number, serverTime(answer)))
                .findFirst();
    }

    private static Duration wait(long number, Instant now) {
        if (number < LEAST_EPOCH) {
            return Duration.ofSeconds(number);
        }
        Instant until = number < LEAST_EPOCH_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    /** The vendor's clock at the time of an answer. */
    static Instant serverTime(ApiAnswer answer) {
        return answer.header("Date").flatMap(RetryAfter::httpDate).orElse(answer.receivedAt());
    }

    private static List<String> complaints(Json body, Sent sent) {
        var complaints = new ArrayList<String>();
        invalid(body).map(field -> complaint(field, sent)).forEach(complaints::add);
        if (complaints.isEmpty()) {
            body.texts("title", "detail").stream()
                    .map(sent::hiddenIn)
                    .map(Words::bounded)
                    .forEach(complaints::add);
        }
        return complaints;
    }

    private static String complaint(Json field, Sent sent) {
        return String.join(
                " ",
                field.texts("field", "message").stream()
                        .map(sent::hiddenIn)
                        .map(Words::bounded)
                        .toList());
    }

    private static Stream<Json> invalid(Json body) {
        return body.get("invalidFields").filter(Json::isArray).stream().flatMap(list -> list.elements().stream());
    }
}
