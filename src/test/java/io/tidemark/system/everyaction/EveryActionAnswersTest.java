package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.answer;
import static io.tidemark.system.everyaction.EveryActionConversation.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryActionAnswersTest {

    private static final String CALL = "GET /changedEntityExportJobs/resources";

    private static final String ERRORS = """
            {"errors":[{"code":"INVALID_PARAMETER","text":"the end comes first","properties":["a","b[1].c"],
            "referenceCode":"r-1","hint":"secret hint","resourceUrl":null}],"row":"Ada"}""";

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void deniedCredentialsSayWhatToCheck(int status) {
        assertThatThrownBy(() -> hold(answer(status, ERRORS, Map.of())))
                .isInstanceOf(Denied.class)
                .hasMessage("EveryAction denied " + CALL + " (" + status
                        + ": INVALID_PARAMETER, the end comes first, in a b[1].c, reference r-1). Check application-name"
                        + " and api-key; that database-mode is one the key may use (the bridge adds it to the key as |0 or"
                        + " |1, so api-key goes without); and that EveryAction granted the key this call");
    }

    @ParameterizedTest
    @CsvSource({"408,", "429, 7", "429,", "500,", "502,", "503, 120", "504,", "599,"})
    void aPassingTroubleIsTriedAgainAfterTheWaitTheVendorAsksFor(int status, @Nullable String wait) {
        Map<String, String> headers = wait == null ? Map.of() : Map.of("retry-after", wait);
        Optional<Duration> expected =
                Optional.ofNullable(wait).map(Long::valueOf).map(Duration::ofSeconds);
        assertThatThrownBy(() -> hold(answer(status, "<h1>busy</h1>", headers)))
                .hasMessage("EveryAction cannot answer " + CALL + " now (" + status + ")")
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.delay()).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void aRefusalRepeatsTheVendorsErrorsAndNothingElseOfTheBody(int status) {
        assertThatThrownBy(() -> hold(answer(status, ERRORS, Map.of())))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction refused " + CALL + " (" + status
                        + ": INVALID_PARAMETER, the end comes first, in a b[1].c, reference r-1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "oops",
                "[]",
                "7",
                "{}",
                "{\"errors\":null}",
                "{\"errors\":\"Ada\"}",
                "{\"errors\":[{}]}",
                "{\"errors\":[7]}",
                "{\"errors\":[",
                "{\"message\":\"Ada\"}"
            })
    void aRefusalWithoutDocumentedErrorsHasItsStatusOnly(String body) {
        assertThatThrownBy(() -> hold(answer(400, body, Map.of())))
                .hasMessage("EveryAction refused " + CALL + " (400)");
    }

    @Test
    void aRefusalShowsThreeErrorsOfBoundedLengthOnOneLine() {
        String error = "{\"code\":\"C\",\"text\":\"" + "x\\n".repeat(5000) + "\"}";
        assertThatThrownBy(() -> hold(answer(400, "{\"errors\":[" + (error + ",").repeat(9) + error + "]}", Map.of())))
                .message()
                .hasSize(("EveryAction refused " + CALL + " (400: )").length() + 3 * ("C, ".length() + 203) + 4)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "text/html; charset=utf-8, <html></html>, text/html instead of JSON",
                "TEXT/HTML, <html></html>, text/html instead of JSON",
                "-, oops, something instead of JSON",
                "application/json, '[\"Contacts\"', broken JSON",
                "application/json, '[] <html>', broken JSON",
                "application/json, '', nothing instead of JSON",
                "text/html, ' ', nothing instead of JSON"
            })
    void aSuccessThatIsNoJsonIsTriedAgain(@Nullable String type, String body, String shown) {
        Map<String, String> headers = type == null ? Map.of() : Map.of("Content-Type", type);
        assertThatThrownBy(() -> hold(answer(200, body, headers)))
                .isInstanceOf(RetryLater.class)
                .hasMessage("EveryAction answered " + CALL + " with " + shown);
    }

    @Test
    void jsonIsReadWhateverTheContentTypeSays() {
        assertThat(hold(answer(200, "[\"Contacts\"]", Map.of("Content-Type", "text/plain"))))
                .isEqualTo("[Contacts]");
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 5000})
    void jsonOfAbsurdDepthIsRefused(int depth) {
        assertThatThrownBy(() -> hold(answer(200, "[".repeat(depth) + "]".repeat(depth), Map.of())))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction answered " + CALL + " with JSON beyond the bridge's limits:"
                        + " 40 levels, names of 500 characters, numbers of 50");
    }

    @Test
    void aLongTextIsRead() {
        assertThat(hold(answer(200, "[\"" + "x".repeat(5_000_000) + "\"]", Map.of())))
                .startsWith("[xxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"Contacts\"", "true", "null"})
    void aListThatIsNoneIsRefused(String body) {
        assertThatThrownBy(() -> hold(answer(200, body, Map.of())))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction answered " + CALL + " with JSON that holds no list");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "301, https://user:pw@api.example.org:8443/v4?sig=abc, api.example.org",
                "302, /v4/elsewhere, no other host",
                "307, 'not an address', no other host",
                "304, -, no other host"
            })
    void aRedirectIsNotFollowedAndNamesTheHostOnly(int status, @Nullable String location, String host) {
        Map<String, String> headers = location == null ? Map.of() : Map.of("Location", location);
        assertThatThrownBy(() -> hold(answer(status, "", headers)))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction answered " + CALL + " with " + status + ", a redirect to " + host
                        + ", which is not followed. Check base-url");
    }

    private static String hold(ApiAnswer answer) {
        return new EveryActionConversation()
                .then(answer)
                .hold(source().resources())
                .toString();
    }
}
