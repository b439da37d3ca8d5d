package io.tidemark.sandbox.everyaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.SandboxCaller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EveryActionSimPeopleTest {
    private static final long ADA = 900_000_001L;
    private static final long BO = 900_000_002L;
    private static final String TAG = """
            {"canvassContext":{"contactTypeId":2,"omitActivistCodeContactHistory":true},
             "responses":[{"type":"ActivistCode","activistCodeId":7001,"action":"%s"}]}""";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final EveryActionSandbox sandbox = EveryActionSandbox.start(
            EveryActionSandbox.Options.standard().clock(clock).data(17, 0));
    private final SandboxCaller caller = new SandboxCaller();

    @BeforeEach
    void people() {
        sandbox.put(
                "Contacts",
                Map.of(
                        "FirstName", "Ada",
                        "LastName", "Example",
                        "Email", "ada@example.org",
                        "Phone", "(555) 010-0123",
                        "DateOfBirth", "1980-02-03",
                        "StreetAddress", "1 Sample St",
                        "ZipOrPostal", "60000",
                        "identifier:BridgeKey", "c-17"));
        sandbox.put("Contacts", Map.of("FirstName", "Bo", "LastName", "Muster"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"emails":[{"email":"ADA@example.org"}]}                                                 | 200
            {"firstName":"ada","lastName":"EXAMPLE","emails":[{"email":"ada@example.org"}]}          | 200
            {"firstName":"Ada","lastName":"Example","phones":[{"phoneNumber":"5550100123"}]}         | 200
            {"firstName":"Ada","lastName":"Example","dateOfBirth":"1980-02-03","addresses":[{"zipOrPostalCode":"60000-1234"}]} | 200
            {"firstName":"Ada","lastName":"Example","addresses":[{"addressLine1":"1 Sample St","zipOrPostalCode":"60000"}]} | 200
            {"firstName":"Ada","lastName":"Example"}                                                 | 404
            {"firstName":"Ada","emails":[{"email":"ada@example.org"}]}                               | 404
            {"firstName":"Ada","lastName":"Other","emails":[{"email":"ada@example.org"}]}            | 404
            {"firstName":"Ada","lastName":"Example","dateOfBirth":"1980-02-03"}                      | 404
            """)
    void onlyTheSmallestSetsMatch(String body, int status) throws IOException {
        assertThat(call("POST", "/people/find", body).statusCode()).isEqualTo(status);
    }

    @Test
    void findOrCreateUpdatesWhoMatchesAndElseMakesAnotherEachTime() throws IOException {
        HttpResponse<String> matched = call(
                "POST", "/people/findOrCreate", "{\"emails\":[{\"email\":\"ada@example.org\"}],\"middleName\":\"M\"}");
        assertThat(matched.statusCode()).isEqualTo(200);
        assertThat(SandboxCaller.json(matched).path("vanId").asLong()).isEqualTo(ADA);
        assertThat(values(ADA)).containsEntry("MiddleName", "M");

        String tooLittle = "{\"firstName\":\"Ada\",\"lastName\":\"Example\"}";
        HttpResponse<String> first = call("POST", "/people/findOrCreate", tooLittle);
        HttpResponse<String> second = call("POST", "/people/findOrCreate", tooLittle);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).isNotEqualTo(second.body());
    }

    @Test
    void aLostAnswerLeavesTheNewPersonBehind() {
        sandbox.faults().next("POST /v4/people/findOrCreate", Fault.answerLost());
        Assertions.assertThatIOException()
                .isThrownBy(() -> call("POST", "/people/findOrCreate", "{\"firstName\":\"Cy\"}"));
        assertThat(sandbox.keys("Contacts", false)).hasSize(3);
    }

    @Test
    void whatIsReadHasAnotherShapeThanWhatIsWritten() throws IOException {
        call("POST", "/people/" + BO, """
                {"dateOfBirth":"1990-01-02","emails":[{"email":"Bo@Example.org","isPreferred":true}],
                 "phones":[{"phoneNumber":"5550100999","phoneType":"C","phoneOptInStatus":"I"}],
                 "customFieldValues":[{"customFieldId":311,"customFieldGroupId":42,"assignedValue":"2"}],
                 "suppressions":[{"suppressionCode":"NC"}]}""");
        JsonNode bo = get("/people/" + BO + "?$expand=phones,emails,customFields");
        assertThat(bo.path("dateOfBirth").asText()).isEqualTo("1990-01-02T00:00:00Z");
        assertThat(bo.path("emails").path(0).path("email").asText()).isEqualTo("bo@example.org");
        assertThat(bo.path("phones").path(0).path("phoneType").asText()).isEqualTo("Cell");
        assertThat(bo.path("phones").path(0).path("phoneNumber").asText()).isEqualTo("(555) 010-0999");
        assertThat(bo.path("customFields").path(0).path("assignedValue").asText())
                .isEqualTo("2");
        assertThat(bo.path("addresses").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,new@example.org", "false,New@Example.org"})
    void writtenValuesAreNormalisedOrKept(boolean normalises, String kept) throws IOException {
        sandbox.switches().set(Doubts.NORMALISES, normalises);
        call("POST", "/people/" + BO, "{\"emails\":[{\"email\":\"New@Example.org\"}]}");
        assertThat(values(BO)).containsEntry("Email", kept);
    }

    @Test
    void nullAndEmptyTextsChangeNothingAndEmptyObjectsAreRefused() throws IOException {
        assertThat(call("POST", "/people/" + ADA, "{\"firstName\":null,\"lastName\":\"\",\"emails\":null}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(values(ADA)).containsEntry("FirstName", "Ada").containsEntry("LastName", "Example");
        HttpResponse<String> refused = call("POST", "/people/" + ADA, "{\"phones\":[{}]}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("phones[0]");
    }

    @Test
    void aPersonIsFoundByAnOutsideIdentifier() throws IOException {
        assertThat(get("/people/BridgeKey:c-17").path("vanId").asLong()).isEqualTo(ADA);
        assertThat(call("POST", "/people/BridgeKey:c-17", "{\"firstName\":\"Adah\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(values(ADA)).containsEntry("FirstName", "Adah");
        assertThat(call("GET", "/people/BridgeKey:c-18", "").statusCode()).isEqualTo(404);
    }

    @Test
    void namesArePatchedAndNothingElse() throws IOException {
        assertThat(call("PATCH", "/people/" + ADA + "/names", "{\"lastName\":\"Neu\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(values(ADA)).containsEntry("LastName", "Neu");
        assertThat(call("PATCH", "/people/" + ADA + "/names", "{\"emails\":[]}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoIsSuppressedIsGoneForTheApiButStillKept() throws IOException {
        assertThat(call("DELETE", "/people/" + ADA, "").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/people/" + ADA, "").statusCode()).isEqualTo(404);
        assertThat(call("DELETE", "/people/" + ADA, "").statusCode()).isEqualTo(404);
        assertThat(values(ADA)).containsEntry("ChangeTypeID", "2");
    }

    @Test
    void aMergeFillsTheTargetsGapsAndRetiresTheSourceUnlessItIsOnlyTried() throws IOException {
        String body = "{\"vanId\":" + BO + "}";
        assertThat(call("PUT", "/people/" + ADA + "/mergeInto?whatIf=true", body)
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.keys("Contacts", false)).containsExactly(ADA, BO);
        assertThat(call("PUT", "/people/" + ADA + "/mergeInto", body).statusCode())
                .isEqualTo(200);
        assertThat(sandbox.keys("Contacts", false)).containsExactly(BO);
        assertThat(values(BO)).containsEntry("FirstName", "Bo").containsEntry("Email", "ada@example.org");
        assertThat(call("PUT", "/people/" + BO + "/mergeInto", body).statusCode())
                .isEqualTo(400);
    }

    @Test
    void activistCodesAreAppliedOnceAndRemoved() throws IOException {
        String address = "/people/" + ADA + "/canvassResponses";
        assertThat(call("POST", address, TAG.formatted("Apply")).statusCode()).isEqualTo(204);
        assertThat(call("POST", address, TAG.formatted("Apply")).statusCode()).isEqualTo(204);
        assertThat(sandbox.keys("ContactsActivistCodes", false)).hasSize(1);
        assertThat(sandbox.keys("ContactHistory", false)).isEmpty();
        call("POST", address, TAG.formatted("Remove"));
        assertThat(sandbox.keys("ContactsActivistCodes", false)).isEmpty();
    }

    @Test
    void theSameAttemptWithinAnHourIsSwallowed() throws IOException {
        String body = "{\"canvassContext\":{\"contactTypeId\":2},\"resultCodeId\":14}";
        String address = "/people/" + ADA + "/canvassResponses";
        call("POST", address, body);
        clock.advance(Duration.ofMinutes(59));
        call("POST", address, body);
        assertThat(sandbox.keys("ContactHistory", false)).hasSize(1);
        clock.advance(Duration.ofMinutes(60));
        call("POST", address, body);
        assertThat(sandbox.keys("ContactHistory", false)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            canvassResponses | {"resultCodeId":1,"responses":[{"type":"ActivistCode","activistCodeId":1,"action":"Apply"}]}
            canvassResponses | {}
            canvassResponses | {"canvassContext":{"contactTypeId":1},"resultCodeId":1}
            canvassResponses | {"responses":[{"type":"SurveyResponse","surveyResponseId":1,"action":"Remove"}]}
            codes            | {}
            notes            | {}
            """)
    void whatCannotBeTakenIsRefused(String where, String body) throws IOException {
        assertThat(call("POST", "/people/" + ADA + "/" + where, body).statusCode())
                .isEqualTo(400);
    }

    @Test
    void codesComeAndGo() throws IOException {
        String codes = "/people/" + ADA + "/codes";
        assertThat(call("POST", codes, "{\"codeId\":5}").statusCode()).isEqualTo(204);
        assertThat(get("/people/" + ADA + "?%24expand=codes")
                        .path("codes")
                        .path(0)
                        .path("codeId")
                        .asInt())
                .isEqualTo(5);
        assertThat(call("DELETE", codes + "/5", "").statusCode()).isEqualTo(204);
        assertThat(call("DELETE", codes + "/5", "").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/people/" + ADA + "/notes", "{\"text\":\"hello\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aContributionIsTakenAsOftenAsItIsSentAndFoundByItsIdentifier() throws IOException {
        String gift = """
                {"contact":{"vanId":%d},"designation":{"designationId":3},"dateReceived":"2026-03-01","amount":%s,
                 "status":"Settled","paymentType":"Check","identifiers":[{"type":"BridgeKey","externalId":"g-1"}]}""";
        assertThat(call("GET", "/contributions/BridgeKey:g-1", "").statusCode()).isEqualTo(404);
        HttpResponse<String> given = call("POST", "/contributions", gift.formatted(ADA, "12.50"));
        assertThat(given.statusCode()).isEqualTo(201);
        assertThat(get("/contributions/BridgeKey:g-1").path("contributionId").asText())
                .isEqualTo(given.body());
        call("POST", "/contributions", gift.formatted(ADA, "12.50"));
        assertThat(sandbox.keys("Contributions", false)).hasSize(2);
        assertThat(call("POST", "/contributions", gift.formatted(ADA, "1000000"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aDroppedColumnIsAcceptedAndStaysAsItIs() throws IOException {
        sandbox.switches().set(Map.of("dropped", "FirstName"));
        assertThat(call("POST", "/people/" + ADA, "{\"firstName\":\"Adah\",\"lastName\":\"Neu\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(values(ADA)).containsEntry("FirstName", "Ada").containsEntry("LastName", "Neu");
    }

    @ParameterizedTest
    @CsvSource({
        "not-found, 404, false",
        "survivor, 200, false",
        "flagged, 200, true",
        "unmarked, 200, true",
    })
    void whoWasMergedAnswersAsTheSwitchStands(String position, int status, boolean self) throws IOException {
        sandbox.switches().set(Map.of("inactive-people", position));
        sandbox.merge(ADA, BO);
        HttpResponse<String> answer = call("GET", "/people/" + ADA, "");
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 200) {
            JsonNode person = SandboxCaller.json(answer);
            assertThat(person.path("vanId").asLong()).isEqualTo(self ? ADA : BO);
            assertThat(person.has("isSuppressed")).isEqualTo(position.equals("flagged"));
        }
    }

    @Test
    void whoWasSuppressedHasNoSurvivor() throws IOException {
        sandbox.switches().set(Map.of("inactive-people", "survivor"));
        sandbox.suppress(ADA);
        assertThat(call("GET", "/people/" + ADA, "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"replaced, false", "kept, true"})
    void aWrittenAddressReplacesTheFormerOneOrKeepsItsOtherParts(String position, boolean kept) throws IOException {
        sandbox.switches().set(Map.of("address-parts", position));
        call("POST", "/people/" + ADA, "{\"addresses\":[{\"city\":\"Testville\"}]}");
        assertThat(values(ADA)).containsEntry("City", "Testville");
        assertThat(values(ADA).containsKey("StreetAddress")).isEqualTo(kept);
    }

    @Test
    void aRefusalQuotesTheValueWhereItIsToldTo() throws IOException {
        String body = "{\"firstName\":\"" + "x".repeat(201) + "\"}";
        assertThat(call("POST", "/people/" + ADA, body).body()).doesNotContain("xxx");
        sandbox.switches().set(Map.of("refusals-quote", "true"));
        assertThat(call("POST", "/people/" + ADA, body).body()).contains("xxx");
    }

    @Test
    void aCustomFieldIsRefusedInAnotherGroup() throws IOException {
        String body =
                "{\"customFieldValues\":[{\"customFieldId\":311,\"customFieldGroupId\":43,\"assignedValue\":\"2\"}]}";
        assertThat(call("POST", "/people/" + ADA, body).statusCode()).isEqualTo(400);
    }

    @Test
    void aKeyWithoutTheRightToPeopleIsForbidden() throws IOException {
        sandbox.switches().set(Map.of("forbidden", "People"));
        assertThat(call("GET", "/people/" + ADA, "").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> call(String method, String path, String body) throws IOException {
        return caller.send(sandbox.user(), method, sandbox.baseUrl() + path, body);
    }

    private JsonNode get(String path) throws IOException {
        HttpResponse<String> answer = caller.get(sandbox.user(), sandbox.baseUrl() + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return SandboxCaller.json(answer);
    }

    private Map<String, String> values(long id) {
        return sandbox.record("Contacts", id).orElseThrow();
    }
}
