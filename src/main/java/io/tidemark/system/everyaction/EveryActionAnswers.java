package io.tidemark.system.everyaction;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Step;
import io.tidemark.system.Written;
import io.tidemark.system.answer.Answers;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads EveryAction's answers; its errors are a list of objects with code, text and reference code. */
final class EveryActionAnswers {

    private static final Answers ANSWERS = new Answers(
            "EveryAction",
            "Check application-name and api-key; that database-mode is one the key may use (the bridge adds it to the"
                    + " key as |0 or |1, so api-key goes without); and that EveryAction granted the key this call",
            EveryActionAnswers::errors);

    private EveryActionAnswers() {}

    /** A call whose successful answer is JSON and is the result, read by the given function. */
    static <T> Step<T> call(ApiRequest request, Function<Json, T> reader) {
        return ANSWERS.call(request, reader);
    }

    /** The JSON of a successful answer; every other answer throws what is to be done about it. */
    static Json read(ApiRequest request, ApiAnswer answer) {
        return read(request, answer, Sent.NOTHING);
    }

    /** The same for a write, whose values are no part of what is thrown. */
    static Json read(ApiRequest request, ApiAnswer answer, Sent sent) {
        return ANSWERS.read(request, answer, sent);
    }

    /** Passes a successful answer, whatever it holds; every other answer throws what is to be done about it. */
    static void check(ApiRequest request, ApiAnswer answer, Sent sent) {
        ANSWERS.check(request, answer, sent);
    }

    /** The vendor's words where it answered that there is no such record. */
    static Optional<String> missing(ApiRequest request, ApiAnswer answer, Sent sent) {
        return ANSWERS.missing(request, answer, sent);
    }

    /** A write that was accepted whatever the answer holds, or whose record is not there. */
    static Written written(ApiRequest request, ApiAnswer answer, Sent sent) {
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
        Json json = read(request, answer);
        return Optional.of(json.text(idName).orElseThrow(() -> json.unexpected(idName)));
    }

    private static List<String> errors(Json body, Sent sent) {
        return body.get("errors")
                .filter(Json::isArray)
                .map(Json::elements)
                .map(errors -> errors.stream().map(error -> error(error, sent)).toList())
                .orElse(List.of());
    }

    private static String error(Json error, Sent sent) {
        var parts = new ArrayList<String>();
        said(error, "code").ifPresent(parts::add);
        error.text("text").map(sent::hiddenIn).map(Words::bounded).ifPresent(parts::add);
        properties(error).ifPresent(names -> parts.add("in " + names));
        said(error, "referenceCode").ifPresent(code -> parts.add("reference " + code));
        return String.join(", ", parts);
    }

    private static Optional<String> said(Json error, String name) {
        return error.text(name).map(Words::bounded);
    }

    private static Optional<String> properties(Json error) {
        return error.get("properties")
                .filter(Json::isArray)
                .map(names -> names.elements().stream()
                        .flatMap(name -> name.scalar().stream())
                        .collect(Collectors.joining(" ")))
                .filter(names -> !names.isEmpty())
                .map(Words::bounded);
    }
}
