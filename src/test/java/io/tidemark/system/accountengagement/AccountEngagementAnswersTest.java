package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportFile;
import io.tidemark.system.JobStatus;
import io.tidemark.system.answer.Answers;
import io.tidemark.system.answer.Sent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountEngagementAnswersTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
    private static final ApiRequest CALL = ApiRequest.get("/api/v5/exports/501?fields=id");
    private static final AccountEngagementAnswers ANSWERS =
            new AccountEngagementAnswers(ZoneId.of("America/Los_Angeles"), "people");

    private static ApiAnswer answer(int status, String body) {
        return new ApiAnswer(status, Map.of("Date", "Mon, 02 Mar 2026 12:30:00 GMT"), body, NOW);
    }

    private static ApiException thrown(int status, String body) {
        try {
            ANSWERS.read(CALL, answer(status, body), Sent.of(List.of("nobody@example.org")));
        } catch (ApiException thrown) {
            return thrown;
        }
        throw new AssertionError("nothing was thrown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":180,\"message\":\"no field colour\"}",
                "{\"@attributes\":{\"stat\":\"fail\",\"version\":1,\"err_code\":180},\"err\":\"no field colour\"}",
                "<?xml version=\"1.0\"?>\n<rsp stat=\"fail\" version=\"1.0\"><err code=\"180\">no field colour</err></rsp>"
            })
    void theCodeCountsInEveryFormAndWithEveryStatus(String body) {
        for (int status : new int[] {200, 400, 403}) {
            ApiException thrown = thrown(status, body);
            assertThat(thrown).isInstanceOf(ApiException.Refused.class);
            assertThat(thrown)
                    .hasMessage("Account Engagement refused GET /api/v5/exports/501 (code 180: no field colour)."
                            + " Set tidemark.streams.people.export.fields without it (and"
                            + " tidemark.streams.people.export.custom-fields); if it is the flag of deleted records, set"
                            + " tidemark.streams.people.deletes=ignore");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "184, Denied,     pardot_api",
        "199, Denied,     pardot_api",
        "181, Denied,     business-unit-id",
        "201, Denied,     pi.demo.pardot.com",
        "88,  Denied,     api-version=5",
        "89,  Denied,     api-version=5",
        "49,  Denied,     ability to view",
        "66,  RetryLater, now",
        "122, RetryLater, now",
        "202, RetryLater, now",
        "183, RetryLater, now",
        "214, RetryLater, now",
        "174, Refused,    tidemark.streams.people.export.procedure",
        "175, Refused,    argument-spelling",
        "176, Refused,    tidemark.streams.people.export.",
        "177, Refused,    window-times",
        "180, Refused,    tidemark.streams.people.export.fields",
        "192, Refused,    tidemark.streams.people.resource",
        "178, Refused,    (code 178: why)",
        "4,   Refused,    (code 4: why)",
        "9,   Refused,    (code 9: why)",
        "54,  Refused,    (code 54: why)",
        "62,  Refused,    (code 62: why)"
    })
    void eachCodeSaysWhatToDoNext(int code, String kind, String hint) {
        ApiException thrown = thrown(400, "{\"code\":" + code + ",\"message\":\"why\"}");
        assertThat(thrown.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(thrown).hasMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource({"66,PT5S", "202,PT1M", "122,PT19H31M"})
    void limitsSayHowLongToWait(int code, Duration delay) {
        assertThat(((ApiException.RetryLater) thrown(200, "{\"code\":" + code + ",\"message\":\"\"}")).delay())
                .contains(delay);
    }

    @ParameterizedTest
    @CsvSource({
        "'Mon, 02 Mar 2026 03:00:00 GMT', PT5H1M",
        "'Mon, 02 Mar 2026 08:00:00 GMT', PT24H1M",
        "'Sun, 08 Mar 2026 09:00:00 GMT', PT22H1M"
    })
    void aDayOfCallsEndsAtTheAccountsMidnightByTheServersClock(String date, Duration delay) {
        ApiAnswer answer = new ApiAnswer(429, Map.of("Date", date), "{\"code\":122,\"message\":\"\"}", NOW);
        assertThatThrownBy(() -> ANSWERS.check(CALL, answer, Sent.NOTHING))
                .isInstanceOfSatisfying(
                        ApiException.RetryLater.class,
                        later -> assertThat(later.delay()).contains(delay));
    }

    @ParameterizedTest
    @CsvSource({"183", "214"})
    void afterAFailureInsideNobodyKnowsWhetherItWasDone(int code) {
        assertThat(((ApiException.RetryLater) thrown(500, "{\"code\":" + code + ",\"message\":\"\"}")).delay())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            503 | <html>down</html>          | RetryLater
            429 | {}                         | RetryLater
            500 | {"code":999,"message":"x"} | RetryLater
            400 | {"code":999,"message":"x"} | Refused
            400 | {}                         | Refused
            401 | {}                         | Denied
            302 | {}                         | Refused
            200 | <html>hello</html>         | RetryLater
            """)
    void withoutAKnownCodeTheStatusCounts(int status, String body, String kind) {
        assertThat(thrown(status, body).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void sentValuesAndQueriesAreNotRepeated() {
        assertThat(thrown(400, "{\"code\":4,\"message\":\"bad address: Nobody@example.org\"}"))
                .hasMessage("Account Engagement refused GET /api/v5/exports/501 (code 4: bad address: (value))");
    }

    private static JobStatus status(String body) {
        return AccountEngagementJob.of(new Answers("Account Engagement", "", (json, sent) -> List.of())
                        .read(CALL, answer(200, body), Sent.NOTHING))
                .status();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":1,"state":"Waiting","isExpired":false}            | Running
            {"id":1,"status":"Processing"}                          | Running
            {"export":{"id":1,"state":"processing"}}                | Running
            {"id":1,"state":"Complete","isExpired":false}           | Ready
            {"id":1,"state":"Complete","isExpired":true}            | Gone
            {"id":1,"state":"Complete","isExpired":"true"}          | Gone
            {"id":1,"state":"Failed"}                               | Failed
            {"id":1,"state":"Canceled"}                             | Failed
            {"id":1,"state":"Hibernating"}                          | Unknown
            {"id":1}                                                | Unknown
            """)
    void theStatesAreAClosedSet(String body, String kind) {
        assertThat(status(body).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"state":"Complete"}                                                                | 0
            {"state":"Complete","resultRefs":null}                                              | 0
            {"state":"Complete","resultRefs":"https://x.example/1"}                             | 1
            {"state":"Complete","resultRefs":["https://x.example/1"]}                           | 1
            {"export":{"state":"Complete","resultRefs":["https://x.example/1","https://x.example/2"]}} | 2
            """)
    void linksAreAbsentATextOrAList(String body, int files) {
        JobStatus.Ready ready = (JobStatus.Ready) status(body);
        assertThat(ready.parts())
                .hasSize(files)
                .allSatisfy(part -> assertThat(((ExportFile) part).access()).isEqualTo(ExportFile.Access.CREDENTIALS));
        assertThat(ready.windowEnd()).isNull();
    }

    @Test
    void aLinkThatIsNoneIsNotShown() {
        assertThatThrownBy(() -> status("{\"state\":\"Complete\",\"resultRefs\":[\"ftp://canary.example\"]}"))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("file 1")
                .hasMessageNotContaining("canary");
    }

    @Test
    void whatIsGoneIsToldByCodeOrStatus() {
        assertThat(AccountEngagementAnswers.gone(CALL, answer(400, "{\"code\":132,\"message\":\"\"}")))
                .contains("Account Engagement has no live record for GET /api/v5/exports/501 (code 132)");
        assertThat(AccountEngagementAnswers.gone(CALL, answer(404, ""))).isPresent();
        assertThat(AccountEngagementAnswers.gone(CALL, answer(404, "{\"code\":201,\"message\":\"\"}")))
                .isEqualTo(Optional.empty());
        assertThat(AccountEngagementAnswers.gone(CALL, answer(200, "{\"id\":1}")))
                .isEmpty();
    }
}
