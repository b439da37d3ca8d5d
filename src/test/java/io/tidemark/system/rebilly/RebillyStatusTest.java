package io.tidemark.system.rebilly;

import static io.tidemark.system.rebilly.RebillyConversation.WINDOW;
import static io.tidemark.system.rebilly.RebillyConversation.answer;
import static io.tidemark.system.rebilly.RebillyConversation.export;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportFile;
import io.tidemark.system.JobStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RebillyStatusTest {
    private static final String LINKS = """
            "_links":[{"rel":"self","href":"https://api.example.org/organizations/org_1/experimental/data-exports/exp_1"},
            {"rel":"download","href":"https://api.example.org/files/file_1/download"},
            {"rel":"signedLink","href":"https://files.example.org/x.csv?sig=canary"}]""";

    private static JobStatus status(Map<String, String> options, String body) {
        return RebillyConversation.of(body).hold(export("users", options).status("exp_1", WINDOW));
    }

    private static ExportFile file(JobStatus status) {
        return (ExportFile) ((JobStatus.Ready) status).parts().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "queued", "processing", "Processing"})
    void atWork(String word) {
        assertThat(status(Map.of(), "{\"status\":\"" + word + "\"}")).isEqualTo(new JobStatus.Running(word));
    }

    @Test
    void anUnknownWordIsNoSuccess() {
        assertThat(status(Map.of(), "{\"status\":\"archiving\"," + LINKS + "}"))
                .isEqualTo(new JobStatus.Unknown("archiving"));
        assertThat(status(Map.of(), "{}")).isEqualTo(new JobStatus.Unknown("no status"));
    }

    @ParameterizedTest
    @CsvSource({
        "record-limit-exceeded,true,'record-limit-exceeded: one export holds 10,000,000 records at most'",
        "max-retries-reached,false,max-retries-reached",
        ",false,no failureReason",
    })
    void aFailureSaysWhetherAShorterWindowWouldDo(String reason, boolean tooMuch, String words) {
        String failed =
                "{\"status\":\"failed\",\"failureReason\":" + (reason == null ? "null" : "\"" + reason + "\"") + "}";
        assertThat(status(Map.of(), failed)).isEqualTo(new JobStatus.Failed("failed", words, tooMuch));
    }

    @Test
    void aFileIsHadWithTheKeyUnlessTheSignedLinkIsWanted() {
        String done = "{\"status\":\"completed\",\"recordCount\":2,\"fileId\":\"file_1\"," + LINKS + "}";
        ExportFile withKey = file(status(Map.of(), done));
        assertThat(withKey.address()).hasToString("https://api.example.org/files/file_1/download");
        assertThat(withKey.access()).isEqualTo(ExportFile.Access.CREDENTIALS);
        assertThat(withKey.format()).isEqualTo(ExportFile.Format.CSV);
        ExportFile signed = file(status(Map.of("download", "signed-link", "format", "json"), done));
        assertThat(signed.access()).isEqualTo(ExportFile.Access.LINK);
        assertThat(signed.format()).isEqualTo(ExportFile.Format.JSON);
        assertThat(signed.toString()).doesNotContain("canary");
        assertThat(((JobStatus.Ready) status(Map.of(), done)).records()).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"download,signed-link,LINK", "signedLink,download,CREDENTIALS"})
    void whereTheWantedLinkIsMissingTheOtherOneServes(String missing, String other, String access) {
        String done =
                "{\"status\":\"completed\",\"recordCount\":2," + LINKS.replace("\"" + missing + "\"", "\"gone\"") + "}";
        assertThat(file(status(Map.of(), done)).access()).hasToString(access);
        assertThat(file(status(Map.of("download", "signed-link"), done)).access())
                .hasToString(access);
    }

    @Test
    void withoutALinkTheFileIsFoundByItsIdBesideTheExport() {
        String done = "{\"status\":\"completed\",\"recordCount\":2,\"fileId\":\"file_1\","
                + LINKS.replace("download\"", "a\"").replace("signedLink", "b") + "}";
        assertThat(file(status(Map.of(), done)).address())
                .hasToString("https://api.example.org/organizations/org_1/files/file_1/download");
    }

    @Test
    void anEmptyExportNeedsNoFileAndAnyOtherDoes() {
        assertThat(((JobStatus.Ready) status(Map.of(), "{\"status\":\"completed\",\"recordCount\":0,\"fileId\":null}"))
                        .parts())
                .isEmpty();
        for (String count : new String[] {"5", "null"}) {
            assertThatExceptionOfType(ApiException.RetryLater.class)
                    .isThrownBy(() -> status(Map.of(), "{\"status\":\"completed\",\"recordCount\":" + count + "}"))
                    .withMessageContaining("no usable link to its file");
        }
    }

    @Test
    void anExportThatIsNotThereIsGone() {
        assertThat(new RebillyConversation()
                        .then(404, "{}")
                        .hold(export("users", Map.of()).status("exp_1", WINDOW)))
                .isEqualTo(new JobStatus.Gone("404"));
    }

    @Test
    void objectsToEmbedAreAskedFor() {
        var conversation = RebillyConversation.of("{\"status\":\"queued\"}");
        conversation.hold(export("users", Map.of("expand", "file, user")).status("exp_1", WINDOW));
        assertThat(conversation.lines())
                .containsExactly("GET /organizations/org_1/experimental/data-exports/exp_1?expand=file%2Cuser");
    }

    @ParameterizedTest
    @CsvSource({
        "completed,2026-03-02T11:30:00Z,1",
        "pending,2026-03-02T11:30:00Z,1",
        "completed,2026-03-02T11:00:00Z,0",
        "completed,2026-03-02T09:00:00Z,0",
        "completed,,1",
    })
    void aFollowedExportIsLoadedWhenItsFileIsNewer(String word, String made, int parts) {
        String time = made == null ? "" : "\"updatedTime\":\"" + made + "\",";
        JobStatus status = status(
                Map.of("follow", "exp_1"),
                "{\"status\":\"" + word + "\",\"recordCount\":7," + time + "\"fileId\":\"file_1\"," + LINKS + "}");
        assertThat(((JobStatus.Ready) status).parts()).hasSize(parts);
        assertThat(((JobStatus.Ready) status).records()).hasValue(parts == 1 ? 7 : 0);
    }

    @Test
    void aFollowedExportWithoutAFileYetHasNothingAndOneThatIsNotThereIsRefused() {
        assertThat(((JobStatus.Ready) status(Map.of("follow", "exp_1"), "{\"status\":\"processing\"}")).parts())
                .isEmpty();
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> new RebillyConversation()
                        .then(404, "{}")
                        .hold(export("users", Map.of("follow", "exp_1")).status("exp_1", WINDOW)))
                .withMessageContaining("tidemark.streams.people.export.follow");
    }

    @ParameterizedTest
    @CsvSource({
        "X-RateLimit-Retry-After,1772454690,90",
        "x-ratelimit-retry-after,1772454690000,90",
        "X-RateLimit-Retry-After,1772454000,0",
        "X-RateLimit-Retry-After,45,45",
        "Retry-After,1772454690,90",
        "Retry-After,30,30",
    })
    void aLargeNumberIsAMomentAndASmallOneALength(String header, String value, long seconds) {
        var conversation = new RebillyConversation()
                .then(answer(429, "{}", Map.of(header, value, "Date", "Mon, 02 Mar 2026 12:30:00 GMT")));
        assertThatExceptionOfType(ApiException.RetryLater.class)
                .isThrownBy(() -> conversation.hold(export("users", Map.of()).status("exp_1", WINDOW)))
                .satisfies(later -> assertThat(later.delay()).isEqualTo(Optional.of(Duration.ofSeconds(seconds))));
    }

    @Test
    void aCancelledExportIsDeletedOrWasGoneOrGoesOn() {
        for (int[] each : new int[][] {{204, 1}, {404, 1}, {422, 0}}) {
            var conversation = new RebillyConversation().then(each[0], "");
            assertThat(conversation.hold(
                            export("users", Map.of()).cancel("exp_1").orElseThrow()))
                    .isEqualTo(each[1] == 1);
            assertThat(conversation.lines())
                    .containsExactly("DELETE /organizations/org_1/experimental/data-exports/exp_1");
        }
        assertThat(export("users", Map.of("delete-finished", "false")).finished("exp_1"))
                .isEmpty();
        assertThat(export("users", Map.of()).finished("exp_1")).isPresent();
    }

    @Test
    void deniedCredentialsSayWhatToCheckAndShowNoKey() {
        assertThatExceptionOfType(ApiException.Denied.class)
                .isThrownBy(() -> new RebillyConversation()
                        .then(401, "{\"title\":\"Unauthorized\"}")
                        .hold(export("users", Map.of()).status("exp_1", WINDOW)))
                .withMessageContaining("Check that api-key is a secret key")
                .withMessageNotContaining(RebillyConversation.KEY);
    }
}
