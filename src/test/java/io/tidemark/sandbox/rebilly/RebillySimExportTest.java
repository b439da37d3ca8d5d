package io.tidemark.sandbox.rebilly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.MovableClock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RebillySimExportTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final String EXPORTS = "/organizations/org_sandbox01/experimental/data-exports";

    private final MovableClock clock = new MovableClock(START);
    private final RebillySandbox sandbox =
            RebillySandbox.start(RebillySandbox.Options.standard().clock(clock).data(17, 0));
    private final RebillyCaller caller = new RebillyCaller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void anExportGoesThroughItsStatesAndItsFileHoldsTheRecords() throws IOException {
        String id = customer(Map.of("firstName", "Ada", "lastName", "Example, \"Jr.\"\nof Löwen", "email", "a@b.org"));
        HttpResponse<String> answer = caller.call("POST", EXPORTS, order("\"fields\":[\"id\",\"email\",\"lastName\"]"));
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode created = RebillyCaller.json(answer);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue(sandbox.baseUrl() + EXPORTS + "/" + created.path("id").asText());
        assertThat(created.path("status").asText()).isEqualTo("pending");
        assertThat(created.path("fileId").isNull()).isTrue();
        assertThat(created.has("recordCount")).isFalse();
        assertThat(rels(created)).containsExactly("self", "user");
        List<String> states = new ArrayList<>();
        JsonNode last = created;
        for (int poll = 0; poll < 4; poll++) {
            last = poll(created);
            states.add(last.path("status").asText());
        }
        assertThat(states).containsExactly("pending", "queued", "processing", "completed");
        assertThat(last.path("recordCount").asInt()).isEqualTo(1);
        assertThat(last.path("failureReason").isNull()).isTrue();
        assertThat(rels(last)).containsExactly("self", "user", "download", "signedLink");
        assertThat(caller.get(link(last, "download")).body())
                .isEqualTo("id,email,lastName\n" + id + ",a@b.org,\"Example, \"\"Jr.\"\"\nof Löwen\"\n");
    }

    @ParameterizedTest
    @CsvSource({
        "plain,/data-exports",
        "organization-experimental,/organizations/org_sandbox01/experimental/data-exports",
        "experimental,/experimental/data-exports",
        "experimental-organization,/experimental/organizations/org_sandbox01/data-exports",
    })
    void eachOfTheFourPathsIsThereWithAndWithoutALastSlash(String form, String path) throws IOException {
        set("path-form", form);
        for (String slash : List.of("", "/")) {
            JsonNode created = caller.json("POST", path + slash, order(""));
            assertThat(caller.get(path + "/" + created.path("id").asText() + slash)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(caller.json("GET", path, "")).hasSize(2);
        String other = path.equals("/data-exports") ? EXPORTS : "/data-exports";
        assertThat(caller.get(other).statusCode()).isEqualTo(404);
    }

    @Test
    void aKeyOrATokenIsWantedAndOnlyForItsOwnOrganisation() throws IOException {
        assertThat(caller.text(caller.plain(EXPORTS)).statusCode()).isEqualTo(401);
        assertThat(caller.text(caller.plain(EXPORTS).header("REB-APIKEY", "sk_wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(caller.text(caller.plain(EXPORTS)
                                .header(
                                        "Authorization",
                                        "Bearer " + sandbox.user().token()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.get("/organizations/org_other/experimental/data-exports")
                        .statusCode())
                .isEqualTo(403);
        sandbox.switches().set(Map.of("forbidden", "data-exports"));
        assertThat(caller.get(EXPORTS).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"format":"csv","resource":"customers"}                              | name
            {"name":"n","resource":"customers"}                                  | format
            {"name":"n","format":"csv"}                                          | resource
            {"name":"n","format":"csv","resource":"nothing"}                     | resource
            {"name":"n","format":"pdf","resource":"customers"}                   | format
            {"name":"n","format":"xml","resource":"users"}                       | format
            {"name":"123456789012345678901234567890123456789012345678901","format":"csv","resource":"users"} | name
            {"name":"n","format":"csv","resource":"users","fields":["id","x"]}   | fields.1
            {"name":"n","format":"csv","resource":"users","dateRange":{"end":"now"}}                  | dateRange.start
            {"name":"n","format":"csv","resource":"users","dateRange":{"start":"now"}}                | dateRange.end
            {"name":"n","format":"csv","resource":"users","dateRange":{"start":"soonish","end":"now"}} | dateRange.start
            {"name":"n","format":"csv","resource":"users","dateRange":{"start":"now","end":"now","field":"x"}} | dateRange.field
            {"name":"n","format":"csv","resource":"users","recurring":{}}        | recurring.instruction
            {"name":"n","format":"csv","resource":"users","status":"completed"}  | status
            """)
    void whatIsNotValidIsRefusedWithTheNameOfTheField(String body, String field) throws IOException {
        HttpResponse<String> answer = caller.call("POST", EXPORTS, body);
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode problem = RebillyCaller.json(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(422);
        assertThat(problem.path("invalidFields").path(0).path("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "both-included,1;2;3",
        "start-included,1;2",
        "end-included,2;3",
        "neither-included,2",
    })
    void theEndsOfARangeBelongToItOrNot(String reading, String expected) throws IOException {
        set("bounds", reading);
        for (int minute = 0; minute < 3; minute++) {
            customer(Map.of("id", Integer.toString(minute + 1)));
            clock.advance(Duration.ofMinutes(1));
        }
        assertKeys(
                finished("\"dateRange\":{\"start\":\"2026-03-02T12:00:00Z\",\"end\":\"2026-03-02T12:02:00Z\","
                        + "\"field\":\"updatedTime\"}"),
                expected);
    }

    @ParameterizedTest
    @CsvSource({"honoured,1", "ignored,2"})
    void updatedTimeAsTheFieldOfARangeIsHonouredOrIgnored(String reading, String expected) throws IOException {
        set("date-field", reading);
        customer(Map.of("id", "1"));
        clock.advance(Duration.ofHours(1));
        customer(Map.of("id", "2"));
        clock.advance(Duration.ofHours(1));
        sandbox.edit("customers", "1", Map.of("primaryAddress/city", "X"));
        String range = "\"dateRange\":{\"start\":\"2026-03-02T%s:30:00Z\",\"end\":\"now\",\"field\":\"updatedTime\"}";
        assertKeys(finished(range.formatted(reading.equals("honoured") ? "13" : "12")), expected);
    }

    @Test
    void updatedTimeAsTheFieldOfARangeCanBeRefusedAndTransactionsKnowItAlways() throws IOException {
        set("date-field", "refused");
        String range = "\"dateRange\":{\"start\":\"yesterday\",\"end\":\"now\",\"field\":\"updatedTime\"}";
        assertThat(caller.call("POST", EXPORTS, order(range)).statusCode()).isEqualTo(422);
        assertThat(caller.call("POST", EXPORTS, order(range).replace("customers", "transactions"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void withoutAFieldARangeMeansTheTimeOfCreation() throws IOException {
        customer(Map.of("id", "1"));
        clock.advance(Duration.ofDays(2));
        sandbox.edit("customers", "1", Map.of("primaryAddress/city", "X"));
        assertKeys(finished("\"dateRange\":{\"start\":\"-1 day\",\"end\":\"now\"}"), "");
        assertKeys(finished("\"dateRange\":{\"start\":\"3 days ago\",\"end\":\"now\"}"), "1");
    }

    @ParameterizedTest
    @CsvSource({"utc,''", "organisation,1"})
    void relativeDatesAreReadInEitherZone(String reading, String expected) throws IOException {
        set("relative-zone", reading);
        clock.set(Instant.parse("2026-03-02T23:00:00Z"));
        customer(Map.of("id", "1"));
        clock.set(Instant.parse("2026-03-03T02:00:00Z"));
        assertKeys(finished("\"dateRange\":{\"start\":\"today\",\"end\":\"now\"}"), expected);
    }

    @Test
    void filterSearchAndOrderNarrowAnExport() throws IOException {
        customer(Map.of("id", "1", "firstName", "Ada", "locale", "en-US"));
        customer(Map.of("id", "2", "firstName", "Bo", "locale", "fr-FR"));
        customer(Map.of("id", "3", "firstName", "Adam", "locale", "en-US"));
        assertKeys(finished("\"arguments\":{\"filter\":\"locale:en-US,de-DE;id:2..3\"}"), "3");
        assertKeys(finished("\"arguments\":{\"q\":\"ada\",\"sort\":\"-id\"}"), "3;1");
        assertKeys(finished("\"arguments\":{\"filter\":\"id:1,2\"}"), "1;2");
    }

    @ParameterizedTest
    @CsvSource({
        "field-name,'id,lifetimeRevenue/amount'",
        "last-part,'id,amount'",
        "title,'Id,Lifetime Revenue Amount'",
    })
    void columnsAreHeadedInThreeWays(String reading, String header) throws IOException {
        set("csv-header", reading);
        JsonNode done = finished("\"fields\":[\"id\",\"lifetimeRevenue/amount\"]");
        assertThat(text(done)).isEqualTo(header + "\n");
    }

    @ParameterizedTest
    @CsvSource({"iso-z,2026-03-02T12:00:00Z", "iso-offset,2026-03-02T06:00:00-06:00", "local,2026-03-02 12:00:00"})
    void momentsAreWrittenInThreeWays(String reading, String moment) throws IOException {
        set("csv-times", reading);
        customer(Map.of("id", "1"));
        assertThat(text(finished("\"fields\":[\"updatedTime\"]"))).isEqualTo("updatedTime\n" + moment + "\n");
    }

    @Test
    void whatACsvMakesOfListsAndBooleansCanBeTurned() throws IOException {
        customer(Map.of("id", "1", "tags", "[\"a\",\"b\"]"));
        String fields = "\"fields\":[\"tags\",\"hasFulfilledKyc\",\"lastPaymentTime\"]";
        assertThat(text(finished(fields))).endsWith("\n\"[\"\"a\"\",\"\"b\"\"]\",false,\n");
        sandbox.switches()
                .set(Map.of("csv-arrays", "joined", "csv-booleans", "one-zero", "crlf", "true", "bom", "true"));
        assertThat(text(finished(fields))).startsWith("\uFEFFtags,").endsWith("\r\na|b,0,\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            nested | [{"id":"1","primaryAddress":{"city":"X"}}]
            flat   | [{"id":"1","primaryAddress/city":"X"}]
            """)
    void aJsonFileIsAListOfObjects(String form, String expected) throws IOException {
        set("json-form", form);
        customer(Map.of("id", "1", "primaryAddress/city", "X"));
        assertThat(text(finished("\"format\":\"json\",\"fields\":[\"id\",\"primaryAddress/city\"]")))
                .isEqualTo(expected + "\n");
    }

    @Test
    void manyRecordsComeAsAZipOfPartsEachWithAHeader() throws IOException {
        sandbox.switches().set(Doubts.ROWS_PER_PART, 2);
        for (int id = 1; id <= 5; id++) {
            customer(Map.of("id", Integer.toString(id)));
        }
        JsonNode done = finished("\"fields\":[\"id\"]");
        assertThat(done.path("recordCount").asInt()).isEqualTo(5);
        assertThat(caller.unzipped(link(done, "download")))
                .containsExactly(
                        Map.entry("customers-part1.csv", "id\n1\n2\n"),
                        Map.entry("customers-part2.csv", "id\n3\n4\n"),
                        Map.entry("customers-part3.csv", "id\n5\n"));
    }

    @Test
    void tooManyRecordsAreToldAtOnceOrByAFailedExport() throws IOException {
        sandbox.switches().set(Doubts.RECORD_LIMIT, 1);
        customer(Map.of("id", "1"));
        customer(Map.of("id", "2"));
        HttpResponse<String> refused = caller.call("POST", EXPORTS, order(""));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(RebillyCaller.json(refused).path("type").asText()).isEqualTo("data-export-limit-exceeded");
        assertThat(RebillyCaller.json(refused).path("matchedRecords").asInt()).isEqualTo(2);
        set("record-limit-answer", "later");
        JsonNode failed = finished("");
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("failureReason").asText()).isEqualTo("record-limit-exceeded");
        assertThat(rels(failed)).containsExactly("self", "user");
    }

    @ParameterizedTest
    @CsvSource({"known,failed,max-retries-reached", "never-sent,processing,''"})
    void aFailureIsToldOrNever(String reading, String status, String reason) throws IOException {
        sandbox.switches().set(Map.of("failed-status", reading, "outcome", "max-retries-reached"));
        JsonNode done = finished("");
        assertThat(done.path("status").asText()).isEqualTo(status);
        assertThat(done.path("failureReason").asText("")).isEqualTo(reason);
    }

    @Test
    void anExportCanVanishOrNeverMoveOrSayAnUnknownWord() throws IOException {
        JsonNode stuck = caller.json("POST", EXPORTS, order(""));
        set("stuck", "queued");
        for (int poll = 0; poll < 9; poll++) {
            poll(stuck);
        }
        assertThat(poll(stuck).path("status").asText()).isEqualTo("queued");
        sandbox.switches().set(Map.of("stuck", "processing", "unknown-status", "true"));
        assertThat(poll(stuck).path("status").asText()).isEqualTo("archiving");
        sandbox.switches().set(Map.of("stuck", "not", "outcome", "vanished"));
        String path = EXPORTS + "/" + stuck.path("id").asText();
        assertThat(caller.get(path).statusCode()).isEqualTo(404);
        assertThat(caller.get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"header-only,true", "no-file,false"})
    void anExportWithoutRecordsHasAFileOrNone(String reading, boolean file) throws IOException {
        set("empty-result", reading);
        JsonNode done = finished("\"fields\":[\"id\"]");
        assertThat(done.path("recordCount").asInt()).isZero();
        assertThat(done.hasNonNull("fileId")).isEqualTo(file);
        assertThat(rels(done).contains("download")).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "download-only", "signed-only", "none"})
    void theLinksToAFileCanBeLeftOut(String shown) throws IOException {
        set("links", shown);
        JsonNode done = finished("");
        assertThat(rels(done).contains("download"))
                .isEqualTo(List.of("both", "download-only").contains(shown));
        assertThat(rels(done).contains("signedLink"))
                .isEqualTo(List.of("both", "signed-only").contains(shown));
        assertThat(caller.get("/organizations/org_sandbox01/files/"
                                + done.path("fileId").asText() + "/download")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSignedLinkNeedsNoKeyAndEndsAndEachReadGivesANewOne() throws IOException {
        JsonNode done = finished("");
        String link = link(done, "signedLink");
        assertThat(link).startsWith(sandbox.fileHost().toString());
        assertThat(caller.text(caller.plain(link)).statusCode()).isEqualTo(200);
        assertThat(caller.get(link).statusCode()).isEqualTo(400);
        assertThat(sandbox.credentialLeaks()).hasSize(1);
        assertThat(caller.text(caller.plain(link + "0")).statusCode()).isEqualTo(403);
        clock.advance(Duration.ofMinutes(15));
        assertThat(caller.text(caller.plain(link)).statusCode()).isEqualTo(403);
        assertThat(caller.text(caller.plain(link(poll(done), "signedLink"))).statusCode())
                .isEqualTo(200);
        set("signed-link", "with-key");
        assertThat(caller.text(caller.plain(link(poll(done), "signedLink"))).statusCode())
                .isEqualTo(401);
        assertThat(caller.get(link(poll(done), "signedLink")).statusCode()).isEqualTo(200);
    }

    @Test
    void aDownloadNeedsTheKeyAndAFileIsKeptForAWhileOnly() throws IOException {
        JsonNode done = finished("");
        assertThat(caller.text(caller.plain(link(done, "download"))).statusCode())
                .isEqualTo(401);
        set("file-life", "PT1H");
        clock.advance(Duration.ofHours(1));
        assertThat(caller.get(link(done, "download")).statusCode()).isEqualTo(404);
    }

    @Test
    void exportsAreListedByPagesAndFoundByName() throws IOException {
        for (int number = 1; number <= 3; number++) {
            clock.advance(Duration.ofSeconds(1));
            caller.call("POST", EXPORTS, order("").replace("sample", "sample " + number));
        }
        HttpResponse<String> page = caller.get(EXPORTS + "?limit=2&offset=1&sort=-createdTime");
        assertThat(page.headers().firstValue("Pagination-Total")).hasValue("3");
        assertThat(page.headers().firstValue("Pagination-Limit")).hasValue("2");
        assertThat(page.headers().firstValue("Pagination-Offset")).hasValue("1");
        assertThat(RebillyCaller.json(page).findValuesAsText("name")).containsExactly("sample 2", "sample 1");
        assertThat(caller.json("GET", EXPORTS + "?filter=name:sample%203", "")).hasSize(1);
        assertThat(caller.get(EXPORTS + "?limit=1001").statusCode()).isEqualTo(422);
        assertThat(caller.json("GET", EXPORTS + "?limit=1&expand=user", "")
                        .path(0)
                        .path("_embedded")
                        .path("user"))
                .isNotEmpty();
    }

    @Test
    void aPendingExportCanBeChangedAndALaterOneCannot() throws IOException {
        JsonNode created = caller.json("POST", EXPORTS, order(""));
        String path = EXPORTS + "/" + created.path("id").asText();
        HttpResponse<String> changed = caller.call("PUT", path, order("").replace("sample", "renamed"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(RebillyCaller.json(changed).path("name").asText()).isEqualTo("renamed");
        poll(created);
        poll(created);
        assertThat(caller.call("PUT", path, order("")).statusCode()).isEqualTo(422);
        assertThat(caller.call("PUT", EXPORTS + "/my-own-id", order("")).statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"removed,204,404", "refused,422,200"})
    void anExportAtWorkCanBeDeletedOrNot(String reading, int status, int after) throws IOException {
        set("delete-running", reading);
        JsonNode created = caller.json("POST", EXPORTS, order(""));
        poll(created);
        poll(created);
        String path = EXPORTS + "/" + created.path("id").asText();
        assertThat(caller.call("DELETE", path, "").statusCode()).isEqualTo(status);
        assertThat(caller.get(path).statusCode()).isEqualTo(after);
    }

    @Test
    void aFinishedExportCanBeDeletedOnce() throws IOException {
        JsonNode done = finished("");
        String path = EXPORTS + "/" + done.path("id").asText();
        assertThat(caller.call("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(caller.call("DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(sandbox.exports()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"completed", "pending"})
    void aRecurringExportMakesANewFileEachTime(String between) throws IOException {
        set("recurring-state", between);
        JsonNode first = finished("\"recurring\":{\"instruction\":\"FREQ=HOURLY;INTERVAL=2\"},\"fields\":[\"id\"]");
        assertThat(first.path("status").asText()).isEqualTo(between);
        assertThat(text(first)).isEqualTo("id\n");
        customer(Map.of("id", "1"));
        clock.advance(Duration.ofMinutes(119));
        assertThat(poll(first).path("fileId")).isEqualTo(first.path("fileId"));
        clock.advance(Duration.ofMinutes(2));
        JsonNode second = poll(first);
        assertThat(second.path("fileId")).isNotEqualTo(first.path("fileId"));
        assertThat(second.path("updatedTime").asText()).isEqualTo("2026-03-02T14:00:00Z");
        assertThat(text(second)).isEqualTo("id\n1\n");
    }

    @Test
    void aRecurringExportWaitsForItsStart() throws IOException {
        JsonNode first = finished("\"recurring\":{\"instruction\":\"FREQ=DAILY\",\"start\":\"2026-03-02T13:00:00Z\"}");
        assertThat(first.path("status").asText()).isEqualTo("pending");
        assertThat(first.path("scheduledTime").asText()).isEqualTo("2026-03-02T13:00:00Z");
        clock.advance(Duration.ofHours(1));
        for (int poll = 0; poll < 4; poll++) {
            poll(first);
        }
        assertThat(poll(first).path("status").asText()).isEqualTo("completed");
    }

    @ParameterizedTest
    @CsvSource({
        "epoch,X-RateLimit-Retry-After,1772453400",
        "seconds,X-RateLimit-Retry-After,600",
        "plain,Retry-After,600",
    })
    void callsAreLimitedForTheWholeOrganisation(String reading, String header, String value) throws IOException {
        sandbox.switches().set(Map.of("rate-limit", "1", "retry-header", reading));
        assertThat(caller.call("POST", EXPORTS, order("")).statusCode()).isEqualTo(201);
        HttpResponse<String> refused = caller.text(caller.plain("/customers")
                .header("REB-APIKEY", ApiUser.SOMEBODY_ELSE.key())
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue(header)).hasValue(value);
        assertThat(caller.get(EXPORTS).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
        assertThat(caller.call("POST", EXPORTS, order("")).statusCode()).isEqualTo(201);
    }

    @Test
    void preparedFilesAreServedByteForByteAndOnlyOnce(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("big.csv"), "id\n1\n2\n");
        sandbox.prepareExport("customers", List.of(file), 2);
        JsonNode done = finished("\"fields\":[\"id\"]");
        assertThat(text(done)).isEqualTo("id\n1\n2\n");
        assertThat(done.path("recordCount").asInt()).isEqualTo(2);
        assertThat(text(finished("\"fields\":[\"id\"]"))).isEqualTo("id\n");
    }

    @Test
    void aFaultHitsTheCallsItNamesAndTheControlIsOutOfItsReach() throws IOException {
        HttpResponse<String> added = caller.call(
                "POST",
                "/sandbox/faults",
                "{\"requests\":\"GET /*\",\"kind\":\"status\",\"status\":503,\"headers\":{\"Retry-After\":\"7\"}}");
        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(caller.get("/sandbox").body())
                .contains("/sandbox/switches", sandbox.user().key());
        assertThat(caller.get(EXPORTS).statusCode()).isEqualTo(503);
        assertThat(caller.get(EXPORTS).statusCode()).isEqualTo(200);
        assertThat(sandbox.log().count("GET", EXPORTS)).isEqualTo(2);
    }

    private String customer(Map<String, String> values) {
        return sandbox.put("customers", values);
    }

    private void set(String name, String value) {
        sandbox.switches().set(Map.of(name, value));
    }

    private static String order(String more) {
        String format = more.contains("\"format\"") ? "" : "\"format\":\"csv\",";
        return "{\"name\":\"sample\",\"resource\":\"customers\"," + format + more
                + (more.isEmpty() ? "\"arguments\":{}" : "") + "}";
    }

    private JsonNode poll(JsonNode export) throws IOException {
        return caller.json("GET", EXPORTS + "/" + export.path("id").asText(), "");
    }

    private JsonNode finished(String more) throws IOException {
        JsonNode export = caller.json("POST", EXPORTS, order(more));
        for (int poll = 0; poll < 4; poll++) {
            export = poll(export);
        }
        return export;
    }

    private String text(JsonNode done) throws IOException {
        return caller.get(link(done, "download")).body();
    }

    private void assertKeys(JsonNode done, String expected) throws IOException {
        List<String> keys = new ArrayList<>();
        text(done).lines().skip(1).forEach(line -> keys.add(line.split(",", 2)[0]));
        assertThat(String.join(";", keys)).isEqualTo(expected);
    }

    private static List<String> rels(JsonNode export) {
        return export.path("_links").findValuesAsText("rel");
    }

    private static String link(JsonNode export, String rel) {
        for (JsonNode link : export.path("_links")) {
            if (link.path("rel").asText().equals(rel)) {
                return link.path("href").asText();
            }
        }
        throw new AssertionError("no link " + rel);
    }
}
