package io.tidemark.sandbox.everyaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.SandboxCaller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EveryActionSimExportTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private final MovableClock clock = new MovableClock(START);
    private final EveryActionSandbox sandbox = EveryActionSandbox.start(
            EveryActionSandbox.Options.standard().clock(clock).data(17, 0));
    private final SandboxCaller caller = new SandboxCaller();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aJobGoesFromPendingThroughInProcessToCompleteAndItsFileHoldsTheRecords() throws IOException {
        long id = sandbox.put("Contacts", Map.of("FirstName", "Ada", "LastName", "Example, \"Jr.\"\nof Löwen"));
        clock.advance(Duration.ofMinutes(1));

        JsonNode created = create("\"requestedFields\": [\"DateCreated\", \"LastUpdatedOn\"]");
        assertThat(created.path("exportJobId").asLong()).isGreaterThan(Integer.MAX_VALUE);
        assertThat(created.path("jobStatus").asText()).isEqualTo("Pending");
        assertThat(created.path("dateChangedFrom").asText()).isEqualTo("2026-03-02T06:00:00-05:00");
        assertThat(created.path("dateChangedTo").asText()).isEqualTo("2026-03-02T07:01:00-05:00");
        assertThat(created.path("files")).isEmpty();

        assertThat(poll(created).path("jobStatus").asText()).isEqualTo("Pending");
        assertThat(poll(created).path("jobStatus").asText()).isEqualTo("InProcess");
        JsonNode done = poll(created);
        assertThat(done.path("jobStatus").asText()).isEqualTo("Complete");
        assertThat(done.path("exportedRecordCount").asLong()).isEqualTo(1);
        assertThat(done.path("files").path(0).path("dateExpired").asText())
                .isEqualTo("2026-03-22T08:01:00.0000000-04:00");
        assertThat(texts(done).get(0))
                .isEqualTo("VanID,FirstName,MiddleName,LastName,Email,Phone,PhoneOptInStatus,StreetAddress,City,State,"
                        + "ZipOrPostal,IsDeceased,ContactMode,ChangeTypeID,DateCreated,LastUpdatedOn\n"
                        + id + ",Ada,,\"Example, \"\"Jr.\"\"\nof Löwen\",,,,,,,,,,1,2026-03-02,2026-03-02T07:00:00\n");
    }

    @Test
    void preparedFilesAreServedByteForByteAndOnlyOnce(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("big.csv"), "VanID\n1\n2\n");
        sandbox.prepareExport("Contacts", List.of(file), 2);
        JsonNode done = finished("");
        assertThat(texts(done)).containsExactly("VanID\n1\n2\n");
        assertThat(done.path("exportedRecordCount").asLong()).isEqualTo(2);
        assertThat(finished("").path("files")).isEmpty();
    }

    @Test
    void theHostOfTheFilesRefusesWhoeverBringsCredentials() throws IOException {
        sandbox.put("Contacts", Map.of("FirstName", "Ada"));
        clock.advance(Duration.ofMinutes(1));
        String link = link(finished(""), 0);
        assertThat(caller.get(sandbox.user(), link).statusCode()).isEqualTo(400);
        assertThat(sandbox.credentialLeaks()).hasSize(1);
        assertThat(caller.send(SandboxCaller.to(link + "0")).statusCode()).isEqualTo(403);
        clock.advance(Duration.ofDays(20));
        assertThat(caller.send(SandboxCaller.to(link)).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "resourceType":"Nothing","dateChangedFrom":"2026-03-01T00:00:00.00Z"                       | resourceType
            "resourceType":"Contacts"                                                                  | dateChangedFrom
            "resourceType":"Contacts","dateChangedFrom":"2025-12-01T00:00:00Z"                         | dateChangedFrom
            "resourceType":"Contacts","dateChangedFrom":"2026-03-03T00:00:00Z"                         | dateChangedFrom
            "resourceType":"Contacts","dateChangedFrom":"yesterday"                                    | dateChangedFrom
            "resourceType":"Contacts","dateChangedFrom":"2026-03-01T00:00:00Z","dateChangedTo":"2026-03-09T00:00:00Z" | dateChangedTo
            "resourceType":"Contacts","dateChangedFrom":"2026-03-01T00:00:00Z","dateChangedTo":"2026-02-28T00:00:00Z" | dateChangedFrom
            "resourceType":"Contacts","dateChangedFrom":"2026-03-01T00:00:00Z","fileSizeKbLimit":999   | fileSizeKbLimit
            "resourceType":"Contacts","dateChangedFrom":"2026-03-01T00:00:00Z","fileSizeKbLimit":100001 | fileSizeKbLimit
            "resourceType":"Contacts","dateChangedFrom":"2026-03-01T00:00:00Z","requestedFields":["Nope"] | requestedFields
            "resourceType":"ActivistCodes","dateChangedFrom":"2026-03-01T00:00:00Z","requestedCustomFieldIds":[311] | requestedCustomFieldIds
            "resourceType":"Contacts","dateChangedFrom":"2026-03-01T00:00:00Z","requestedIds":[3000000000] | requestedIds
            """, quoteCharacter = '\'')
    void whatIsNotValidIsRefusedWithTheNameOfTheProperty(String body, String property) throws IOException {
        HttpResponse<String> answer =
                caller.post(sandbox.user(), sandbox.baseUrl() + "/changedEntityExportJobs", "{" + body + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = SandboxCaller.json(answer).path("errors").path(0);
        assertThat(error.path("code").asText()).isEqualTo("INVALID_PARAMETER");
        assertThat(error.path("properties").path(0).asText()).isEqualTo(property);
    }

    @ParameterizedTest
    @CsvSource({
        "override-window,2",
        "add-to-window,1;2",
    })
    void idsAskedForReplaceTheWindowOrAddToIt(String reading, String expected) throws IOException {
        set("requested-ids", reading);
        contact(2);
        sandbox.suppress(2);
        clock.advance(Duration.ofHours(2));
        contact(1);
        clock.advance(Duration.ofMinutes(1));
        assertKeys(finished("\"dateChangedFrom\":\"2026-03-02T13:30:00Z\",\"requestedIds\":[2,99]"), expected);
    }

    @ParameterizedTest
    @CsvSource({
        "from-included,1;2",
        "to-included,2;3",
        "both-included,1;2;3",
        "neither-included,2",
    })
    void theEndsOfAWindowBelongToItOrNot(String reading, String expected) throws IOException {
        set("bounds", reading);
        contact(1);
        clock.advance(Duration.ofMinutes(1));
        contact(2);
        clock.advance(Duration.ofMinutes(1));
        contact(3);
        JsonNode done =
                finished("\"dateChangedFrom\":\"2026-03-02T12:00:00Z\",\"dateChangedTo\":\"2026-03-02T12:02:00Z\"");
        assertKeys(done, expected);
    }

    @ParameterizedTest
    @CsvSource({"any-change,1", "last-change,''"})
    void aLaterChangeTakesARecordOutOfTheWindowOrNotAndTheContentIsAlwaysTheLatest(String reading, String expected)
            throws IOException {
        set("membership", reading);
        contact(1);
        clock.advance(Duration.ofMinutes(10));
        sandbox.edit("Contacts", 1, Map.of("FirstName", "Latest"));
        JsonNode done = finished("\"dateChangedTo\":\"2026-03-02T12:05:00Z\"");
        assertKeys(done, expected);
        assertThat(String.join("", texts(done)).contains("Latest")).isEqualTo(!expected.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"any-own-change,3,true", "last-writer,2;3,true", "refused,1;2;3,false"})
    void ownChangesHideRecordsInThreeReadings(String reading, String expected, boolean echoed) throws IOException {
        set("self-exclusion", reading);
        sandbox.put("Contacts", Map.of("VanID", "1"));
        sandbox.put("Contacts", Map.of("VanID", "2"), sandbox.user());
        sandbox.put("Contacts", Map.of("VanID", "3"), sandbox.users().get(1));
        clock.advance(Duration.ofMinutes(1));
        sandbox.edit("Contacts", 1, Map.of("City", "X"), sandbox.user());
        sandbox.edit("Contacts", 2, Map.of("City", "X"));
        clock.advance(Duration.ofMinutes(1));
        JsonNode done = finished("\"excludeChangesFromSelf\":\"true\"");
        assertThat(done.has("excludeChangesFromSelf")).isEqualTo(echoed);
        assertKeys(done, expected);
    }

    @ParameterizedTest
    @CsvSource({"json,BOOLEAN", "text,STRING"})
    void booleansAreShownEitherWay(String reading, String type) throws IOException {
        set("booleans", reading);
        JsonNode job = create("\"includeInactive\":true");
        assertThat(job.path("includeInactive").getNodeType()).hasToString(type);
        assertThat(job.path("includeInactive").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,3", "false,1"})
    void laterFilesRepeatTheHeaderOrNot(String repeated, long headers) throws IOException {
        set("header-repeated", repeated);
        sandbox.switches().set(Doubts.ROWS_PER_FILE, 2);
        for (int id = 1; id <= 5; id++) {
            contact(id);
        }
        clock.advance(Duration.ofMinutes(1));
        JsonNode done = finished("");
        assertThat(done.path("exportedRecordCount").asLong()).isEqualTo(5);
        assertThat(texts(done))
                .hasSize(3)
                .filteredOn(text -> text.startsWith("VanID"))
                .hasSize((int) headers);
    }

    @Test
    void aGreatExportIsCutSoThatNoFileIsAboveTheLimit() throws IOException {
        String notes = "ä".repeat(150);
        for (int id = 1; id <= 6_000; id++) {
            sandbox.put("Contacts", Map.of("VanID", Integer.toString(id), "Notes", notes));
        }
        clock.advance(Duration.ofMinutes(1));
        List<String> texts = texts(finished("\"fileSizeKbLimit\":1000,\"requestedFields\":[\"Notes\"]"));
        assertThat(texts)
                .hasSizeGreaterThan(1)
                .allSatisfy(text ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_000_000));
        assertThat(texts.stream().mapToLong(text -> text.lines().count() - 1).sum())
                .isEqualTo(6_000);
    }

    @ParameterizedTest
    @CsvSource({"no-files,0", "header-only,1"})
    void anEmptyResultHasNoFileOrAHeader(String reading, int files) throws IOException {
        set("empty-result", reading);
        JsonNode done = finished("");
        assertThat(done.path("files")).hasSize(files);
        assertThat(done.path("exportedRecordCount").asLong()).isZero();
        assertThat(texts(done))
                .allSatisfy(text -> assertThat(text).startsWith("VanID,").hasLineCount(1));
    }

    @ParameterizedTest
    @CsvSource({"PT24H,2026-03-03T07:00:00.0000000-05:00", "P30D,2026-04-01T08:00:00.0000000-04:00"})
    void aLinkIsGoodAsLongAsItsLifeSays(String life, String expires) throws IOException {
        set("link-life", life);
        set("empty-result", "header-only");
        set("expired-link-status", "410");
        JsonNode done = finished("");
        assertThat(done.path("files").path(0).path("dateExpired").asText()).isEqualTo(expires);
        clock.advance(Duration.parse(life).minusSeconds(1));
        assertThat(caller.send(SandboxCaller.to(link(done, 0))).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(caller.send(SandboxCaller.to(link(done, 0))).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @CsvSource({
        "at-post,2026-03-02T07:00:00-05:00,2026-03-02T07:00:00-05:00",
        "at-execution,null,2026-03-02T07:05:00-05:00",
        "never-told,null,null",
    })
    void theEndOfAnOpenWindowIsToldAtDifferentTimes(String reading, String atPost, String atEnd) throws IOException {
        set("window-end", reading);
        JsonNode job = create("");
        assertThat(job.path("dateChangedTo").asText()).isEqualTo(atPost);
        clock.advance(Duration.ofMinutes(5));
        poll(job);
        poll(job);
        assertThat(poll(job).path("dateChangedTo").asText()).isEqualTo(atEnd);
    }

    @ParameterizedTest
    @CsvSource({
        "eastern,true,'2026-03-02,2026-03-02T07:00:00.1000000'",
        "utc,false,'2026-03-02T12:00:00.1000000,2026-03-02T12:00:00.1000000'",
    })
    void datesWithoutAZoneAreEasternOrUtc(String zone, String dateOnly, String expected) throws IOException {
        set("zone", zone);
        set("date-only-created", dateOnly);
        clock.advance(Duration.ofMillis(100));
        contact(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(texts(finished("\"requestedFields\":[\"DateCreated\",\"LastUpdatedOn\"]"))
                        .get(0))
                .endsWith(expected + "\n");
    }

    @Test
    void filesCanBeOddInManyWays() throws IOException {
        set("bom", "true");
        set("crlf", "true");
        set("quoted-newlines", "false");
        set("error-rows", "true");
        set("duplicate-keys", "true");
        for (int id = 1; id <= 4; id++) {
            sandbox.put("Contacts", Map.of("VanID", Integer.toString(id), "LastName", "two\nlines"));
        }
        clock.advance(Duration.ofMinutes(1));
        JsonNode done = finished("");
        assertKeys(done, "1;2;3;4;4");
        assertThat(done.path("exportedRecordCount").asLong()).isEqualTo(5);
        assertThat(texts(done).get(0))
                .startsWith("\uFEFFVanID,")
                .contains(",ErrorMessage\r\n", ",two lines,")
                .endsWith(",This record could not be exported\r\n");
    }

    @Test
    void recordsCanComeShuffled() throws IOException {
        set("shuffled", "true");
        for (int id = 1; id <= 50; id++) {
            contact(id);
        }
        clock.advance(Duration.ofMinutes(1));
        List<Long> keys = keys(finished(""));
        assertThat(keys)
                .hasSize(50)
                .doesNotHaveDuplicates()
                .isNotEqualTo(keys.stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({"real,changeTypeID", "documented,ChangeTypeID"})
    void changeTypesAreSpeltEitherWay(String reading, String property) throws IOException {
        set("change-type-casing", reading);
        JsonNode types = get("/changedEntityExportJobs/changeTypes/Contacts");
        assertThat(types.path(0).path(property).asInt()).isEqualTo(1);
        assertThat(types.path(0).has("Description")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-status,true,Pending;Hibernating;Complete",
        "stuck-pending,true,Pending;Pending;Pending",
        "outcome,error,Pending;InProcess;Error",
        "pending-polls,0,InProcess;Complete;Complete",
        "in-process-polls,2,Pending;InProcess;InProcess",
    })
    void aJobTakesOtherWays(String name, String value, String expected) throws IOException {
        set(name, value);
        JsonNode job = create("");
        List<String> seen = new ArrayList<>();
        for (int count = 0; count < 3; count++) {
            seen.add(poll(job).path("jobStatus").asText());
        }
        assertThat(String.join(";", seen)).isEqualTo(expected);
    }

    @Test
    void aFailedJobSaysWhyAndAVanishedOneIsNotFound() throws IOException {
        set("pending-polls", "0");
        set("in-process-polls", "0");
        set("outcome", "error");
        set("error-message", "Too much at once");
        set("error-code", "E-17");
        JsonNode failed = poll(create(""));
        assertThat(failed.path("message").asText()).isEqualTo("Too much at once");
        assertThat(failed.path("code").asText()).isEqualTo("E-17");
        set("outcome", "vanished");
        JsonNode job = create("");
        assertThat(status(
                        sandbox.user(),
                        "/changedEntityExportJobs/" + job.path("exportJobId").asText()))
                .isEqualTo(404);
    }

    @Test
    void theCountCanBeOffAndTheEchoFull() throws IOException {
        set("count-off-by", "-1");
        set("full-echo", "true");
        contact(1);
        contact(2);
        clock.advance(Duration.ofMinutes(1));
        JsonNode done = finished("\"requestedFields\":[\"Notes\"]");
        assertThat(done.path("exportedRecordCount").asLong()).isEqualTo(1);
        assertThat(done.path("resourceType").asText()).isEqualTo("Contacts");
        assertThat(done.path("requestedFields").path(0).asText()).isEqualTo("Notes");
    }

    @Test
    void anExportCanSeeAnOlderState() throws IOException {
        contact(1);
        clock.advance(Duration.ofMinutes(10));
        sandbox.edit("Contacts", 1, Map.of("FirstName", "Newer"));
        contact(2);
        set("change-log-delay", "PT5M");
        clock.advance(Duration.ofMinutes(1));
        JsonNode done = finished("");
        assertKeys(done, "1");
        assertThat(texts(done).get(0)).doesNotContain("Newer");
    }

    @ParameterizedTest
    @CsvSource({"false,1;3", "true,1;2;3"})
    void inactiveRecordsComeOnlyWhenAskedFor(String include, String expected) throws IOException {
        contact(1);
        contact(2);
        contact(3);
        sandbox.merge(2, 3);
        clock.advance(Duration.ofMinutes(1));
        assertKeys(finished("\"includeInactive\":" + include), expected);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,1;2"})
    void theContactModeChoosesPeopleOrOrganisations(int mode, String expected) throws IOException {
        sandbox.put("Contacts", Map.of("VanID", "1", "ContactMode", "1"));
        sandbox.put("Contacts", Map.of("VanID", "2", "ContactMode", "2"));
        clock.advance(Duration.ofMinutes(1));
        assertKeys(finished("\"contactMode\":" + mode), expected);
    }

    @Test
    void activistCodesFilterTheirOwnResourceOnly() throws IOException {
        sandbox.put("ContactsActivistCodes", Map.of("ContactsActivistCodeID", "1", "ActivistCodeID", "7001"));
        sandbox.put("ContactsActivistCodes", Map.of("ContactsActivistCodeID", "2", "ActivistCodeID", "7002"));
        contact(5);
        clock.advance(Duration.ofMinutes(1));
        String filter = "\"requestedActivistCodeIds\":[7002]";
        assertKeys(finished("\"resourceType\":\"ContactsActivistCodes\"," + filter), "2");
        assertKeys(finished(filter), "5");
    }

    @ParameterizedTest
    @CsvSource({"cf-id,CF311,false,1234.50", "name,Favourite colour,true,'\"$1,234.50\"'"})
    void customFieldsAndMoneyAreWrittenEitherWay(String header, String column, String signs, String amount)
            throws IOException {
        set("custom-header", header);
        set("money-signs", signs);
        sandbox.put("Contributions", Map.of("Amount", "1234.50", "CF311", "2"));
        clock.advance(Duration.ofMinutes(1));
        String text = texts(finished("\"resourceType\":\"Contributions\",\"requestedCustomFieldIds\":[311]"))
                .get(0);
        assertThat(text).contains("," + column + "\n", "," + amount + ",").endsWith(",2\n");
    }

    @Test
    void aKeyWithoutTheRightIsForbidden() throws IOException {
        set("forbidden", "Contacts");
        assertThat(caller.post(
                                sandbox.user(),
                                sandbox.baseUrl() + "/changedEntityExportJobs",
                                "{\"resourceType\":\"Contacts\",\"dateChangedFrom\":\"2026-03-02T11:00:00Z\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/changedEntityExportJobs/resources").toString())
                .contains("Contributions")
                .doesNotContain("\"Contacts\"");
    }

    @Test
    void aWrongModeIsUnauthorizedAndAJobBelongsToItsUser() throws IOException {
        ApiUser wrong =
                new ApiUser(sandbox.user().applicationName(), sandbox.user().key(), 0);
        assertThat(status(wrong, "/customFields")).isEqualTo(401);
        String path =
                "/changedEntityExportJobs/" + create("").path("exportJobId").asText();
        assertThat(status(sandbox.users().get(1), path)).isEqualTo(404);
        assertThat(status(sandbox.user(), path)).isEqualTo(200);
        assertThat(status(sandbox.user(), "/changedEntityExportJobs/1")).isEqualTo(404);
    }

    @Test
    void tellsWhatThereIs() throws IOException {
        assertThat(get("/changedEntityExportJobs/resources")).hasSize(10);
        JsonNode key = get("/changedEntityExportJobs/fields/Contacts").path(0);
        assertThat(key.path("fieldName").asText()).isEqualTo("VanID");
        assertThat(key.path("isCoreField").asBoolean()).isTrue();
        assertThat(get("/customFields").path(0).path("customFieldId").asInt()).isEqualTo(311);
        assertThat(get("/apiKeyProfiles")
                        .path("items")
                        .path(0)
                        .path("hasMyCampaign")
                        .asBoolean())
                .isTrue();
        assertThat(SandboxCaller.json(
                                caller.post(sandbox.user(), sandbox.baseUrl() + "/echoes", "{\"message\":\"hi\"}"))
                        .path("message")
                        .asText())
                .isEqualTo("hi");
    }

    @Test
    void theSameSeedInventsTheSamePeopleWithOddCharacters() {
        EveryActionSandbox.Options options =
                EveryActionSandbox.Options.standard().clock(clock).data(5, 100);
        try (EveryActionSandbox one = EveryActionSandbox.start(options);
                EveryActionSandbox other = EveryActionSandbox.start(options)) {
            List<Long> keys = one.keys("Contacts", true);
            assertThat(keys).hasSize(100);
            StringBuilder all = new StringBuilder();
            for (long key : keys) {
                assertThat(one.record("Contacts", key)).isEqualTo(other.record("Contacts", key));
                all.append(one.record("Contacts", key));
            }
            assertThat(all).contains(",", "\"", "\n", "ö", "@example.org");
        }
    }

    private void contact(long id) {
        sandbox.put("Contacts", Map.of("VanID", Long.toString(id)));
    }

    private void set(String name, String value) {
        sandbox.switches().set(Map.of(name, value));
    }

    private JsonNode get(String path) throws IOException {
        return SandboxCaller.json(caller.get(sandbox.user(), sandbox.baseUrl() + path));
    }

    private int status(ApiUser user, String path) throws IOException {
        return caller.get(user, sandbox.baseUrl() + path).statusCode();
    }

    private List<Long> keys(JsonNode done) throws IOException {
        return texts(done).stream()
                .flatMap(text -> text.lines().filter(line -> !line.contains("ID,")))
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
                .toList();
    }

    private void assertKeys(JsonNode done, String expected) throws IOException {
        assertThat(keys(done).stream().map(String::valueOf).collect(Collectors.joining(";")))
                .isEqualTo(expected);
    }

    private JsonNode create(String more) throws IOException {
        HttpResponse<String> answer = caller.post(
                sandbox.user(),
                sandbox.baseUrl() + "/changedEntityExportJobs",
                "{\"resourceType\":\"Contacts\",\"dateChangedFrom\":\"2026-03-02T11:00:00.00Z\""
                        + (more.isEmpty() ? "" : "," + more) + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return SandboxCaller.json(answer);
    }

    private JsonNode poll(JsonNode job) throws IOException {
        return SandboxCaller.json(caller.get(
                sandbox.user(),
                sandbox.baseUrl() + "/changedEntityExportJobs/"
                        + job.path("exportJobId").asText()));
    }

    private JsonNode finished(String more) throws IOException {
        JsonNode job = create(more);
        for (int count = 0; count < 5 && !job.path("jobStatus").asText().equals("Complete"); count++) {
            job = poll(job);
        }
        return job;
    }

    private static String link(JsonNode job, int place) {
        return job.path("files").path(place).path("downloadUrl").asText();
    }

    private List<String> texts(JsonNode job) throws IOException {
        List<String> all = new ArrayList<>();
        for (int place = 0; place < job.path("files").size(); place++) {
            all.add(caller.send(SandboxCaller.to(link(job, place))).body());
        }
        return all;
    }
}
