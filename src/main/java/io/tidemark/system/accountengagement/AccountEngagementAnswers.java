package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

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
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Account Engagement's answers. The code in the body counts before the status does.
 *
 * @param accountZone in which a day of calls ends
 * @param stream whose keys a person corrects
 */
record AccountEngagementAnswers(ZoneId accountZone, String stream) {

    private static final String VENDOR = "Account Engagement";
    private static final Pattern USED = Pattern.compile("^\\D*(\\d{1,9})");
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static final String TOKEN =
            "Check the connected app and its scope pardot_api, that the API user signs in with"
                    + " Salesforce, and business-unit-id";
    private static final String UNIT =
            "Check that business-unit-id is the unit's id of 18 characters, that the API user is"
                    + " a user of this unit, and that base-url is pi.pardot.com for production and pi.demo.pardot.com for a"
                    + " sandbox or developer organisation";
    private static final String VERSION = "Set api-version=5, which every unit has; or 4 where prospects may share an"
            + " address, and 3 where they may not";
    private static final String ABILITY = "Give the API user's role the ability to view what the stream exports, and to"
            + " create, change and delete prospects where the stream writes them";

    private static final Answers ANSWERS = new Answers(VENDOR, TOKEN, AccountEngagementAnswers::complaints);

    AccountEngagementAnswers {
        requireNonNull(accountZone, "accountZone is null");
        requireNonNull(stream, "stream is null");
    }

    private static List<String> complaints(Json body, Sent sent) {
        return List.of();
    }

    /** A call whose good answer is JSON and is the result, read by the given function. */
    <T> Step<T> call(ApiRequest request, Function<Json, T> reader) {
        return Step.call(request, answer -> reader.apply(read(request, answer, Sent.NOTHING)));
    }

    /** The JSON of a good answer; every other answer throws what is to be done about it. */
    Json read(ApiRequest request, ApiAnswer answer, Sent sent) {
        check(request, answer, sent);
        return ANSWERS.read(request, answer, sent);
    }

    /** Passes a good answer, whatever it holds; every other answer throws what is to be done about it. */
    void check(ApiRequest request, ApiAnswer answer, Sent sent) {
        AccountEngagementError.in(answer).ifPresent(error -> {
            throw failure(line(request) + said(error, sent), answer, error.code());
        });
        ANSWERS.check(request, answer, sent);
    }

    /** The vendor's words where it answered that there is no such record, or that it lies in the recycle bin. */
    static Optional<String> gone(ApiRequest request, ApiAnswer answer) {
        Optional<AccountEngagementError> error = AccountEngagementError.in(answer);
        boolean gone = error.map(AccountEngagementError::saysGone).orElse(answer.status() == 404);
        return gone
                ? Optional.of(VENDOR + " has no live record for " + line(request)
                        + error.map(known -> " (code " + known.code() + ")").orElse(""))
                : Optional.empty();
    }

    /** How many calls of the day the vendor has counted, where it was asked and tells: {@code 12} or {@code 12/25000}. */
    static OptionalLong callsToday(ApiAnswer answer) {
        return answer.header("x-api-usage")
                .map(USED::matcher)
                .filter(Matcher::find)
                .map(used -> OptionalLong.of(Long.parseLong(used.group(1))))
                .orElse(OptionalLong.empty());
    }

    /** The id that an answer shows, empty where it shows none. */
    static Optional<String> id(ApiAnswer answer) {
        return ANSWERS.body(answer).flatMap(json -> json.text(AccountEngagementObject.KEY));
    }

    /** What is to be done about an error that came for something else than a call. */
    ApiException failure(String what, ApiAnswer answer, AccountEngagementError error) {
        return failure(what + said(error, Sent.NOTHING), answer, error.code());
    }

    private ApiException failure(String what, ApiAnswer answer, int code) {
        return switch (code) {
            case 184, 199 -> denied(what, TOKEN);
            case 181, 201 -> denied(what, UNIT);
            case 88, 89 -> denied(what, VERSION);
            case 49 -> denied(what, ABILITY);
            case 66 -> later(what, Optional.of(SOON));
            case 202 -> later(what, Optional.of(A_MINUTE));
            case 122 -> ApiException.RetryLater.notBefore(cannotNow(what), untilTomorrow(answer));
            case 183, 214 -> later(what, ApiException.retryAfter(answer));
            case 174 ->
                refused(
                        what,
                        "Set " + key(AccountEngagementOptions.PROCEDURE) + " to another, or "
                                + key(AccountEngagementOptions.PROCEDURE_NAME) + " to the vendor's name of it");
            case 175 ->
                refused(
                        what,
                        "Check " + AccountEngagementOptions.ARGUMENT_SPELLING + " and "
                                + AccountEngagementOptions.PROSPECT_ONLY_SPELLING
                                + " of the source, and the keys below "
                                + key(""));
            case 176, 177 ->
                refused(
                        what,
                        "Check the bounds and filters below " + key("") + ", and "
                                + AccountEngagementOptions.WINDOW_TIMES + " of the source");
            case 180 ->
                refused(
                        what,
                        "Set " + key(AccountEngagementOptions.FIELDS) + " without it (and "
                                + key(AccountEngagementOptions.CUSTOM_FIELDS) + ")"
                                + "; if it is the flag of deleted records, set tidemark.streams." + stream
                                + ".deletes=ignore");
            case 192 -> refused(what, "Set tidemark.streams." + stream + ".resource to another");
            default -> byStatus(what, answer);
        };
    }

    private static ApiException byStatus(String what, ApiAnswer answer) {
        return answer.status() == 429 || answer.status() >= 500
                ? later(what, ApiException.retryAfter(answer))
                : new ApiException.Refused(VENDOR + " refused " + what);
    }

    private static String line(ApiRequest request) {
        return request.method() + " " + request.path().split("\\?", 2)[0];
    }

    private static String said(AccountEngagementError error, Sent sent) {
        String words = Words.bounded(sent.hiddenIn(error.words()));
        return " (code " + error.code() + (words.isEmpty() ? ")" : ": " + words + ")");
    }

    private String key(String option) {
        return "tidemark.streams." + stream + ".export." + option;
    }

    private static ApiException denied(String what, String check) {
        return new ApiException.Denied(VENDOR + " denied " + what + ". " + check);
    }

    private static ApiException refused(String what, String check) {
        return new ApiException.Refused(VENDOR + " refused " + what + ". " + check);
    }

    private static ApiException later(String what, Optional<Duration> delay) {
        return new ApiException.RetryLater(cannotNow(what), delay);
    }

    private static String cannotNow(String what) {
        return VENDOR + " cannot answer " + what + " now";
    }

    /** A day of calls ends at the account's midnight; a minute later it is surely over. */
    private Duration untilTomorrow(ApiAnswer answer) {
        Instant now = answer.header("Date").flatMap(RetryAfter::httpDate).orElse(answer.receivedAt());
        Instant midnight = now.atZone(accountZone)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(accountZone)
                .toInstant();
        return Duration.between(now, midnight).plus(A_MINUTE);
    }
}
