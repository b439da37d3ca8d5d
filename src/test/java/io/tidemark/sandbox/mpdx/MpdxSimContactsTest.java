package io.tidemark.sandbox.mpdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MpdxSimContactsTest {
    private static final String LIST = ApiUser.FIRST_LIST;
    private static final String ADA = "0c000000-0000-4000-8000-0000000000a1";
    private static final String BO = "0c000000-0000-4000-8000-0000000000b1";
    private static final String PERSON = "0e000000-0000-4000-8000-0000000000a1";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00.700Z");

    private final MovableClock clock = new MovableClock(START);
    private final MpdxSandbox sandbox =
            MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock).data(1, 0));
    private final MpdxCaller caller = new MpdxCaller(sandbox);

    @BeforeEach
    void fill() {
        sandbox.put("contacts", ADA, LIST, Map.of("name", "Example, Ada", "status", "Partner - Pray"));
        sandbox.put("people", PERSON, ADA, Map.of("first_name", "Ada"));
        clock.advance(Duration.ofDays(1));
        sandbox.put("contacts", BO, LIST, Map.of("name", "Muster, Bo", "status", "Never Ask"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            2026-03-01..2026-03-02,                                      Example|Muster
            2026-03-01...2026-03-02,                                     Example
            2026-03-01T12:00:00Z..2026-03-02T12:00:00Z,                  Example|Muster
            2026-03-01T12:00:00Z...2026-03-02T12:00:00Z,                 Example
            2026-03-01T12:00:01Z..2026-03-02T11:59:59Z,                  ``
            2026-03-01T14:00:00%2B02:00..2026-03-01T14:00:00%2B02:00,    Example
            2026-03-01T12:00:00.0Z..2026-03-02T12:00:00.0Z,              Example
            2026-03-01T07:00:00-05:00..2026-03-02T07:00:00-05:00,        Example
            2026-03-02T00:00:00Z,                                        Muster
            2026-03-02,                                                  Muster
            """)
    void aRangeThatIsNotWrittenExactlyBecomesItsFirstDay(String range, String names) throws IOException {
        assertThat(names("?filter[status]=active,hidden,null&filter[updated_at]=" + range + "&sort=updated_at"))
                .isEqualTo(names);
    }

    @Test
    void aRangeWithoutADateIsRefused() throws IOException {
        assertThat(caller.get("/contacts?filter[updated_at]=today").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE_AND_NULL, '', Example",
        "ALL, '', Example|Muster",
        "ALL, &filter[status]=hidden, Muster",
        "ACTIVE_AND_NULL, '&filter[status]=active,hidden,null', Example|Muster",
    })
    void withoutAStatusHiddenContactsMayBeLeftOut(Doubts.MissingStatus missing, String filter, String names)
            throws IOException {
        sandbox.switches().set(Doubts.MISSING_STATUS, missing);
        assertThat(names("?sort=name" + filter)).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({
        "ARRAY, filter[ids][]=" + ADA + "&filter[ids][]=" + BO + ", 1",
        "ARRAY, 'filter[ids]=" + ADA + "," + BO + "', 0",
        "COMMA_LIST, 'filter[ids]=" + ADA + "," + BO + "', 1",
        "COMMA_LIST, filter[ids][]=" + ADA + ", 0",
    })
    void idsAreAnArrayOrAList(Doubts.IdsForm form, String filter, int found) throws IOException {
        sandbox.switches().set(Doubts.IDS, form);
        assertThat(caller.get("/contacts?" + filter).statusCode()).isEqualTo(200);
        assertThat(MpdxCaller.json(caller.get("/contacts?" + filter)).path("data"))
                .hasSize(found);
    }

    @Test
    void pagesAreCountedAndSortedByOneFieldOnly() throws IOException {
        JsonNode second = MpdxCaller.json(
                caller.get("/contacts?filter[status]=active,hidden,null&sort=-updated_at&per_page=1&page=2"));
        assertThat(second.path("data").path(0).path("id").asText()).isEqualTo(ADA);
        assertThat(second.path("meta").path("pagination").toString())
                .isEqualTo("{\"page\":2,\"per_page\":1,\"total_count\":2,\"total_pages\":2}");
        assertThat(caller.get("/contacts?sort=name,updated_at").statusCode()).isEqualTo(400);
        sandbox.switches().set(Doubts.LARGEST_PAGE, 1);
        assertThat(names("?filter[status]=active,hidden,null&sort=name&per_page=100"))
                .isEqualTo("Example");
    }

    @Test
    void documentsShowChildrenWhereAskedForAndTimesInWholeSeconds() throws IOException {
        sandbox.put("addresses", ADA, Map.of("street", "1 Sample St"));
        sandbox.put("email_addresses", PERSON, Map.of("email", "ada@example.org"));
        JsonNode document =
                MpdxCaller.json(caller.get("/contacts/" + ADA + "?include=addresses,people.email_addresses"));
        assertThat(document.path("data")
                        .path("attributes")
                        .path("updated_in_db_at")
                        .asText())
                .isEqualTo("2026-03-02T12:00:00Z");
        assertThat(document.path("data")
                        .path("relationships")
                        .path("account_list")
                        .path("data")
                        .path("id")
                        .asText())
                .isEqualTo(LIST);
        List<String> types = new ArrayList<>();
        document.path("included").forEach(each -> types.add(each.path("type").asText()));
        assertThat(types).containsExactly("addresses", "people", "email_addresses");
        assertThat(MpdxCaller.json(caller.get("/contacts/" + ADA + "?fields[contacts]=name"))
                        .path("data")
                        .path("attributes"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmailAddressMovesItsPersonAndPerhapsTheContact(boolean contactToo) throws IOException {
        sandbox.switches().set(Doubts.EMAIL_TOUCHES_CONTACT, contactToo);
        String email = sandbox.put("email_addresses", PERSON, Map.of("email", "ada@example.org"));
        clock.advance(Duration.ofHours(1));
        String before = updatedAt("contacts", ADA);
        sandbox.edit("email_addresses", email, Map.of("email", "new@example.org"));
        assertThat(updatedAt("people", PERSON)).isEqualTo("2026-03-02T13:00:00Z");
        assertThat(updatedAt("contacts", ADA)).isEqualTo(contactToo ? "2026-03-02T13:00:00Z" : before);
    }

    @Test
    void anAddressAndTheComingOfAPersonMoveTheContactAndAChangeOfAPersonDoesNot() {
        sandbox.put("addresses", ADA, Map.of("street", "1 Sample St"));
        assertThat(updatedAt("contacts", ADA)).isEqualTo("2026-03-02T12:00:00Z");
        clock.advance(Duration.ofHours(1));
        sandbox.edit("people", PERSON, Map.of("first_name", "Adah"));
        assertThat(updatedAt("contacts", ADA)).isEqualTo("2026-03-02T12:00:00Z");
        sandbox.put("people", ADA, Map.of("first_name", "Cy"));
        assertThat(updatedAt("contacts", ADA)).isEqualTo("2026-03-02T13:00:00Z");
    }

    @Test
    void anUpdateNeedsTheTimeOfTheVersionItWasMadeFrom() throws IOException {
        assertThat(put("{}").statusCode()).isEqualTo(400);
        HttpResponse<String> stale = put("{\"greeting\":\"A\",\"updated_in_db_at\":\"2026-02-01T12:00:00Z\"}");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(MpdxCaller.json(stale)
                        .path("errors")
                        .path(0)
                        .path("meta")
                        .path("updated_in_db_at")
                        .asText())
                .isEqualTo("2026-03-01T12:00:00Z");
        assertThat(put("{\"greeting\":\"A\",\"updated_in_db_at\":\"2026-03-01T14:00:00+02:00\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(put("{\"greeting\":\"B\",\"overwrite\":true}").statusCode()).isEqualTo(200);
        sandbox.switches().set(Doubts.LOCK, Doubts.Lock.IGNORED);
        assertThat(put("{\"greeting\":\"C\"}").statusCode()).isEqualTo(200);
        assertThat(sandbox.record("contacts", ADA).orElseThrow())
                .containsEntry("greeting", "C")
                .containsEntry("updated_at", "2026-03-02T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"data":{"id":"@","type":"people","attributes":{}}}                               | 409
            {"data":{"id":"@","attributes":{}}}                                               | 409
            {"data":{"id":"other","type":"contacts","attributes":{"overwrite":true}}}         | 409
            {"data":{"id":"@","type":"contacts","attributes":{"id":"x","overwrite":true}}}    | 409
            {"data":{"id":"@","type":"contacts","attributes":{"church_id":1,"overwrite":true}}} | 409
            {"data":{"id":"@","type":"contacts","attributes":{"status":"Nope","overwrite":true}}} | 400
            {"data":{"id":"@","type":"contacts","attributes":{"name":null,"overwrite":true}}} | 400
            {"data":{"id":"@","type":"contacts","attributes":{"pledge_amount":"x","overwrite":true}}} | 400
            nonsense                                                                          | 400
            """)
    void whatIsMisplacedOrInvalidIsRefused(String body, int status) throws IOException {
        assertThat(caller.call("PUT", "/contacts/" + ADA, body.replace("@", ADA))
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Doubts.SecondCreation.class)
    void aClientMayChooseTheKeyOfWhatItCreates(Doubts.SecondCreation second) throws IOException {
        sandbox.switches().set(Doubts.SECOND_CREATION, second);
        String id = "0c000000-0000-4000-8000-0000000000c1";
        String body = """
                {"data":{"id":"%s","type":"contacts","attributes":{"name":"Probe, Cy"},
                 "relationships":{"account_list":{"data":{"id":"%s","type":"account_lists"}}}}}""".formatted(id, LIST);
        sandbox.faults().next("POST /api/v2/contacts", Fault.answerLost());
        assertThatIOException().isThrownBy(() -> caller.call("POST", "/contacts", body));
        HttpResponse<String> again = caller.call("POST", "/contacts", body);
        assertThat(again.statusCode()).isEqualTo(second == Doubts.SecondCreation.CONFLICT ? 409 : 200);
        assertThat(sandbox.keys("contacts")).containsExactly(ADA, BO, id);
        assertThat(sandbox.children("people", id)).hasSize(1);
    }

    @Test
    void aDefaultPersonComesUnlessNobodyWantsOne() throws IOException {
        HttpResponse<String> made = caller.call("POST", "/contacts", """
                {"data":{"type":"contacts","attributes":{"name":"Probe","create_default_person":false},
                 "relationships":{"account_list":{"data":{"id":"%s","type":"account_lists"}}}}}""".formatted(LIST));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(sandbox.keys("people")).containsExactly(PERSON);
    }

    @Test
    void childrenHaveTheirOwnAddressesAndVersions() throws IOException {
        String emails = "/contacts/" + ADA + "/people/" + PERSON + "/email_addresses";
        HttpResponse<String> made = caller.call(
                "POST",
                emails,
                "{\"data\":{\"type\":\"email_addresses\",\"attributes\":{\"email\":\"Ada@Example.org\",\"primary\":true}}}");
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode email = MpdxCaller.json(made).path("data");
        assertThat(email.path("attributes").path("email").asText()).isEqualTo("ada@example.org");
        assertThat(email.path("attributes").path("source").asText()).isEqualTo("MPDX");
        String one = emails + "/" + email.path("id").asText();
        String change = "{\"data\":{\"type\":\"email_addresses\",\"attributes\":{\"historic\":true%s}}}";
        assertThat(caller.call("PUT", one, change.formatted("")).statusCode()).isEqualTo(400);
        assertThat(caller.call("PATCH", one, change.formatted(",\"updated_in_db_at\":\"2026-03-02T12:00:00Z\""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.call("DELETE", one, "").statusCode()).isEqualTo(204);
        assertThat(caller.get(one).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(Doubts.ForeignSource.class)
    void anEmailAddressThatAnotherSystemBroughtStays(Doubts.ForeignSource foreign) throws IOException {
        sandbox.switches().set(Doubts.FOREIGN_SOURCE, foreign);
        String email = sandbox.put("email_addresses", PERSON, Map.of("email", "ada@example.org", "source", "Siebel"));
        HttpResponse<String> answer = caller.call(
                "PUT",
                "/contacts/" + ADA + "/people/" + PERSON + "/email_addresses/" + email,
                "{\"data\":{\"type\":\"email_addresses\",\"attributes\":{\"email\":\"b@example.org\",\"overwrite\":true}}}");
        assertThat(answer.statusCode()).isEqualTo(foreign == Doubts.ForeignSource.REFUSED ? 400 : 200);
        assertThat(sandbox.record("email_addresses", email).orElseThrow()).containsEntry("email", "ada@example.org");
    }

    @Test
    void onlyOneChildIsMarkedAsTheFirst() {
        String first = sandbox.put("phone_numbers", PERSON, Map.of("number", "1", "primary", "true"));
        String second = sandbox.put("phone_numbers", PERSON, Map.of("number", "2", "primary", "true"));
        assertThat(sandbox.children("phone_numbers", PERSON)).containsExactly(second, first);
        assertThat(sandbox.record("phone_numbers", first).orElseThrow()).containsEntry("primary", "false");
    }

    @Test
    void peopleAreListedAcrossContactsWithTheContactsTheyBelongTo() throws IOException {
        sandbox.link(PERSON, List.of(ADA, BO));
        JsonNode person = MpdxCaller.json(
                        caller.get("/contacts/people?filter[updated_at]=2026-03-02T12:00:00Z..2026-03-02T12:00:00Z"))
                .path("data")
                .path(0);
        assertThat(person.path("attributes").path("parent_contacts").toString())
                .isEqualTo("[\"" + ADA + "\",\"" + BO + "\"]");
    }

    @Test
    void bulkAnswersItemByItemAndPassesOverWhatItDoesNotKnow() throws IOException {
        String item = "{\"data\":{\"id\":\"%s\",\"type\":\"contacts\",\"attributes\":{\"greeting\":\"G\"%s}}}";
        String locked = item.formatted(ADA, ",\"updated_in_db_at\":\"2026-03-01T12:00:00Z\"");
        HttpResponse<String> answer = caller.call(
                "PUT",
                "/contacts/bulk",
                "{\"data\":[" + locked + "," + item.formatted(BO, "") + "," + item.formatted("nobody", "") + "]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode items = MpdxCaller.json(answer);
        assertThat(items).hasSize(2);
        assertThat(items.path(0).path("data").path("id").asText()).isEqualTo(ADA);
        assertThat(items.path(1).path("errors").path(0).path("status").asText()).isEqualTo("400");
        assertThat(caller.call("PUT", "/contacts/bulk", "{\"data\":[" + item.formatted("nobody", "") + "]}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBulkCallMayTakeFewerAndWrapItsAnswers() throws IOException {
        String item = "{\"data\":{\"id\":\"%s\",\"type\":\"contacts\",\"attributes\":{\"greeting\":\"G\","
                + "\"overwrite\":true}}}";
        String two = "{\"data\":[" + item.formatted(ADA) + "," + item.formatted(BO) + "]}";
        sandbox.switches().set(Doubts.BULK_MOST, 1);
        assertThat(caller.call("PUT", "/contacts/bulk", two).statusCode()).isEqualTo(400);
        assertThat(sandbox.record("contacts", ADA).orElseThrow()).doesNotContainKey("greeting");
        sandbox.switches().set(Doubts.BULK_MOST, 2);
        sandbox.switches().set(Doubts.BULK_ENVELOPE, Doubts.BulkEnvelope.DATA);
        assertThat(MpdxCaller.json(caller.call("PUT", "/contacts/bulk", two)).path("data"))
                .hasSize(2);
        assertThat(sandbox.record("contacts", BO).orElseThrow()).containsEntry("greeting", "G");
    }

    @Test
    void aBatchHasAtMostAHundredRequestsAndNoBulkCall() throws IOException {
        String one = "{\"method\":\"GET\",\"path\":\"api/v2/contacts/" + ADA + "\"}";
        HttpResponse<String> answer = caller.call("POST", "/batch", "{\"requests\":[" + one + "]}");
        assertThat(MpdxCaller.json(answer).path(0).path("status").asInt()).isEqualTo(200);
        String many = String.join(",", java.util.Collections.nCopies(101, one));
        assertThat(caller.call("POST", "/batch", "{\"requests\":[" + many + "]}")
                        .statusCode())
                .isEqualTo(429);
        String bulk = "{\"method\":\"PUT\",\"path\":\"/api/v2/contacts/bulk\",\"body\":\"{}\"}";
        assertThat(caller.call("POST", "/batch", "{\"requests\":[" + bulk + "]}")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"DAY, 2026-03-02T00:00:00Z", "SECOND, 2026-03-02T12:00:00Z"})
    void aDeletedContactIsInTheFeedWithItsDayOrItsSecond(Doubts.DeletedAt precision, String shown) throws IOException {
        sandbox.switches().set(Doubts.DELETED_AT, precision);
        assertThat(caller.call("DELETE", "/contacts/" + ADA, "").statusCode()).isEqualTo(204);
        JsonNode feed = MpdxCaller.json(caller.get(
                "/deleted_records?filter[since_date]=2026-03-02&filter[types]=Contact&filter[account_list_id]="
                        + LIST));
        JsonNode attributes = feed.path("data").path(0).path("attributes");
        assertThat(attributes.path("deletable_id").asText()).isEqualTo(ADA);
        assertThat(attributes.path("deleted_at").asText()).isEqualTo(shown);
        assertThat(feed.path("meta").path("pagination").path("total_count").asInt())
                .isEqualTo(1);
        assertThat(MpdxCaller.json(caller.get("/deleted_records?filter[since_date]=2026-03-04"))
                        .path("data"))
                .isEmpty();
        assertThat(sandbox.keys("people")).isEmpty();
    }

    @Test
    void aMergeFillsTheBlanksOfTheWinnerAndDeletesTheLoser() throws IOException {
        sandbox.edit("contacts", ADA, Map.of("tag_list", "north", "notes", "one"));
        sandbox.edit("contacts", BO, Map.of("tag_list", "vip", "notes", "two", "greeting", "Bo"));
        HttpResponse<String> merged = caller.call(
                "POST",
                "/contacts/merges",
                "{\"data\":{\"type\":\"contacts\",\"attributes\":{\"winner_id\":\"" + ADA + "\",\"loser_id\":\"" + BO
                        + "\"}}}");
        assertThat(merged.statusCode()).isEqualTo(200);
        assertThat(sandbox.record("contacts", ADA).orElseThrow())
                .containsEntry("status", "Partner - Pray")
                .containsEntry("greeting", "Bo")
                .containsEntry("tag_list", "north,vip")
                .containsEntry("notes", "one\ntwo");
        assertThat(sandbox.record("contacts", BO)).isEmpty();
    }

    @Test
    void tokensEndAndOnlyTheRightMediaTypesPass() throws IOException {
        assertThat(caller.send(caller.to("/user")).statusCode()).isEqualTo(401);
        assertThat(caller.send(caller.signed("/user").header("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(406);
        assertThat(caller.send(caller.signed("/contacts").POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(caller.get("/user").statusCode()).isEqualTo(200);
        assertThat(caller.get("/contacts?access_token=" + sandbox.token()).statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofDays(31));
        assertThat(caller.get("/user").statusCode()).isEqualTo(401);
    }

    @Test
    void nobodySeesTheContactsOfAnotherAccountList() throws IOException {
        String other = sandbox.put("contacts", ApiUser.SECOND_LIST, Map.of("name", "Other"));
        assertThat(caller.get("/contacts/" + other).statusCode()).isEqualTo(403);
        assertThat(caller.get("/contacts?filter[account_list_id]=" + ApiUser.SECOND_LIST)
                        .statusCode())
                .isEqualTo(403);
        assertThat(names("?filter[status]=active,hidden,null&sort=name")).isEqualTo("Example|Muster");
    }

    @Test
    void tooManyRequestsAreToldHowLongToWait() throws IOException {
        sandbox.switches().set(Doubts.REQUESTS_PER_MINUTE, 1);
        assertThat(caller.get("/user").statusCode()).isEqualTo(200);
        HttpResponse<String> busy = caller.get("/user");
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).hasValue("59");
    }

    @Test
    void aLongGetMayComeAsAPost() throws IOException {
        HttpResponse<String> answer = caller.send(caller.signed("/contacts")
                .header("Content-Type", "application/vnd.api+json")
                .header("X-HTTP-Method-Override", "GET")
                .POST(HttpRequest.BodyPublishers.ofString("{\"filter\":{\"ids\":[\"" + ADA + "\"]}}")));
        assertThat(MpdxCaller.json(answer).path("data")).hasSize(1);
    }

    @Test
    void recordsThatSortAlikeMayComeInAnotherOrderEachTime() throws IOException {
        sandbox.switches().set(Doubts.SHUFFLED_TIES, true);
        for (int count = 0; count < 30; count++) {
            sandbox.put("contacts", LIST, Map.of("name", "Same"));
        }
        assertThat(caller.get("/contacts?sort=name&per_page=50").body())
                .isNotEqualTo(caller.get("/contacts?sort=name&per_page=50").body());
    }

    @Test
    void valueListsAndAccountsCanBeAskedFor() throws IOException {
        assertThat(caller.get("/constants").body()).contains("Partner - Pray", "Every 2 Weeks");
        assertThat(caller.get("/account_lists").body()).contains(LIST);
        assertThat(caller.get("/contacts/filters").body()).contains("newsletter");
    }

    @Test
    void eachStateOfARecordIsKeptAlsoWhenItIsDeleted() {
        String home = sandbox.put("addresses", ADA, Map.of("city", "Before"));
        sandbox.edit("addresses", home, Map.of("city", "After"));
        sandbox.edit("contacts", ADA, Map.of("greeting", "Ada"));
        sandbox.remove("contacts", ADA);

        assertThat(sandbox.keys("contacts")).containsExactly(BO);
        assertThat(sandbox.everyKey("contacts")).containsExactly(ADA, BO);
        assertThat(sandbox.everyChild("addresses", ADA)).containsExactly(home);
        assertThat(sandbox.versions(home))
                .extracting(values -> values.get("city"))
                .containsExactly("Before", "After");
        List<Map<String, String>> states = sandbox.versions(ADA);
        assertThat(states.get(0)).doesNotContainKey("greeting");
        assertThat(states.get(states.size() - 1)).containsEntry("greeting", "Ada");
    }

    private HttpResponse<String> put(String attributes) throws IOException {
        return caller.call(
                "PUT",
                "/contacts/" + ADA,
                "{\"data\":{\"id\":\"" + ADA + "\",\"type\":\"contacts\",\"attributes\":" + attributes + "}}");
    }

    private String updatedAt(String type, String id) {
        return sandbox.record(type, id).orElseThrow().getOrDefault("updated_at", "");
    }

    /** The last names of the contacts found. */
    private String names(String query) throws IOException {
        HttpResponse<String> answer = caller.get("/contacts" + query);
        List<String> names = new ArrayList<>();
        MpdxCaller.json(answer)
                .path("data")
                .forEach(contact -> names.add(
                        contact.path("attributes").path("name").asText().split(",", 2)[0]));
        return String.join("|", names);
    }
}
