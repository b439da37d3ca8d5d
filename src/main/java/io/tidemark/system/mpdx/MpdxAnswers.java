package io.tidemark.system.mpdx;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Outcome;
import io.tidemark.system.Step;
import io.tidemark.system.Written;
import io.tidemark.system.answer.Answers;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads MPDX's answers; its errors are those of the JSON:API. */
final class MpdxAnswers {

    private static final String LOCK = "updated_in_db_at";
    private static final Answers ANSWERS = new Answers(
            "MPDX",
            "Check token, which ends after 30 days, and that its user may see the account list of account-list-id",
            MpdxAnswers::errors);

    private MpdxAnswers() {}

    /** A call whose successful answer is JSON and is the result, read by the given function. */
    static <T> Step<T> call(ApiRequest request, Function<Json, T> reader) {
        return Step.call(request, answer -> reader.apply(read(request, answer, Sent.NOTHING)));
    }

    static Json read(ApiRequest request, ApiAnswer answer, Sent sent) {
        return ANSWERS.read(shown(request), answer, sent);
    }

    static void check(ApiRequest request, ApiAnswer answer, Sent sent) {
        ANSWERS.check(shown(request), answer, sent);
    }

    /** The vendor's words where it answered that there is no such record. */
    static Optional<String> missing(ApiRequest request, ApiAnswer answer) {
        return ANSWERS.missing(shown(request), answer, Sent.NOTHING);
    }

    /** What MPDX says of an answer, in parentheses. */
    static String reason(ApiAnswer answer, Sent sent) {
        return ANSWERS.reason(answer, sent);
    }

    /** Whether a write was made from a version that is no longer the present one. */
    static boolean isStale(ApiAnswer answer) {
        return answer.status() == 409
                && ANSWERS.body(answer).filter(MpdxAnswers::isStale).isPresent();
    }

    private static boolean isStale(Json body) {
        return errors(body).stream()
                .anyMatch(error -> pointer(error).filter(LOCK::equals).isPresent()
                        || error.get("meta").filter(meta -> meta.holds(LOCK)).isPresent());
    }

    static ApiException stale(String what) {
        return new ApiException.RetryLater(staleWords(what), Optional.empty());
    }

    private static String staleWords(String what) {
        return what + " was changed at MPDX between the look and the write; it is looked at again and merged by the"
                + " stream's rule";
    }

    /** What MPDX says of one of several records: the record, or what is wrong with its change. */
    static Outcome outcome(ApiRequest request, Json item, Sent sent) {
        if (errors(item).isEmpty()) {
            return item.holds("data") ? new Written.Accepted() : new Outcome.Later("MPDX says neither yes nor no");
        }
        String status = errors(item).stream()
                .flatMap(error -> error.text("status").stream())
                .findFirst()
                .orElse("");
        String words = "MPDX refused " + request.method() + " " + request.path() + " (" + Words.bounded(status) + ": "
                + String.join("; ", errors(item, sent)) + ")";
        if (status.equals("409") && isStale(item)) {
            return new Outcome.Later(staleWords("the record"));
        }
        if (status.equals("429") || status.startsWith("5")) {
            return new Outcome.Later(words);
        }
        return status.equals("404") ? new Written.Gone(words) : new Outcome.Refused(words);
    }

    /** The call as a message shows it, without what it asks for. */
    private static ApiRequest shown(ApiRequest request) {
        return new ApiRequest(
                request.method(), request.path().split("\\?", 2)[0], Map.of(), null, request.repeatable());
    }

    private static List<String> errors(Json body, Sent sent) {
        return errors(body).stream().map(error -> error(error, sent)).toList();
    }

    private static List<Json> errors(Json body) {
        return body.get("errors").filter(Json::isArray).map(Json::elements).orElse(List.of());
    }

    private static String error(Json error, Sent sent) {
        var parts = new ArrayList<String>();
        for (String words : error.texts("title", "detail")) {
            parts.add(Words.bounded(sent.hiddenIn(words)));
        }
        pointer(error).map(Words::bounded).ifPresent(attribute -> parts.add("in " + attribute));
        return String.join(", ", parts);
    }

    /** The last name of the pointer into what was sent. */
    private static Optional<String> pointer(Json error) {
        return error.get("source")
                .flatMap(source -> source.text("pointer"))
                .map(pointer -> pointer.substring(pointer.lastIndexOf('/') + 1))
                .filter(name -> !name.isEmpty());
    }
}
