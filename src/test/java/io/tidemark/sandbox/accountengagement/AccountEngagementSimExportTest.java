package io.tidemark.sandbox.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.SandboxCaller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountEngagementSimExportTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final String FIELDS = "\"id\",\"email\",\"updatedAt\",\"isDeleted\"";
    private static final String UPDATED = "filter_by_updated_at";
    private static final String RECENT = "\"updatedAfter\":\"2026-03-01T00:00:00Z\",\"deleted\":\"all\"";

    private final MovableClock clock = new MovableClock(START);
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private AccountEngagementCaller bridge;
    private AccountEngagementCaller admin;

    @BeforeEach
    void enter() throws IOException {
        sandbox.switches().set(Doubts.TOKEN_LIFE, Duration.ofDays(30));
        bridge = new AccountEngagementCaller(sandbox, ApiUser.BRIDGE);
        admin = new AccountEngagementCaller(sandbox, ApiUser.ADMINISTRATOR);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void anExportWaitsThenRunsThenHasItsFile() throws IOException {
        long ada = put("ada@example.org");
        clock.advance(Duration.ofMinutes(5));
        HttpResponse<String> created = bridge.export("prospect", FIELDS, UPDATED, RECENT);
        assertThat(created.statusCode()).isEqualTo(200);
        long id = AccountEngagementCaller.id(created);
        assertThat(bridge.read(id).path("state").asText()).isEqualTo("Waiting");
        assertThat(bridge.read(id).path("state").asText()).isEqualTo("Processing");
        JsonNode complete = bridge.read(id);
        assertThat(complete.path("state").asText()).isEqualTo("Complete");
        assertThat(complete.path("isExpired").asBoolean()).isFalse();
        assertThat(complete.path("createdAt").asText()).isEqualTo("2026-03-02T07:05:00-05:00");
        assertThat(complete.path("resultRefs").isTextual()).isTrue();
        assertThat(bridge.get(complete.path("resultRefs").asText()).body())
                .isEqualTo("id,email,updatedAt,isDeleted\n" + ada + ",ada@example.org,2026-03-02 07:00:00,false\n");
    }

    @Test
    void noDataGivesNoLinksAndManyRowsGiveSeveral() throws IOException {
        assertThat(export(RECENT).has("resultRefs")).isFalse();
        IntStream.range(0, 5).forEach(count -> put("p" + count + "@example.org"));
        clock.advance(Duration.ofMinutes(5));
        sandbox.switches().set(Doubts.ROWS_PER_FILE, 2);
        JsonNode links = export(RECENT).path("resultRefs");
        assertThat(links.size()).isEqualTo(3);
        List<String> ids = rows(links);
        assertThat(ids)
                .hasSize(5)
                .doesNotHaveDuplicates()
                .isNotEqualTo(ids.stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T11:59:59Z, 2026-03-02T12:00:01Z, 1",
        "2026-03-02T12:00:00Z, 2026-03-02T12:00:01Z, 0",
        "2026-03-02T11:59:59Z, 2026-03-02T12:00:00Z, 0"
    })
    void bothBoundsAreOutside(String after, String before, int rows) throws IOException {
        put("ada@example.org");
        JsonNode done =
                export("\"updatedAfter\":\"%s\",\"updatedBefore\":\"%s\",\"deleted\":\"all\"".formatted(after, before));
        assertThat(rows(done.path("resultRefs"))).hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02 06:59:59, 1",
        "2026-03-02 07:00:00, 0",
        "today, 1",
        "yesterday, 1",
        "last_7_days, 1",
        "2 hours ago, 1",
        "2026-03-02T06:59:59-05:00, 1"
    })
    void timesWithoutOffsetAreTheUsersAndWordsAreUnderstood(String after, int rows) throws IOException {
        put("ada@example.org");
        clock.advance(Duration.ofMinutes(5));
        assertThat(rows(export("\"updatedAfter\":\"" + after + "\"").path("resultRefs")))
                .hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource({"CREATION,0", "UNBOUNDED,1"})
    void aMissingEndIsTheCreationOrNothing(Doubts.MissingEnd end, int rows) throws IOException {
        sandbox.switches().set(Doubts.MISSING_END, end);
        long id = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        clock.advance(Duration.ofSeconds(1));
        put("ada@example.org");
        assertThat(rows(bridge.finished(id).path("resultRefs"))).hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "DAYS_365, 2025-03-02T12:00:00Z, 200",
        "DAYS_365, 2025-03-02T11:59:59Z, 400",
        "DAYS_366, 2025-03-01T12:00:00Z, 200",
        "DAYS_366, 2025-03-01T11:59:59Z, 400",
        "CALENDAR, 2025-03-02T12:00:00Z, 200",
        "CALENDAR, 2025-03-02T11:59:59Z, 400"
    })
    void aRangeHasAYearAtMost(Doubts.Year year, String after, int status) throws IOException {
        sandbox.switches().set(Doubts.YEAR, year);
        for (String end : List.of("", ",\"updatedBefore\":\"2026-03-02T12:00:00Z\"")) {
            assertThat(bridge.export("prospect", FIELDS, UPDATED, "\"updatedAfter\":\"" + after + "\"" + end)
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            prospect         | "id"            | filter_by_updated_at  | "updatedAfter":"2026-03-01"                              | 0
            prospect         | "id"            | filter_by_magic       | "updatedAfter":"2026-03-01"                              | 174
            visitorActivity  | "id"            | filter_by_activity_at | "activityAfter":"2026-03-01"                             | 174
            externalActivity | "id"            | filter_by_activity_at | "activityAfter":"2026-03-01"                             | 0
            externalActivity | "id"            | filter_by_created_at  | "createdAfter":"2026-03-01","deleted":"all"              | 175
            prospect         | "id"            | filter_by_updated_at  | "updatedAfter":"2026-03-01","createdAfter":"2026-03-01"  | 175
            prospect         | "id"            | filter_by_updated_at  | "deleted":"all"                                          | 176
            prospect         | "id"            | filter_by_updated_at  | "updatedAfter":"soon"                                    | 177
            prospect         | "id"            | filter_by_updated_at  | "updatedAfter":"2026-03-01","deleted":"some"             | 177
            prospect         | "id"            | filter_by_updated_at  | "updatedAfter":"2026-03-01","updatedBefore":"2026-03-01" | 177
            prospect         | "id","magic"    | filter_by_updated_at  | "updatedAfter":"2026-03-01"                              | 180
            prospect         | "first_name"    | filter_by_updated_at  | "updatedAfter":"2026-03-01"                              | 180
            magic            | "id"            | filter_by_updated_at  | "updatedAfter":"2026-03-01"                              | 192
            visitor          | "id"            | filter_by_prospect_updated_at | "prospectUpdatedAfter":"2026-03-01"              | 0
            listMembership   | "id"            | filter_by_created_at  | "createdAfter":"soon","createdAfter":"2026-03-01"        | 0
            """)
    void aRequestIsCheckedInItsParts(String object, String fields, String procedure, String arguments, int code)
            throws IOException {
        HttpResponse<String> answer = bridge.export(object, fields, procedure, arguments);
        assertThat(answer.statusCode()).isEqualTo(code == 0 ? 200 : 400);
        assertThat(AccountEngagementCaller.code(answer)).isEqualTo(code);
    }

    @Test
    void aRequestNamesAtMost150FieldsAndNoneMeansAll() throws IOException {
        String many = IntStream.rangeClosed(1, 151).mapToObj(count -> "\"id\"").collect(Collectors.joining(","));
        assertThat(AccountEngagementCaller.code(bridge.export("prospect", many, UPDATED, RECENT)))
                .isEqualTo(154);
        put("ada@example.org");
        clock.advance(Duration.ofMinutes(1));
        HttpResponse<String> all = bridge.call(
                "POST",
                "/api/v5/exports",
                AccountEngagementCaller.body("prospect", "", UPDATED, RECENT).replace("\"fields\":[],", ""));
        JsonNode done = bridge.finished(AccountEngagementCaller.id(all));
        assertThat(bridge.get(done.path("resultRefs").asText()).body()).contains("lastName", "Favourite_Colour__c");
    }

    @ParameterizedTest
    @CsvSource({"false,1", "true,1", "all,2"})
    void theRecycleBinIsAskedFor(String deleted, int rows) throws IOException {
        put("ada@example.org");
        sandbox.remove("prospect", put("bo@example.org"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(rows(export("\"updatedAfter\":\"2026-03-01\",\"deleted\":\"" + deleted + "\"")
                        .path("resultRefs")))
                .hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource({"FALSE,1", "ALL,2"})
    void whatDeletedIsByDefaultIsInDoubt(Doubts.Deleted standard, int rows) throws IOException {
        sandbox.switches().set(Doubts.DELETED_DEFAULT, standard);
        put("ada@example.org");
        sandbox.remove("prospect", put("bo@example.org"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(rows(export("\"updatedAfter\":\"2026-03-01\"").path("resultRefs")))
                .hasSize(rows);
    }

    @Test
    void restoringFlipsTheFlagBackAndPurgedRecordsNeverAppear() throws IOException {
        long ada = put("ada@example.org");
        sandbox.remove("prospect", ada);
        clock.advance(Duration.ofMinutes(1));
        sandbox.restore("prospect", ada);
        sandbox.purge("prospect", put("bo@example.org"));
        clock.advance(Duration.ofMinutes(1));
        String file = bridge.get(export(RECENT).path("resultRefs").asText()).body();
        assertThat(file).contains("2026-03-02 07:01:00,false").doesNotContain("bo@example.org");
    }

    @Test
    void visitorsAndAccountsCanFollowTheirProspects() throws IOException {
        long account = sandbox.put("prospectAccount", Map.of("name", "Sample & Sons"));
        long ada = sandbox.put(
                "prospect", Map.of("email", "ada@example.org", "prospectAccountId", Long.toString(account)));
        long visitor = sandbox.put("visitor", Map.of("prospectId", Long.toString(ada)));
        clock.advance(Duration.ofDays(1));
        sandbox.edit("prospect", ada, Map.of("city", "Sampleton"));
        clock.advance(Duration.ofMinutes(1));
        String arguments = "\"prospectUpdatedAfter\":\"yesterday\"";
        assertThat(rows(done("visitor", "\"id\"", "filter_by_prospect_updated_at", arguments)))
                .containsExactly(Long.toString(visitor));
        assertThat(rows(done("prospectAccount", "\"id\"", "filter_by_prospect_updated_at", arguments)))
                .containsExactly(Long.toString(account));
    }

    @ParameterizedTest
    @CsvSource({"true,0", "false,174"})
    void accountsByTheirOwnUpdateAreInDoubt(boolean possible, int code) throws IOException {
        sandbox.switches().set(Doubts.ACCOUNTS_BY_UPDATED, possible);
        assertThat(AccountEngagementCaller.code(
                        bridge.export("prospectAccount", "\"id\"", UPDATED, "\"updatedAfter\":\"2026-03-01\"")))
                .isEqualTo(code);
    }

    @Test
    void activitiesCanBeOfSomeTypesAndOfProspectsOnly() throws IOException {
        long click = sandbox.put("visitorActivity", Map.of("type", "1", "prospectId", "9001"));
        long view = sandbox.put("visitorActivity", Map.of("type", "2"));
        sandbox.put("visitorActivity", Map.of("type", "5", "prospectId", "9001"));
        clock.advance(Duration.ofMinutes(1));
        String after = "\"createdAfter\":\"2026-03-01\"";
        String procedure = "filter_by_created_at";
        assertThat(rows(done("visitorActivity", "\"id\"", procedure, after)))
                .containsExactlyInAnyOrder(Long.toString(click), Long.toString(view));
        assertThat(rows(done("visitorActivity", "\"id\"", procedure, after + ",\"type\":[1]")))
                .containsExactly(Long.toString(click));
        assertThat(rows(done("visitorActivity", "\"id\"", procedure, after + ",\"prospectOnly\":true")))
                .containsExactly(Long.toString(click));
    }

    @ParameterizedTest
    @CsvSource({
        "BY_VERSION, updatedAfter,  5, 0",
        "BY_VERSION, updated_after, 5, 175",
        "BY_VERSION, updated_after, 4, 0",
        "BY_VERSION, updatedAfter,  4, 175",
        "SNAKE,      updated_after, 5, 0",
        "CAMEL,      updatedAfter,  4, 0",
        "BOTH,       updatedAfter,  4, 0",
        "BOTH,       updated_after, 4, 0"
    })
    void argumentsHaveASpelling(Doubts.Spelling spelling, String argument, int version, int code) throws IOException {
        sandbox.switches().set(Doubts.ARGUMENT_SPELLING, spelling);
        String arguments = "\"" + argument + "\":\"2026-03-01\"";
        assertThat(AccountEngagementCaller.code(
                        version == 5
                                ? bridge.export("prospect", "\"id\"", UPDATED, arguments)
                                : bridge.older("prospect", "\"id\"", UPDATED, arguments)))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "DOCUMENTED, created, prospect_only, 0",
        "DOCUMENTED, created, prospectOnly,  175",
        "DOCUMENTED, updated, prospectOnly,  0",
        "DOCUMENTED, updated, prospect_only, 175",
        "SNAKE,      updated, prospect_only, 0",
        "CAMEL,      created, prospectOnly,  0",
        "BOTH,       created, prospectOnly,  0"
    })
    void oneArgumentHasTwoSpellingsInOneDocument(Doubts.ProspectOnly reading, String stem, String argument, int code)
            throws IOException {
        sandbox.switches().set(Doubts.PROSPECT_ONLY, reading);
        assertThat(AccountEngagementCaller.code(bridge.older(
                        "visitorActivity",
                        "\"id\"",
                        "filter_by_" + stem + "_at",
                        "\"" + stem + "_after\":\"2026-03-01\",\"" + argument + "\":\"true\"")))
                .isEqualTo(code);
    }

    @Test
    void version4SpeaksInSnakeCaseAndWritesNumbersForBooleans() throws IOException {
        sandbox.put("prospect", Map.of("email", "ada@example.org", "firstName", "Ada", "salesforceLeadId", "00Q1"));
        clock.advance(Duration.ofMinutes(1));
        HttpResponse<String> created = bridge.older(
                "prospect",
                "\"id\",\"first_name\",\"crm_lead_fid\",\"is_deleted\"",
                UPDATED,
                "\"updated_after\":\"2026-03-01 00:00:00\"");
        assertThat(SandboxCaller.json(created).path("export").path("state").asText())
                .isEqualTo("Waiting");
        String path = "/api/export/version/4/do/read/id/" + AccountEngagementCaller.id(created) + "?format=json";
        bridge.get(path);
        bridge.get(path);
        JsonNode done = SandboxCaller.json(bridge.get(path)).path("export");
        assertThat(done.path("createdAt").asText()).isEqualTo("2026-03-02 07:01:00");
        assertThat(done.path("resultRefs").asText()).contains("/api/export/version/4/do/downloadResults/id/");
        assertThat(bridge.get(done.path("resultRefs").asText()).body())
                .isEqualTo("id,first_name,crm_lead_fid,is_deleted\n9001,Ada,00Q1,0\n");
    }

    @Test
    void version4AnswersInXmlWhereNoFormatIsAskedFor() throws IOException {
        String answer = bridge.call(
                        "POST",
                        "/api/export/version/4/do/create",
                        AccountEngagementCaller.body("prospect", "\"id\"", UPDATED, "\"updated_after\":\"2026-03-01\""))
                .body();
        assertThat(answer).contains("<rsp stat=\"ok\" version=\"1.0\"><export><id>501</id><state>Waiting</state>");
    }

    @ParameterizedTest
    @CsvSource({"true,0", "false,180"})
    void whetherOlderVersionsShowTheFlagOfDeletionIsInDoubt(boolean shown, int code) throws IOException {
        sandbox.switches().set(Doubts.DELETED_FLAG_IN_OLDER, shown);
        assertThat(AccountEngagementCaller.code(
                        bridge.older("prospect", "\"id\",\"is_deleted\"", UPDATED, "\"updated_after\":\"2026-03-01\"")))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"WRAPPED,true", "FLAT,false", "BY_VERSION,false"})
    void theEnvelopeIsInDoubt(Doubts.Envelope envelope, boolean wrapped) throws IOException {
        sandbox.switches().set(Doubts.ENVELOPE, envelope);
        assertThat(SandboxCaller.json(bridge.export("prospect", FIELDS, UPDATED, RECENT))
                        .has("export"))
                .isEqualTo(wrapped);
    }

    @Test
    void theStatesNameIsInDoubtAndTheOtherOneIsNoField() throws IOException {
        long id = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        sandbox.switches().set(Doubts.STATE_NAME, Doubts.StateName.STATUS);
        assertThat(AccountEngagementCaller.code(bridge.get("/api/v5/exports/" + id + "?fields=id,state")))
                .isEqualTo(180);
        assertThat(SandboxCaller.json(bridge.get("/api/v5/exports/" + id + "?fields=id,status"))
                        .path("status")
                        .asText())
                .isEqualTo("Waiting");
        assertThat(AccountEngagementCaller.code(bridge.get("/api/v5/exports/" + id)))
                .isEqualTo(153);
        sandbox.switches().set(Doubts.EXPORT_READS_NEED_FIELDS, false);
        assertThat(bridge.get("/api/v5/exports/" + id).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void theStatusOfANewExportIsInDoubt(int status) throws IOException {
        sandbox.switches().set(Doubts.CREATE_STATUS, status);
        HttpResponse<String> answer = bridge.export("prospect", FIELDS, UPDATED, RECENT);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Location").isPresent()).isEqualTo(status == 201);
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL,      2026-03-02 07:00:00",
        "ISO_Z,      2026-03-02T12:00:00Z",
        "ISO_OFFSET, 2026-03-02T07:00:00-05:00"
    })
    void howFilesWriteMomentsIsInDoubt(Doubts.CsvDates dates, String written) throws IOException {
        sandbox.switches().set(Doubts.CSV_DATES, dates);
        put("ada@example.org");
        clock.advance(Duration.ofMinutes(1));
        assertThat(bridge.get(export(RECENT).path("resultRefs").asText()).body())
                .contains(written);
    }

    @ParameterizedTest
    @CsvSource({"true,2026-02-13", "false,2026-02-13 19:30:00"})
    void anActivitysDateMayHaveNoTime(boolean dateOnly, String written) throws IOException {
        sandbox.switches().set(Doubts.ACTIVITY_DATE_ONLY, dateOnly);
        sandbox.put("externalActivity", Map.of("activityDate", "2026-02-14T00:30:00Z"));
        clock.advance(Duration.ofMinutes(1));
        HttpResponse<String> created = bridge.export(
                "externalActivity", "\"activityDate\"", "filter_by_activity_at", "\"activityAfter\":\"2026-02-01\"");
        String file = bridge.get(bridge.finished(AccountEngagementCaller.id(created))
                        .path("resultRefs")
                        .asText())
                .body();
        assertThat(file).endsWith("\n" + written + "\n");
    }

    @Test
    void aFileKeepsTheZoneItsCreatorHadAtItsCreation() throws IOException {
        put("ada@example.org");
        clock.advance(Duration.ofMinutes(1));
        long id = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        sandbox.move(ApiUser.BRIDGE, ZoneId.of("Asia/Tokyo"));
        JsonNode done = bridge.finished(id);
        assertThat(done.path("createdAt").asText()).isEqualTo("2026-03-02T21:01:00+09:00");
        assertThat(admin.get(done.path("resultRefs").asText()).body()).contains("2026-03-02 07:00:00");
    }

    @Test
    void exportsRunOneAfterAnotherAndAStuckOneHoldsUpTheRest() throws IOException {
        sandbox.switches().set(Doubts.STUCK, true);
        long first = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        long second = AccountEngagementCaller.id(admin.export("prospect", FIELDS, UPDATED, RECENT));
        IntStream.range(0, 10).forEach(count -> reads(second));
        assertThat(state(second)).isEqualTo("Waiting");

        sandbox.switches().set(Doubts.STUCK, false);
        bridge.finished(first);
        assertThat(state(second)).isEqualTo("Waiting");
        assertThat(admin.finished(second).path("state").asText()).isEqualTo("Complete");
    }

    @ParameterizedTest
    @EnumSource(Doubts.Outcome.class)
    void anExportMayEndInThreeWays(Doubts.Outcome outcome) throws IOException {
        sandbox.switches().set(Doubts.OUTCOME, outcome);
        assertThat(export(RECENT).path("state").asText()).isEqualToIgnoringCase(outcome.name());
    }

    @Test
    void aWordMayBeUnknown() throws IOException {
        sandbox.switches().set(Doubts.UNKNOWN_STATE, "Hibernating");
        long id = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        bridge.read(id);
        assertThat(bridge.read(id).path("state").asText()).isEqualTo("Hibernating");
    }

    @Test
    void onlyAnUnfinishedExportCanBeCanceled() throws IOException {
        long id = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        HttpResponse<String> canceled = bridge.call("POST", "/api/v5/exports/" + id + "/do/cancel", "");
        assertThat(SandboxCaller.json(canceled).path("state").asText()).isEqualTo("Canceled");
        assertThat(canceled.body()).doesNotContain("resultRefs");
        assertThat(bridge.finished(id).path("state").asText()).isEqualTo("Canceled");

        long other = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        bridge.finished(other);
        assertThat(AccountEngagementCaller.code(bridge.call("POST", "/api/v5/exports/" + other + "/do/cancel", "")))
                .isEqualTo(178);
    }

    @Test
    void dataGoAfterAWeekAndWhatIsUnfinishedIsGivenUp() throws IOException {
        put("ada@example.org");
        clock.advance(Duration.ofMinutes(1));
        long id = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        String link = bridge.finished(id).path("resultRefs").asText();
        long stuck = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        clock.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(bridge.get(link).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(AccountEngagementCaller.code(bridge.get(link))).isEqualTo(178);
        JsonNode expired = bridge.read(id);
        assertThat(expired.path("state").asText()).isEqualTo("Complete");
        assertThat(expired.path("isExpired").asBoolean()).isTrue();
        assertThat(expired.has("resultRefs")).isFalse();
        assertThat(bridge.read(stuck).path("state").asText()).isEqualTo("Canceled");
    }

    @Test
    void onlyItsCreatorAndAdministratorsSeeAnExport() throws IOException {
        long id = AccountEngagementCaller.id(admin.export("prospect", FIELDS, UPDATED, RECENT));
        assertThat(AccountEngagementCaller.code(
                        bridge.get("/api/v5/exports/" + id + "?" + AccountEngagementCaller.FIELDS)))
                .isEqualTo(49);
        long other = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        assertThat(admin.finished(other).path("id").asLong()).isEqualTo(other);
        assertThat(AccountEngagementCaller.code(bridge.get("/api/v5/exports?fields=id")))
                .isEqualTo(49);
    }

    @Test
    void anObjectNeedsItsAbilities() throws IOException {
        sandbox.close();
        try (AccountEngagementSandbox other = AccountEngagementSandbox.start(AccountEngagementSandbox.Options.standard()
                .clock(clock)
                .users(ApiUser.BRIDGE.without(Ability.LISTS_VIEW)))) {
            AccountEngagementCaller lesser = new AccountEngagementCaller(other, other.user());
            String arguments = "\"updatedAfter\":\"2026-03-01\"";
            assertThat(AccountEngagementCaller.code(lesser.export("listMembership", "\"id\"", UPDATED, arguments)))
                    .isEqualTo(49);
            assertThat(AccountEngagementCaller.code(lesser.export("prospect", "\"id\"", UPDATED, arguments)))
                    .isEqualTo(0);
        }
    }

    @Test
    void administratorsListExports() throws IOException {
        assertThat(SandboxCaller.json(admin.get("/api/export/version/4/do/query?format=json"))
                        .toString())
                .isEqualTo("{\"result\":{\"total_results\":0}}");
        long first = AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, RECENT));
        assertThat(SandboxCaller.json(admin.get("/api/export/version/4/do/query?format=json"))
                        .at("/result/export/id")
                        .asLong())
                .isEqualTo(first);
        clock.advance(Duration.ofMinutes(1));
        long second = AccountEngagementCaller.id(
                bridge.export("visitor", "\"id\"", UPDATED, "\"updatedAfter\":\"2026-03-01\""));
        JsonNode all = SandboxCaller.json(admin.get("/api/export/version/4/do/query?format=json"))
                .at("/result/export");
        assertThat(all.findValuesAsText("id")).containsExactly(Long.toString(second), Long.toString(first));
        assertThat(all.findValues("resultRefs")).isEmpty();
        assertThat(SandboxCaller.json(
                                admin.get("/api/export/version/4/do/query?format=json&object=prospect&status=Waiting"))
                        .at("/result/total_results")
                        .asInt())
                .isEqualTo(0);
        JsonNode page = SandboxCaller.json(admin.get("/api/v5/exports?fields=id,state&limit=1"));
        assertThat(page.path("values").findValuesAsText("id")).containsExactly(Long.toString(second));
        JsonNode next = SandboxCaller.json(admin.get("/api/v5/exports?fields=id,state&limit=1&nextPageToken="
                + page.path("nextPageToken").asText()));
        assertThat(next.path("values").findValuesAsText("id")).containsExactly(Long.toString(first));
        assertThat(next.path("nextPageToken").isNull()).isTrue();
        assertThat(AccountEngagementCaller.code(
                        admin.get("/api/export/version/4/do/query?format=json&status=Canceled")))
                .isEqualTo(154);
    }

    @ParameterizedTest
    @CsvSource({"true,2", "false,1"})
    void whetherADownloadCountsIsInDoubt(boolean counts, int used) throws IOException {
        put("ada@example.org");
        clock.advance(Duration.ofMinutes(1));
        String link = export(RECENT).path("resultRefs").asText();
        clock.advance(Duration.ofDays(1));
        sandbox.switches().set(Doubts.DOWNLOADS_COUNT, counts);
        bridge.get(link);
        HttpResponse<String> account = bridge.send(bridge.to("/api/v5/objects/account?fields=apiCallsUsed"));
        assertThat(SandboxCaller.json(account).path("apiCallsUsed").asInt()).isEqualTo(used);
    }

    @Test
    void filesMayBeOnAnotherHostAndNeedTheTokenOrNot() throws IOException {
        sandbox.switches().set(Doubts.DOWNLOAD_HOST, Doubts.DownloadHost.OTHER);
        put("ada@example.org");
        clock.advance(Duration.ofMinutes(1));
        String link = export(RECENT).path("resultRefs").asText();
        assertThat(link).startsWith(sandbox.fileHost().toString());
        assertThat(AccountEngagementCaller.code(new SandboxCaller().send(SandboxCaller.to(link))))
                .isEqualTo(184);
        assertThat(bridge.get(link).statusCode()).isEqualTo(200);
        sandbox.switches().set(Doubts.DOWNLOADS_NEED_TOKEN, false);
        assertThat(new SandboxCaller().send(SandboxCaller.to(link)).statusCode())
                .isEqualTo(200);
    }

    private long put(String email) {
        return sandbox.put("prospect", Map.of("email", email));
    }

    private void reads(long id) {
        try {
            admin.read(id);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String state(long id) throws IOException {
        return admin.read(id).path("state").asText();
    }

    private JsonNode export(String arguments) throws IOException {
        return bridge.finished(AccountEngagementCaller.id(bridge.export("prospect", FIELDS, UPDATED, arguments)));
    }

    private JsonNode done(String object, String fields, String procedure, String arguments) throws IOException {
        return bridge.finished(AccountEngagementCaller.id(bridge.export(object, fields, procedure, arguments)))
                .path("resultRefs");
    }

    /** The ids in all files. */
    private List<String> rows(JsonNode links) throws IOException {
        List<String> addresses = new ArrayList<>();
        if (links.isTextual()) {
            addresses.add(links.asText());
        }
        links.forEach(link -> addresses.add(link.asText()));
        List<String> ids = new ArrayList<>();
        for (String address : addresses) {
            bridge.get(address)
                    .body()
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", 2)[0])
                    .forEach(ids::add);
        }
        return ids;
    }
}
