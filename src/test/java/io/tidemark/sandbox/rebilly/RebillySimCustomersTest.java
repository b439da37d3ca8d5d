package io.tidemark.sandbox.rebilly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.MovableClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RebillySimCustomersTest {
    private static final String ADA = """
            {"primaryAddress":{"firstName":"Ada","lastName":"Example","country":"US",
            "emails":[{"label":"main","value":"Ada@Example.org","primary":true}]},"locale":"en-US"}""";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final RebillySandbox sandbox =
            RebillySandbox.start(RebillySandbox.Options.standard().clock(clock).data(17, 3));
    private final RebillyCaller caller = new RebillyCaller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aCustomerIsMadeUnderAnIdOfTheClientsOwnAndOnlyOnce() throws IOException {
        HttpResponse<String> made = caller.call("PUT", "/customers/my-1", ADA);
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode customer = RebillyCaller.json(made);
        assertThat(customer.path("id").asText()).isEqualTo("my-1");
        assertThat(customer.path("revision").asInt()).isEqualTo(1);
        assertThat(customer.path("email").asText()).isEqualTo("ada@example.org");
        assertThat(customer.path("firstName").asText()).isEqualTo("Ada");
        assertThat(customer.path("organizationId").asText()).isEqualTo("org_sandbox01");
        assertThat(customer.path("websiteId").isTextual()).isTrue();
        assertThat(customer.path("notificationEmails").isArray()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        HttpResponse<String> again = caller.call("PUT", "/organizations/org_sandbox01/customers/my-1", ADA);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(RebillyCaller.json(again).path("revision").asInt()).isEqualTo(2);
        assertThat(RebillyCaller.json(again).path("updatedTime").asText()).isEqualTo("2026-03-02T12:01:00Z");
        assertThat(RebillyCaller.json(again).path("createdTime").asText()).isEqualTo("2026-03-02T12:00:00Z");
    }

    @Test
    void aPostMakesACustomerEachTime() throws IOException {
        assertThat(caller.call("POST", "/customers", ADA).statusCode()).isEqualTo(201);
        HttpResponse<String> second = caller.call("POST", "/customers", ADA);
        assertThat(second.headers().firstValue("Location"))
                .hasValue(sandbox.baseUrl() + "/customers/"
                        + RebillyCaller.json(second).path("id").asText());
        assertThat(sandbox.keys("customers")).hasSize(5);
        assertThat(caller.call(
                                "PATCH",
                                "/customers/" + sandbox.keys("customers").get(0),
                                "{}")
                        .statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({"cleared,false", "kept,true"})
    void whatAPutLeavesOutIsClearedOrKept(String reading, boolean kept) throws IOException {
        sandbox.switches().set(Map.of("omitted-fields", reading));
        caller.call("PUT", "/customers/my-1", ADA);
        caller.call("PUT", "/customers/my-1", "{\"primaryAddress\":{\"city\":\"X\"}}");
        Map<String, String> record = sandbox.record("customers", "my-1").orElseThrow();
        assertThat(record).containsEntry("primaryAddress/city", "X");
        assertThat(record.containsKey("locale")).isEqualTo(kept);
        assertThat(record.containsKey("primaryAddress/firstName")).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"new-revision,2", "nothing,1"})
    void aPutThatChangesNothingMakesARevisionOrNone(String reading, int revision) throws IOException {
        sandbox.switches().set(Map.of("equal-put", reading, "normalises", "false"));
        caller.call("PUT", "/customers/my-1", ADA);
        JsonNode again = caller.json("PUT", "/customers/my-1", ADA);
        assertThat(again.path("revision").asInt()).isEqualTo(revision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"email":"a@b.org"}                                   | email
            {"revision":4}                                        | revision
            {"tags":[]}                                           | tags
            {"nickname":"x"}                                      | nickname
            {"primaryAddress":{"firstName":""}}                   | primaryAddress.firstName
            {"primaryAddress":{"firstName":"a\uD83D\uDE00"}}      | primaryAddress.firstName
            {"primaryAddress":{"city":"1234567890123456789012345678901234567890123456"}} | primaryAddress.city
            {"primaryAddress":{"country":"us"}}                   | primaryAddress.country
            {"primaryAddress":{"postalCode":"12345678901"}}       | primaryAddress.postalCode
            {"primaryAddress":{"postalCode":"12/34"}}             | primaryAddress.postalCode
            {"primaryAddress":{"dob":"1.2.1990"}}                 | primaryAddress.dob
            {"primaryAddress":{"hash":"x"}}                       | primaryAddress.hash
            {"primaryAddress":{"emails":[{"label":"m","value":"x"}]}} | primaryAddress.emails.0.value
            {"primaryAddress":{"phoneNumbers":[{"value":"1"}]}}   | primaryAddress.phoneNumbers.0.label
            {"customFields":{"unheardOf":"x"}}                    | customFields.unheardOf
            {"customFields":{"visits":"x"}}                       | customFields.visits
            {"notificationEmails":["x"]}                          | notificationEmails.0
            {"notificationEmails":null}                           | notificationEmails
            {"websiteId":null}                                    | websiteId
            """)
    void whatIsNotValidIsRefusedWithTheNameOfTheField(String body, String field) throws IOException {
        HttpResponse<String> refused = caller.call("PUT", "/customers/my-1", body);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(RebillyCaller.json(refused)
                        .path("invalidFields")
                        .path(0)
                        .path("field")
                        .asText())
                .isEqualTo(field);
        assertThat(sandbox.record("customers", "my-1")).isEmpty();
    }

    @Test
    void readOnlyFieldsCanBeIgnoredInsteadAndRefusalsCanQuote() throws IOException {
        sandbox.switches().set(Map.of("read-only-fields", "ignored", "refusals-quote", "true"));
        assertThat(caller.json("PUT", "/customers/my-1", "{\"email\":\"a@b.org\"}")
                        .path("email")
                        .isNull())
                .isTrue();
        assertThat(caller.call("PUT", "/customers/my-1", "{\"locale\":\"\"}").body())
                .contains("is not valid: ");
    }

    @Test
    void customersAreListedFilteredAndSortedByTheTimeOfTheirChange() throws IOException {
        String first = sandbox.keys("customers").get(0);
        clock.advance(Duration.ofMinutes(1));
        sandbox.edit("customers", first, Map.of("primaryAddress/city", "X"));
        HttpResponse<String> page =
                caller.get("/customers?filter=updatedTime:2026-03-02T12:01:00Z..&sort=updatedTime&limit=10");
        assertThat(RebillyCaller.json(page).findValuesAsText("id")).containsExactly(first);
        assertThat(page.headers().firstValue("Pagination-Total")).hasValue("1");
        assertThat(caller.json("GET", "/customers?sort=-updatedTime&limit=1", "")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(first);
        assertThat(caller.json("GET", "/customers/" + first + "?fields=primaryAddress/city", "")
                        .toString())
                .isEqualTo("{\"id\":\"" + first + "\",\"primaryAddress\":{\"city\":\"X\"}}");
        sandbox.switches().set(Map.of("list-by-time", "refused"));
        assertThat(caller.get("/customers?filter=updatedTime:2026-03-02T12:01:00Z..")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aMergeLeavesTheSurvivorAndNoPointer() throws IOException {
        String duplicate = sandbox.keys("customers").get(0);
        String survivor = sandbox.keys("customers").get(1);
        assertThat(caller.call("DELETE", "/customers/" + duplicate, "").statusCode())
                .isEqualTo(422);
        assertThat(caller.call("DELETE", "/customers/" + duplicate + "?targetCustomerId=" + survivor, "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(caller.get("/customers/" + duplicate).statusCode()).isEqualTo(404);
        assertThat(caller.get("/customers/" + survivor).statusCode()).isEqualTo(200);
    }

    @Test
    void customFieldsAreListedWithTheirTypes() throws IOException {
        sandbox.defineCustomField("shoeSize", "integer");
        JsonNode all = caller.json("GET", "/organizations/org_sandbox01/custom-fields/customers", "");
        assertThat(all.findValuesAsText("name")).contains("shoeSize", "bridgeKey");
        assertThat(caller.json("GET", "/custom-fields/transactions", "")).isEmpty();
        assertThat(caller.get("/custom-fields/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers", "custom-fields"})
    void aKeyMayLackTheRightToRead(String right) throws IOException {
        sandbox.switches().set(Map.of("forbidden", right));
        assertThat(caller.get(right.equals("customers") ? "/customers" : "/custom-fields/customers")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aKeyMayLackTheRightToWriteAndSomeFieldsMayBeDroppedSilently() throws IOException {
        sandbox.switches().set(Map.of("dropped", "locale"));
        assertThat(caller.json("PUT", "/customers/my-1", ADA).path("locale").isNull())
                .isTrue();
        sandbox.switches().set(Map.of("forbidden", "customers-write"));
        assertThat(caller.call("PUT", "/customers/my-1", ADA).statusCode()).isEqualTo(403);
        assertThat(caller.get("/customers/my-1").statusCode()).isEqualTo(200);
    }

    @Test
    void somebodyAtTheScreenEditsRecordsAndEachStateIsKept() {
        String id = sandbox.put("customers", Map.of("email", "x@y.org", "customFields/visits", "3"));
        clock.advance(Duration.ofMinutes(1));
        sandbox.edit("customers", id, Map.of("email", "", "primaryAddress/city", "X"));
        assertThat(sandbox.versions("customers", id)).hasSize(2);
        assertThat(sandbox.versions("customers", id).get(0)).containsEntry("email", "x@y.org");
        assertThat(sandbox.record("customers", id).orElseThrow())
                .doesNotContainKey("email")
                .containsEntry("primaryAddress/city", "X")
                .containsEntry("revision", "2")
                .containsEntry("updatedTime", "2026-03-02T12:01:00Z");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> sandbox.edit("customers", "nobody", Map.of()))
                .withMessage("customers has no record nobody");

        sandbox.remove("customers", id);
        assertThat(sandbox.keys("customers")).doesNotContain(id);
        assertThat(sandbox.removedKeys("customers")).containsExactly(id);
        assertThat(sandbox.versions("customers", id)).hasSize(2);
    }

    @Test
    void theControlEditsFromOutsideAndTheDescriptionSaysWhatToConfigure() throws IOException {
        String id = sandbox.keys("customers").get(0);
        assertThat(caller.call(
                                "POST",
                                "/sandbox/edits",
                                "{\"id\":\"" + id + "\",\"changes\":{\"primaryAddress/city\":\"Y\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.record("customers", id).orElseThrow()).containsEntry("primaryAddress/city", "Y");
        assertThat(caller.get("/sandbox/records/customers").body()).contains(id);
        assertThat(caller.get("/sandbox/records/nothing").statusCode()).isEqualTo(404);
        assertThat(sandbox.options()).containsEntry("api-key", sandbox.user().key());
    }
}
