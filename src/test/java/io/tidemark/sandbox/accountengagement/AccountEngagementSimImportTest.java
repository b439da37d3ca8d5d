package io.tidemark.sandbox.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.SandboxCaller;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AccountEngagementSimImportTest {
    private static final String HOME = "/api/v5/imports";
    private static final String FIELDS = "?fields=id,status,isExpired,createdCount,updatedCount,errorCount,errorsRef";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private AccountEngagementCaller bridge;
    private long ada;
    private long bo;

    @BeforeEach
    void enter() throws IOException {
        bridge = new AccountEngagementCaller(sandbox, ApiUser.BRIDGE);
        ada = sandbox.put("prospect", Map.of("email", "ada@example.org", "firstName", "Ada", "city", "Sampleton"));
        bo = sandbox.put("prospect", Map.of("email", "bo@example.org", "firstName", "Bo", "city", "Sampleton"));
        clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void anImportIsMadeFilledDeclaredReadyAndThenWorkedAt() throws IOException {
        long id = create("");
        assertThat(read(id).toString()).isEqualTo("{\"id\":" + id + ",\"status\":\"Open\",\"isExpired\":false}");
        assertThat(fill(id, "importFile", "matchId,firstName\n" + ada + ",Ida\n" + bo + ",\"B, o\"\n")
                        .statusCode())
                .isEqualTo(204);
        assertThat(sandbox.record("prospect", ada).orElseThrow()).containsEntry("firstName", "Ada");
        assertThat(submit(id).statusCode()).isEqualTo(200);
        assertThat(read(id).path("status").asText()).isEqualTo("Waiting");
        assertThat(read(id).path("status").asText()).isEqualTo("Processing");
        assertThat(read(id).toString())
                .isEqualTo("{\"id\":" + id + ",\"status\":\"Complete\",\"isExpired\":false,\"createdCount\":0,"
                        + "\"updatedCount\":2}");
        assertThat(sandbox.record("prospect", ada).orElseThrow())
                .containsEntry("firstName", "Ida")
                .containsEntry("updatedById", Long.toString(ApiUser.BRIDGE.id()));
        assertThat(sandbox.record("prospect", bo).orElseThrow()).containsEntry("firstName", "B, o");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                                                    | ``
            {"field":"matchId"},{"field":"city"}                                                  | ``
            {"field":"matchId"},{"field":"city","nullOverwrite":false}                            | Sampleton
            """)
    void blankCellsEmptyAFieldUnlessTheColumnSaysOtherwise(String columns, String city) throws IOException {
        long id = create(columns);
        fill(id, "importFile", "matchId,city\n" + ada + ",\n");
        submit(id);
        finished(id);
        assertThat(sandbox.record("prospect", ada).orElseThrow().getOrDefault("city", ""))
                .isEqualTo(city);
    }

    @Test
    void whatIsWrongWithARowIsInTheErrorsAndHoldsUpNoOther() throws IOException {
        sandbox.switches().set(Doubts.IMPORT_ERROR_COLUMN, "why");
        long id = create("");
        fill(id, "importFile", "matchId,email\n" + ada + ",nobody\n" + bo + ",bo@example.com\n12,x@example.org\n");
        submit(id);
        JsonNode done = finished(id);
        assertThat(done.path("updatedCount").asInt()).isEqualTo(1);
        assertThat(done.path("errorCount").asInt()).isEqualTo(2);
        assertThat(bridge.get(done.path("errorsRef").asText()).body())
                .isEqualTo("matchid,email,why\n" + ada + ",nobody,the email address is not valid\n"
                        + "12,x@example.org,no prospect matches\n");
        assertThat(sandbox.record("prospect", bo).orElseThrow()).containsEntry("email", "bo@example.com");
    }

    @Test
    void aRowWithoutAProspectMayBePassedOver() throws IOException {
        sandbox.switches().set(Doubts.IMPORT_UNMATCHED, Doubts.Unmatched.PASSED_OVER);
        sandbox.remove("prospect", ada);
        long id = create("");
        fill(id, "importFile", "matchId,city\n" + ada + ",X\n" + bo + ",X\n");
        submit(id);
        assertThat(finished(id).path("updatedCount").asInt()).isEqualTo(1);
        assertThat(finished(id).has("errorCount")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCountedAsUpdatedIsADoubt(Doubts.UpdatedCount counts) throws IOException {
        sandbox.switches().set(Doubts.UPDATED_COUNT, counts);
        long id = create("");
        fill(id, "importFile", "matchId,firstName\n" + ada + ",Ada\n" + bo + ",Ben\n");
        submit(id);
        assertThat(finished(id).path("updatedCount").asInt(-1))
                .isEqualTo(
                        switch (counts) {
                            case ROWS -> 2;
                            case CHANGED -> 1;
                            case NONE -> -1;
                        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            matchId,city           | 159
            matchId,magic/x,y      | 159
            matchId,updatedAt/x,y  | 159
            matchId,city/x         | 159
            city,matchId/x,y       | 165
            """)
    void aFileThatDoesNotFitIsRefused(String file, int code) throws IOException {
        long id = create(file.startsWith("city") ? "{\"field\":\"matchId\"},{\"field\":\"city\"}" : "");
        assertThat(AccountEngagementCaller.code(fill(id, "importFile", file.replace("/", "\n"))))
                .isEqualTo(code);
    }

    @Test
    void eachCallHasItsState() throws IOException {
        long id = create("");
        assertThat(AccountEngagementCaller.code(submit(id))).isEqualTo(156);
        String file = "matchId,city\n" + ada + ",X\n";
        assertThat(AccountEngagementCaller.code(fill(id, "file", file))).isEqualTo(158);
        sandbox.switches().set(Doubts.IMPORT_MOST_BATCHES, 1);
        fill(id, "importFile", file);
        assertThat(AccountEngagementCaller.code(fill(id, "importFile", file))).isEqualTo(160);
        assertThat(AccountEngagementCaller.code(bridge.get(HOME + "/" + id + "/errors")))
                .isEqualTo(178);
        submit(id);
        assertThat(AccountEngagementCaller.code(submit(id))).isEqualTo(155);
        assertThat(AccountEngagementCaller.code(fill(id, "importFile", file))).isEqualTo(161);
        assertThat(bridge.call("POST", HOME + "/" + id + "/do/cancel", "{}").statusCode())
                .isEqualTo(200);
        assertThat(read(id).path("status").asText()).isEqualTo("Canceled");
        assertThat(sandbox.record("prospect", ada).orElseThrow()).containsEntry("city", "Sampleton");
        assertThat(AccountEngagementCaller.code(bridge.get(HOME + "/12" + FIELDS)))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, Failed", "CANCELED, Canceled"})
    void anImportCanComeToNothing(Doubts.ImportEnd end, String word) throws IOException {
        sandbox.switches().set(Doubts.IMPORT_END, end);
        long id = create("");
        fill(id, "importFile", "matchId,city\n" + ada + ",X\n");
        submit(id);
        assertThat(finished(id).path("status").asText()).isEqualTo(word);
        assertThat(sandbox.record("prospect", ada).orElseThrow()).containsEntry("city", "Sampleton");
    }

    @Test
    void whatIsShownCanBeOldStuckOrAnUnknownWord() throws IOException {
        sandbox.switches().set(Doubts.IMPORT_STALE_READS, 1);
        sandbox.switches().set(Doubts.UNKNOWN_STATE, "Pondering");
        long id = create("");
        fill(id, "importFile", "matchId,city\n" + ada + ",X\n");
        submit(id);
        assertThat(read(id).path("status").asText()).isEqualTo("Open");
        assertThat(read(id).path("status").asText()).isEqualTo("Waiting");
        assertThat(read(id).path("status").asText()).isEqualTo("Pondering");
        sandbox.switches().set(Doubts.IMPORT_STUCK, true);
        assertThat(read(id).path("status").asText()).isEqualTo("Pondering");
        sandbox.switches().set(Doubts.IMPORT_STUCK, false);
        assertThat(read(id).path("status").asText()).isEqualTo("Complete");
    }

    @Test
    void theStateMayHaveTheOtherName() throws IOException {
        sandbox.switches().set(Doubts.IMPORT_STATE_NAME, Doubts.StateName.STATE);
        long id = create("");
        assertThat(AccountEngagementCaller.code(bridge.get(HOME + "/" + id + FIELDS)))
                .isEqualTo(180);
        assertThat(SandboxCaller.json(bridge.get(HOME + "/" + id + "?fields=id,state"))
                        .path("state")
                        .asText())
                .isEqualTo("Open");
    }

    @Test
    void anOpenImportExpiresAfterADayAndResultsAfterAWeek() throws IOException {
        long open = create("");
        long id = create("");
        fill(id, "importFile", "matchId,city\n" + ada + ",X\n");
        submit(id);
        clock.advance(Duration.ofHours(24));
        enterAgain();
        assertThat(read(open).path("isExpired").asBoolean()).isTrue();
        assertThat(finished(id).path("isExpired").asBoolean()).isFalse();
        clock.advance(Duration.ofDays(7));
        enterAgain();
        assertThat(read(id).path("isExpired").asBoolean()).isTrue();
    }

    @Test
    void whoMayNotImportMakesNone() throws IOException {
        try (var other = AccountEngagementSandbox.start(
                AccountEngagementSandbox.Options.standard().users(ApiUser.BRIDGE.without(Ability.PROSPECTS_IMPORT)))) {
            assertThat(AccountEngagementCaller.code(new AccountEngagementCaller(other, other.user())
                            .call("POST", HOME, "{\"operation\":\"Upsert\",\"object\":\"Prospect\"}")))
                    .isEqualTo(49);
        }
    }

    private void enterAgain() throws IOException {
        bridge = new AccountEngagementCaller(sandbox, ApiUser.BRIDGE);
    }

    private long create(String columns) throws IOException {
        return AccountEngagementCaller.id(bridge.call(
                "POST", HOME, "{\"operation\":\"Upsert\",\"object\":\"Prospect\",\"columns\":[" + columns + "]}"));
    }

    private HttpResponse<String> fill(long id, String name, String file) throws IOException {
        return bridge.send(bridge.to(HOME + "/" + id + "/batches")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"" + name
                        + "\"; filename=\"x.csv\"\r\n\r\n" + file + "\r\n--b--\r\n")));
    }

    private HttpResponse<String> submit(long id) throws IOException {
        return bridge.call("PATCH", HOME + "/" + id, "{\"status\":\"Ready\"}");
    }

    private JsonNode read(long id) throws IOException {
        return SandboxCaller.json(bridge.get(HOME + "/" + id + FIELDS));
    }

    private JsonNode finished(long id) throws IOException {
        for (int reads = 0; reads < 20; reads++) {
            JsonNode json = read(id);
            if (!json.path("status").asText().matches("Waiting|Processing")) {
                return json;
            }
        }
        throw new AssertionError("the import does not end");
    }
}
