package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.export;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.JobStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryActionStatusTest {

    private static final ExportRequest ASKED = new ExportRequest(Instant.EPOCH, null, List.of(), false);
    private static final String CALL = "GET /changedEntityExportJobs/3000000017";

    @Test
    void aJobIsAskedForByItsIdAndAnyNumberOfTimes() {
        var conversation = EveryActionConversation.of("{\"jobStatus\":\"Pending\"}");
        conversation.hold(export("Contacts", Map.of()).status("3000000017", ASKED));
        assertThat(conversation.lines()).containsExactly(CALL);
        assertThat(conversation.calls.get(0).repeatable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProcess", "inprocess"})
    void aJobAtWorkIsRunning(String word) {
        assertThat(status("{\"jobStatus\":\"" + word + "\",\"files\":[],\"exportedRecordCount\":0}"))
                .isEqualTo(new JobStatus.Running(word));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"jobStatus\":\"Sleeping\"}', Sleeping",
        "'{\"jobStatus\":\"Completed\",\"files\":[]}', Completed",
        "'{}', no jobStatus",
        "'{\"jobStatus\":null}', no jobStatus",
        "'[]', no jobStatus",
        "'17', no jobStatus"
    })
    void anyOtherWordIsUnknown(String body, String word) {
        assertThat(status(body)).isEqualTo(new JobStatus.Unknown(word));
    }

    @Test
    void aCompleteJobHasItsFilesItsCountAndItsWindowsEnd() {
        assertThat(status("""
                                {"exportJobId":3000000017,"jobStatus":"Complete","dateChangedTo":"2026-03-02T07:30:00-05:00",
                                "files":[{"downloadUrl":"https://files.example.org/1.csv?sig=a%2Fb",
                                "dateExpired":"2026-03-22T08:31:12.1234567-04:00"},
                                {"downloadUrl":"http://files.example.org/2.csv","dateExpired":"some day"}],
                                "message":"ok","code":null,"exportedRecordCount":3000000000}"""))
                .isEqualTo(new JobStatus.Ready(
                        "Complete",
                        List.of(
                                ExportFile.csv(
                                        URI.create("https://files.example.org/1.csv?sig=a%2Fb"),
                                        Instant.parse("2026-03-22T12:31:12.123456700Z")),
                                ExportFile.csv(URI.create("http://files.example.org/2.csv"), null)),
                        OptionalLong.of(3_000_000_000L),
                        Instant.parse("2026-03-02T12:30:00Z")));
    }

    @Test
    void aCompleteJobMayLeaveOutItsCountAndItsWindowsEnd() {
        assertThat(status("{\"jobStatus\":\"Complete\",\"files\":[],\"exportedRecordCount\":null}"))
                .isEqualTo(new JobStatus.Ready("Complete", List.of(), OptionalLong.empty(), null));
    }

    @ParameterizedTest
    @CsvSource({"'\"12\"', 12", "'\" 12 \"', 12", "'\"many\"', -1", "12.5, -1", "99999999999999999999, -1"})
    void theCountMayBeWrittenAsAString(String json, long count) {
        var ready = (JobStatus.Ready)
                status("{\"jobStatus\":\"complete\",\"Files\":[],\"exportedrecordcount\":" + json + "}");
        assertThat(ready.records().orElse(-1)).isEqualTo(count);
    }

    @Test
    void aCompleteJobThatCountsNothingNeedsNoFiles() {
        assertThat(status("{\"jobStatus\":\"Complete\",\"files\":null,\"exportedRecordCount\":0}"))
                .isEqualTo(new JobStatus.Ready("Complete", List.of(), OptionalLong.of(0), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exportedRecordCount\":2",
                "\"files\":null",
                "\"files\":\"https://files.example.org/x?sig=canary\",\"exportedRecordCount\":2",
                "\"files\":{},\"exportedRecordCount\":0"
            })
    void aCompleteJobWithoutAListOfFilesIsAskedAgain(String rest) {
        assertThatThrownBy(() -> status("{\"jobStatus\":\"Complete\"," + rest + "}"))
                .isInstanceOf(RetryLater.class)
                .hasMessage("EveryAction answered " + CALL + " with a complete job that holds no list of files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"downloadUrl\":\"https://files.example.org/a b?sig=canary\"}",
                "{\"downloadUrl\":\"ftp://files.example.org/?sig=canary\"}",
                "{\"downloadUrl\":\"/files?sig=canary\"}",
                "{\"downloadUrl\":\"https:///x?sig=canary\"}",
                "{\"downloadUrl\":null}",
                "{}",
                "\"canary\""
            })
    void aFileWithoutAUsableAddressIsRefusedWithoutShowingIt(String file) {
        String first = "{\"downloadUrl\":\"https://files.example.org/1?sig=canary\"}";
        assertThatThrownBy(() -> status("{\"jobStatus\":\"Complete\",\"files\":[" + first + "," + file + "]}"))
                .isInstanceOf(Refused.class)
                .hasNoCause()
                .hasMessage("EveryAction answered " + CALL
                        + " with no usable downloadUrl for file 2 (its address is not shown)");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"message\":\"too big\",\"code\":\"x-9\"', too big (code x-9)",
        "'\"message\":\"too big\",\"code\":null', too big",
        "'\"code\":17', no message (code 17)",
        "'\"message\":\"\"', no message"
    })
    void aFailedJobGivesTheVendorsMessageAndCode(String rest, String reason) {
        assertThat(status("{\"jobStatus\":\"Error\"," + rest + "}")).isEqualTo(new JobStatus.Failed("Error", reason));
    }

    @Test
    void aJobThatIsNotFoundIsGone() {
        var conversation = new EveryActionConversation().then(404, "{}");
        assertThat(conversation.hold(export("Contacts", Map.of()).status("17", ASKED)))
                .isEqualTo(new JobStatus.Gone("404"));
    }

    @Test
    void otherAnswersAreReadAsEverywhere() {
        var conversation = new EveryActionConversation().then(401, "{}");
        assertThatThrownBy(() -> conversation.hold(export("Contacts", Map.of()).status("17", ASKED)))
                .isInstanceOf(Denied.class);
    }

    private static JobStatus status(String body) {
        return EveryActionConversation.of(body)
                .hold(export("Contacts", Map.of()).status("3000000017", ASKED));
    }
}
