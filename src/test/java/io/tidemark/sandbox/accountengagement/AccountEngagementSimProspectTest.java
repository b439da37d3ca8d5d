package io.tidemark.sandbox.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.SandboxCaller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccountEngagementSimProspectTest {
    private static final String HOME = "/api/v5/objects/prospects";
    private static final String UPSERT = HOME + "/do/upsertLatestByEmail";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private AccountEngagementCaller bridge;
    private long ada;

    @BeforeEach
    void enter() throws IOException {
        bridge = new AccountEngagementCaller(sandbox, ApiUser.BRIDGE);
        ada = sandbox.put("prospect", Map.of("email", "ada@example.org", "firstName", "Ada", "score", "7"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aProspectShowsTheFieldsThatWereAskedFor() throws IOException {
        JsonNode json = SandboxCaller.json(
                bridge.get(HOME + "/" + ada + "?fields=id,firstName,lastName,score,updatedAt,isDeleted"));
        assertThat(json.toString())
                .isEqualTo("{\"id\":9001,\"firstName\":\"Ada\",\"lastName\":null,\"score\":7,"
                        + "\"updatedAt\":\"2026-03-02T07:00:00-05:00\",\"isDeleted\":false}");
        assertThat(AccountEngagementCaller.code(bridge.get(HOME + "/" + ada))).isEqualTo(153);
        assertThat(AccountEngagementCaller.code(bridge.get(HOME + "/" + ada + "?fields=id,magic")))
                .isEqualTo(180);
        assertThat(AccountEngagementCaller.code(bridge.get(HOME + "/12?fields=id")))
                .isEqualTo(3);
    }

    @Test
    void anUpdateLeavesWhatItDoesNotNameAndNullEmpties() throws IOException {
        clock.advance(Duration.ofMinutes(1));
        assertThat(patch("{\"city\":\"Sampleton\",\"firstName\":null,\"Favourite_Colour__c\":\"red\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.record("prospect", ada).orElseThrow())
                .containsEntry("city", "Sampleton")
                .containsEntry("email", "ada@example.org")
                .containsEntry("Favourite_Colour__c", "red")
                .containsEntry("updatedAt", "2026-03-02T12:01:00Z")
                .containsEntry("updatedById", Long.toString(ApiUser.BRIDGE.id()))
                .doesNotContainKey("firstName");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"grade":"A"}            | 154
            {"updatedAt":"now"}      | 154
            {"magic":"x"}            | 154
            {"isDoNotEmail":"maybe"} | 154
            {"email":"nobody"}       | 4
            {"email":null}           | 4
            """)
    void aRefusedUpdateChangesNothing(String body, int code) throws IOException {
        assertThat(AccountEngagementCaller.code(patch(body))).isEqualTo(code);
        assertThat(sandbox.versions("prospect", ada)).hasSize(1);
    }

    @Test
    void aRefusalMayRepeatTheValue() throws IOException {
        assertThat(patch("{\"email\":\"nobody\"}").body()).doesNotContain("nobody");
        sandbox.switches().set(Doubts.REFUSALS_QUOTE, true);
        assertThat(patch("{\"email\":\"nobody\"}").body()).contains("nobody");
    }

    @Test
    void anUpsertChangesTheOneThatWasActiveLast() throws IOException {
        sandbox.edit("prospect", ada, Map.of("lastActivityAt", "2026-03-01T00:00:00Z"));
        long later =
                sandbox.put("prospect", Map.of("email", "ada@example.org", "lastActivityAt", "2026-03-02T00:00:00Z"));
        HttpResponse<String> answer = upsert("ada@example.org", false);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(SandboxCaller.json(answer).toString()).isEqualTo("{\"id\":" + later + "}");
        assertThat(sandbox.record("prospect", ada).orElseThrow()).doesNotContainKey("lastName");
    }

    @Test
    void anUpsertWithoutAMatchMakesOneAndARepeatedOneFindsIt() throws IOException {
        HttpResponse<String> made = upsert("bo@example.org", false);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(HOME + "/9002");
        assertThat(upsert("bo@example.org", false).statusCode()).isEqualTo(200);
        assertThat(sandbox.keys("prospect", true)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"true,2", "false,1"})
    void addressesAreMatchedByCaseOrNot(boolean byCase, int prospects) throws IOException {
        sandbox.switches().set(Doubts.MATCH_BY_CASE, byCase);
        upsert("ADA@example.org", false);
        assertThat(sandbox.keys("prospect", true)).hasSize(prospects);
    }

    @ParameterizedTest
    @CsvSource({"true,1", "false,2"})
    void aDeletedMatchIsRevivedWhereThatIsAskedFor(boolean search, int prospects) throws IOException {
        sandbox.remove("prospect", ada);
        upsert("ada@example.org", search);
        assertThat(sandbox.keys("prospect", true)).hasSize(prospects);
        assertThat(sandbox.keys("prospect", false)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"RECORD,201", "NOTHING,204"})
    void aNewProspectMayNotBeShown(Doubts.CreateAnswer shown, int status) throws IOException {
        sandbox.switches().set(Doubts.CREATE_ANSWER, shown);
        HttpResponse<String> answer = bridge.call("POST", HOME, "{\"email\":\"bo@example.org\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(sandbox.keys("prospect", false)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"true,0", "false,9"})
    void aSecondProspectWithAnAddressIsMadeOnlyWhereTheUnitAllowsIt(boolean several, int code) throws IOException {
        sandbox.switches().set(Doubts.SEVERAL_PER_EMAIL, several);
        assertThat(AccountEngagementCaller.code(bridge.call("POST", HOME, "{\"email\":\"ada@example.org\"}")))
                .isEqualTo(code);
    }

    @Test
    void aLostAnswerLeavesTheNewProspectBehind() {
        sandbox.faults().next("POST " + UPSERT, Fault.answerLost());
        assertThatIOException().isThrownBy(() -> upsert("bo@example.org", false));
        assertThat(sandbox.keys("prospect", false)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"FLAGGED,200,0", "NOT_FOUND,404,3", "ARCHIVED,400,132"})
    void theRecycleBinShowsItselfInSeveralWays(Doubts.RecycleBin bin, int status, int code) throws IOException {
        sandbox.switches().set(Doubts.RECYCLE_BIN, bin);
        assertThat(bridge.call("DELETE", HOME + "/" + ada, "").statusCode()).isEqualTo(204);
        HttpResponse<String> read = bridge.get(HOME + "/" + ada + "?fields=id,isDeleted");
        assertThat(read.statusCode()).isEqualTo(status);
        assertThat(AccountEngagementCaller.code(read)).isEqualTo(code);
        assertThat(AccountEngagementCaller.code(patch("{\"city\":\"X\"}"))).isEqualTo(code == 0 ? 132 : code);
        assertThat(bridge.call("DELETE", HOME + "/" + ada, "").statusCode()).isNotEqualTo(204);
    }

    @Test
    void whatWasDeletedCanBeTakenBack() throws IOException {
        bridge.call("DELETE", HOME + "/" + ada, "");
        assertThat(bridge.call("POST", HOME + "/do/undelete", "{\"email\":\"ada@example.org\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.keys("prospect", false)).containsExactly(ada);
    }

    @Test
    void listsComeInPages() throws IOException {
        sandbox.put("prospect", Map.of("email", "bo@example.org"));
        JsonNode page = SandboxCaller.json(bridge.get(HOME + "?fields=id&limit=1"));
        assertThat(page.path("values").findValuesAsText("id")).containsExactly(Long.toString(ada));
        JsonNode next = SandboxCaller.json(bridge.get(HOME + "?fields=id&limit=1&nextPageToken="
                + page.path("nextPageToken").asText()));
        assertThat(next.path("values").findValuesAsText("id")).containsExactly("9002");
        assertThat(AccountEngagementCaller.code(bridge.get(HOME + "?fields=id&limit=1001")))
                .isEqualTo(154);
    }

    @Test
    void customFieldsAreListed() throws IOException {
        JsonNode fields = SandboxCaller.json(bridge.get("/api/v5/objects/custom-fields?fields=id,fieldId,type"));
        assertThat(fields.path("values").path(0).toString())
                .isEqualTo("{\"id\":301,\"fieldId\":\"Favourite_Colour\",\"type\":\"Dropdown\"}");
    }

    @Test
    void somebodyCanEditThroughTheRemoteControl() throws IOException {
        bridge.call("POST", sandbox.controlUrl() + "/edits", "{\"id\":%d,\"changes\":{\"city\":\"X\"}}".formatted(ada));
        assertThat(sandbox.record("prospect", ada).orElseThrow()).containsEntry("city", "X");
        assertThat(bridge.get(sandbox.controlUrl() + "/records/prospect").body())
                .contains("ada@example.org");
    }

    private HttpResponse<String> patch(String body) throws IOException {
        return bridge.call("PATCH", HOME + "/" + ada, body);
    }

    private HttpResponse<String> upsert(String email, boolean search) throws IOException {
        return bridge.call("POST", UPSERT, """
                        {"matchEmail":"%s","prospect":{"lastName":"Example"},"secondaryDeletedSearch":%s,"fields":["id"]}""".formatted(email, search));
    }
}
