package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.Switch;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.accountengagement.ApiUser;
import io.tidemark.sandbox.accountengagement.Doubts;
import io.tidemark.system.Account;
import io.tidemark.system.ApiException;
import io.tidemark.system.Export;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.JobStatus;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.Shape;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter's exports against the pretended system, in every reading of its doubts. */
final class AccountEngagementWireTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private final MovableClock clock = new MovableClock(START);
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private long ada;
    private long bo;

    @BeforeEach
    void people() {
        ada = sandbox.put(
                "prospect", Map.of("email", "ada@example.org", "firstName", "Ada", "salesforceLeadId", "00Q1"));
        bo = sandbox.put("prospect", Map.of("email", "bo@example.org", "optedOut", "true"));
        sandbox.remove("prospect", bo);
        clock.advance(Duration.ofMinutes(10));
    }

    @AfterEach
    void close() {
        assertThat(sandbox.credentialLeaks()).isEmpty();
        sandbox.close();
    }

    private AccountEngagementDriver driver(String... changes) {
        var options = new HashMap<String, String>();
        for (int place = 0; place < changes.length; place += 2) {
            options.put(changes[place], changes[place + 1]);
        }
        return new AccountEngagementDriver(sandbox, clock, options);
    }

    private static ExportRequest window(String from, String to) {
        return new ExportRequest(Instant.parse(from), Instant.parse(to), List.of(), false);
    }

    private static ExportRequest today() {
        return window("2026-03-02T00:00:00Z", "2026-03-02T12:09:00Z");
    }

    /** The ids of an export of today's prospects. */
    private List<String> ids(AccountEngagementDriver driver) {
        return driver.rows(driver.export("prospect", Map.of()), today()).stream()
                .map(row -> row.get("id"))
                .sorted()
                .toList();
    }

    private List<String> both() {
        return List.of(Long.toString(ada), Long.toString(bo));
    }

    @ParameterizedTest
    @CsvSource({"5", "4", "3"})
    void anExportBringsRecordsAndDeletionsInEveryVersion(String version) {
        sandbox.switches().set(Doubts.SEVERAL_PER_EMAIL, !version.equals("3"));
        AccountEngagementDriver driver = driver("api-version", version);
        Export export = driver.export("prospect", Map.of());
        List<Map<String, String>> rows = driver.rows(export, today());
        boolean five = version.equals("5");
        String flag = five ? "isDeleted" : "is_deleted";
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            boolean deleted = row.getOrDefault("id", "").equals(Long.toString(bo));
            assertThat(row.get(flag)).isIn(deleted ? List.of("true", "1") : List.of("false", "0"));
            assertThat(row.get(five ? "updatedAt" : "updated_at")).isEqualTo("2026-03-02 07:00:00");
        });
        Shape shape = driver.hold(export.shape());
        assertThat(shape.fields().stream().map(Field::name).toList())
                .containsExactlyElementsOf(rows.get(0).keySet());
        assertThat(rows.stream().filter(row -> shape.deletions().get(0).deletes(row.get(flag))))
                .hasSize(1);
    }

    static Stream<Arguments> readings() {
        return Stream.of(
                Arguments.of(Doubts.STATE_NAME, Doubts.StateName.STATUS, "5", List.of()),
                Arguments.of(Doubts.STATE_NAME, Doubts.StateName.STATUS, "4", List.of()),
                Arguments.of(Doubts.STATE_NAME, Doubts.StateName.STATUS, "5", List.of("state-field", "status")),
                Arguments.of(Doubts.STATE_NAME, Doubts.StateName.STATE, "5", List.of("state-field", "status")),
                Arguments.of(Doubts.ENVELOPE, Doubts.Envelope.WRAPPED, "5", List.of()),
                Arguments.of(Doubts.ENVELOPE, Doubts.Envelope.FLAT, "4", List.of()),
                Arguments.of(Doubts.ARGUMENT_SPELLING, Doubts.Spelling.BOTH, "5", List.of()),
                Arguments.of(
                        Doubts.ARGUMENT_SPELLING, Doubts.Spelling.SNAKE, "5", List.of("argument-spelling", "snake")),
                Arguments.of(
                        Doubts.ARGUMENT_SPELLING, Doubts.Spelling.CAMEL, "4", List.of("argument-spelling", "camel")),
                Arguments.of(Doubts.MISSING_END, Doubts.MissingEnd.UNBOUNDED, "5", List.of()),
                Arguments.of(Doubts.YEAR, Doubts.Year.DAYS_366, "5", List.of()),
                Arguments.of(Doubts.YEAR, Doubts.Year.CALENDAR, "4", List.of()),
                Arguments.of(Doubts.CREATE_STATUS, 201, "5", List.of()),
                Arguments.of(Doubts.DELETED_DEFAULT, Doubts.Deleted.ALL, "5", List.of()),
                Arguments.of(Doubts.MISSING_FORMAT, Doubts.Form.JSON, "4", List.of()),
                Arguments.of(Doubts.OFFSETS_UNDERSTOOD, false, "4", List.of()),
                Arguments.of(Doubts.OFFSETS_UNDERSTOOD, false, "5", List.of("window-times", "local")),
                Arguments.of(Doubts.EXPORT_READS_NEED_FIELDS, false, "5", List.of()),
                Arguments.of(Doubts.DOWNLOADS_COUNT, false, "5", List.of()),
                Arguments.of(Doubts.DOWNLOADS_NEED_TOKEN, false, "5", List.of()),
                Arguments.of(Doubts.DOWNLOAD_HOST, Doubts.DownloadHost.OTHER, "4", List.of()),
                Arguments.of(Doubts.ROWS_PER_FILE, 1, "5", List.of()),
                Arguments.of(Doubts.SHUFFLED, false, "5", List.of()),
                Arguments.of(Doubts.UNKNOWN_STATE, "Hibernating", "5", List.of()),
                Arguments.of(Doubts.ERRORS_WITH_200, true, "4", List.of()));
    }

    @ParameterizedTest
    @MethodSource("readings")
    <T> void everyReadingOfADoubtBringsTheSameRecords(
            Switch<T> doubt, T reading, String version, List<String> options) {
        sandbox.switches().set(doubt, reading);
        var all = new ArrayList<>(List.of("api-version", version));
        all.addAll(options);
        assertThat(ids(driver(all.toArray(String[]::new)))).isEqualTo(both());
    }

    @ParameterizedTest
    @EnumSource(Doubts.CsvDates.class)
    void timesInFilesComeToTheSameMomentInEveryForm(Doubts.CsvDates dates) {
        sandbox.switches().set(Doubts.CSV_DATES, dates);
        AccountEngagementDriver driver = driver();
        String written =
                driver.rows(driver.export("prospect", Map.of()), today()).get(0).getOrDefault("updatedAt", "");
        assertThat(written).isIn("2026-03-02 07:00:00", "2026-03-02T12:00:00Z", "2026-03-02T07:00:00-05:00");
        var zone = new AccountEngagement().zone(AccountEngagementDriver.options(sandbox, Map.of()));
        Instant read = written.length() == 19
                ? LocalDateTime.parse(written.replace(' ', 'T')).atZone(zone).toInstant()
                : OffsetDateTime.parse(written).toInstant();
        assertThat(read).isEqualTo(START);
    }

    @ParameterizedTest
    @CsvSource({"5", "4"})
    void consecutiveWindowsLoseNothingOnTheirBounds(String version) {
        AccountEngagementDriver driver = driver("api-version", version);
        Export export = driver.export("prospect", Map.of());
        assertThat(driver.rows(export, window("2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z")))
                .isEmpty();
        assertThat(driver.rows(export, window("2026-03-02T12:00:00Z", "2026-03-02T12:05:00Z")))
                .hasSize(2);
    }

    @Test
    void theLongestWindowIsTakenInEveryReadingOfAYear() {
        for (Doubts.Year year : Doubts.Year.values()) {
            sandbox.switches().set(Doubts.YEAR, year);
            for (String version : List.of("5", "4")) {
                AccountEngagementDriver driver = driver("api-version", version);
                Export export = driver.export("prospect", Map.of());
                Instant to = clock.instant().minusSeconds(60);
                Duration longest = export.limits().longest().orElseThrow();
                assertThat(driver.rows(export, new ExportRequest(to.minus(longest), to, List.of(), false)))
                        .hasSize(2);
            }
        }
    }

    @Test
    void inTheHourThatComesTwiceNothingIsLost() {
        clock.set(Instant.parse("2026-11-01T05:30:00Z"));
        sandbox.edit("prospect", ada, Map.of("city", "First"));
        clock.set(Instant.parse("2026-11-01T06:30:00Z"));
        sandbox.edit("prospect", bo, Map.of("city", "Second"));
        clock.set(Instant.parse("2026-11-01T06:40:00Z"));
        AccountEngagementDriver driver = driver("api-version", "4");
        Export export = driver.export("prospect", Map.of());
        assertThat(driver.rows(export, window("2026-11-01T05:20:00Z", "2026-11-01T06:35:00Z")))
                .hasSize(2);
        clock.set(Instant.parse("2026-11-01T09:00:00Z"));
        assertThat(driver.rows(export, window("2026-11-01T06:10:00Z", "2026-11-01T08:00:00Z")))
                .hasSize(2);
    }

    @Test
    void allObjectsCanBeExportedByAllTheirProcedures() {
        sandbox.put("visitor", Map.of("prospectId", Long.toString(ada)));
        sandbox.put("visitorActivity", Map.of("prospectId", Long.toString(ada), "type", "2"));
        sandbox.put("listMembership", Map.of("prospectId", Long.toString(ada), "listId", "77"));
        sandbox.put("prospectAccount", Map.of("name", "Sample"));
        sandbox.put("externalActivity", Map.of("value", "fair", "activityDate", "2026-03-02T10:00:00Z"));
        long account = sandbox.keys("prospectAccount", false).get(0);
        sandbox.edit("prospect", ada, Map.of("prospectAccountId", Long.toString(account)));
        clock.advance(Duration.ofMinutes(10));
        for (String version : List.of("5", "4")) {
            AccountEngagementDriver driver = driver("api-version", version);
            for (AccountEngagementObject object : AccountEngagementObject.ALL) {
                for (AccountEngagementProcedure procedure : object.procedures()) {
                    Map<String, String> parameters = Map.of("procedure", procedure.word());
                    assertThat(driver.rows(
                                    driver.export(object.vendorName(), parameters),
                                    window("2026-03-02T00:00:00Z", "2026-03-02T12:19:00Z")))
                            .as("%s by %s in version %s", object.vendorName(), procedure, version)
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void otherNamesOfProceduresCanBeConfigured() {
        sandbox.switches().set(Doubts.ACTIVITY_PROCEDURE, "filter_by_activity_date");
        AccountEngagementDriver driver = driver();
        assertThatThrownBy(() -> driver.hold(driver.export("externalActivity", Map.of("procedure", "activity"))
                        .request(today())))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("tidemark.streams.people.export.procedure-name");
        Map<String, String> renamed = Map.of("procedure", "activity", "procedure-name", "filter_by_activity_date");
        assertThat(driver.rows(driver.export("externalActivity", renamed), today()))
                .isEmpty();
    }

    @Test
    void anAccountsOwnUpdateMayBeMissingAndTheOtherProcedureIsNamed() {
        sandbox.switches().set(Doubts.ACCOUNTS_BY_UPDATED, false);
        AccountEngagementDriver driver = driver();
        assertThatThrownBy(() ->
                        driver.hold(driver.export("prospectAccount", Map.of()).request(today())))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("Set tidemark.streams.people.export.procedure to another");
        assertThat(driver.rows(driver.export("prospectAccount", Map.of("procedure", "prospect-updated")), today()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DOCUMENTED, documented", "SNAKE, snake", "CAMEL, camel", "BOTH, documented"})
    void oneArgumentIsSpeltAsConfigured(Doubts.ProspectOnly reading, String spelling) {
        sandbox.switches().set(Doubts.PROSPECT_ONLY, reading);
        sandbox.put("visitorActivity", Map.of("type", "2"));
        sandbox.put("visitorActivity", Map.of("type", "2", "prospectId", Long.toString(ada)));
        clock.advance(Duration.ofMinutes(10));
        AccountEngagementDriver driver = driver("api-version", "4", "prospect-only-spelling", spelling);
        for (String procedure : List.of("created", "updated")) {
            Map<String, String> parameters = Map.of("procedure", procedure, "prospect-only", "true", "type", "1,2");
            assertThat(driver.rows(
                            driver.export("visitorActivity", parameters),
                            window("2026-03-02T00:00:00Z", "2026-03-02T12:19:00Z")))
                    .hasSize(1);
        }
    }

    @Test
    void withoutTheFlagOlderVersionsNeedDeletesIgnored() {
        sandbox.switches().set(Doubts.DELETED_FLAG_IN_OLDER, false);
        AccountEngagementDriver driver = driver("api-version", "4");
        assertThatThrownBy(() -> driver.hold(driver.export("prospect", Map.of()).request(today())))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("tidemark.streams.people.deletes=ignore");
        ExportSpec ignoring = new ExportSpec("people", "prospect", List.of(), Map.of(), false, Optional.empty());
        assertThat(driver.rows(driver.source().export(ignoring), today())).hasSize(1);
    }

    @Test
    void dateOnlyActivitiesAreRead() {
        sandbox.switches().set(Doubts.ACTIVITY_DATE_ONLY, true);
        sandbox.put("externalActivity", Map.of("activityDate", "2026-03-02T10:00:00Z"));
        clock.advance(Duration.ofMinutes(10));
        AccountEngagementDriver driver = driver();
        assertThat(driver.rows(
                        driver.export("externalActivity", Map.of()),
                        window("2026-03-02T00:00:00Z", "2026-03-02T12:19:00Z")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("activityDate", "2026-03-02"));
    }

    @ParameterizedTest
    @CsvSource({"FAILED,Failed", "CANCELED,Failed"})
    void anExportThatEndsBadlyIsFailed(Doubts.Outcome outcome, String kind) {
        sandbox.switches().set(Doubts.OUTCOME, outcome);
        AccountEngagementDriver driver = driver();
        assertThat(driver.finished(driver.export("prospect", Map.of()), today())
                        .getClass()
                        .getSimpleName())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"5", "4"})
    void anExpiredExportIsGoneAndOneThatIsNotThereIsToo(String version) {
        sandbox.switches().set(Doubts.TOKEN_LIFE, Duration.ofDays(30));
        AccountEngagementDriver driver = driver("api-version", version);
        Export export = driver.export("prospect", Map.of());
        String job = driver.hold(export.request(today())).jobId();
        for (int polls = 0; polls < 3; polls++) {
            driver.hold(export.status(job, today()));
        }
        JobStatus.Ready ready = (JobStatus.Ready) driver.hold(export.status(job, today()));
        clock.advance(Duration.ofDays(7));
        assertThat(driver.download((ExportFile) ready.parts().get(0)).body()).contains("178");
        assertThat(driver.hold(export.status(job, today()))).isInstanceOf(JobStatus.Gone.class);
        assertThat(driver.hold(export.status("77", today()))).isInstanceOf(JobStatus.Gone.class);
    }

    @ParameterizedTest
    @CsvSource({"5", "4"})
    void anExportIsGivenUpOnce(String version) {
        AccountEngagementDriver driver = driver("api-version", version);
        Export export = driver.export("prospect", Map.of());
        String job = driver.hold(export.request(today())).jobId();
        assertThat(driver.hold(export.cancel(job).orElseThrow())).isTrue();
        assertThat(driver.hold(export.status(job, today()))).isInstanceOf(JobStatus.Failed.class);
        String other = driver.hold(export.request(today())).jobId();
        sandbox.switches().set(Doubts.WAITING_READS, 0).set(Doubts.PROCESSING_READS, 0);
        driver.hold(export.status(other, today()));
        assertThat(driver.hold(export.cancel(other).orElseThrow())).isFalse();
    }

    @Test
    void recordsAreReadBackByTheirKeys() {
        for (String version : List.of("5", "4")) {
            AccountEngagementDriver driver = driver("api-version", version);
            Export export =
                    driver.export("prospect", Map.of("custom-fields", version.equals("5") ? "Seats__c" : "Seats"));
            sandbox.edit("prospect", ada, Map.of("Seats__c", "12"));
            ExportRequest byKeys = new ExportRequest(
                    START, clock.instant(), List.of(Long.toString(ada), "77", Long.toString(bo)), false);
            List<Map<String, String>> rows = driver.rows(export, byKeys);
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0))
                    .containsEntry("email", "ada@example.org")
                    .containsEntry(version.equals("5") ? "firstName" : "first_name", "Ada")
                    .containsEntry(version.equals("5") ? "Seats__c" : "Seats", "12")
                    .containsEntry(version.equals("5") ? "salesforceLeadId" : "crm_lead_fid", "00Q1");
            assertThat(rows.get(1)).containsEntry(version.equals("5") ? "isDeleted" : "is_deleted", "true");
        }
        assertThat(sandbox.log().count("POST", "/api/v5/exports")).isZero();
    }

    @Test
    void customFieldsHaveTheirTypes() {
        AccountEngagementDriver driver = driver();
        Shape shape = driver.hold(driver.export(
                        "prospect", Map.of("fields", "email", "custom-fields", "Seats__c,Favourite_Colour__c,Gone__c"))
                .shape());
        assertThat(shape.fields())
                .contains(
                        new Field("Seats__c", FieldType.NUMBER, true),
                        new Field("Favourite_Colour__c", FieldType.TEXT, true));
        assertThat(shape.notes())
                .containsExactly(
                        "the bridge does not know these fields, and Account Engagement may refuse them: Gone__c;"
                                + " they are read as text");
    }

    @Test
    void aResourceIsDescribedWithItsCustomFields() {
        ResourceDescription five = driver().hold(driver().source().describe("prospect"));
        assertThat(five.key()).containsExactly("id");
        assertThat(five.fields())
                .contains(
                        new Field("firstName", FieldType.TEXT, true),
                        new Field("score", FieldType.INTEGER, true),
                        new Field("comments", FieldType.TEXT, false));
        assertThat(five.custom())
                .containsExactly(
                        new CustomField("Favourite_Colour__c", "Favourite colour (dropdown)", true),
                        new CustomField("Seats__c", "Seats (number)", true));
        AccountEngagementDriver older = driver("api-version", "4");
        ResourceDescription four = older.hold(older.source().describe("prospect"));
        assertThat(four.fields()).contains(new Field("first_name", FieldType.TEXT, true));
        assertThat(four.custom().get(1).id()).isEqualTo("Seats");
        assertThat(driver().hold(driver().source().describe("visitor")).custom())
                .isEmpty();
    }

    @Test
    void theAccountIsTheUnitWhoeverCalls() {
        AccountEngagementDriver bridge = driver();
        AccountEngagementDriver admin = driver(
                "client-id", ApiUser.ADMINISTRATOR.clientId(), "client-secret", ApiUser.ADMINISTRATOR.clientSecret());
        Account account = bridge.hold(bridge.source().account());
        assertThat(account.identity()).isEqualTo("account-engagement:" + AccountEngagementSandbox.BUSINESS_UNIT);
        assertThat(account.details())
                .containsEntry("company", "Example Outreach")
                .containsEntry("calls today", "1 of 25000");
        assertThat(admin.hold(admin.source().account()).identity()).isEqualTo(account.identity());
    }

    @Test
    void anEndedTokenIsRenewedAndTheCallRepeated() {
        for (int status : new int[] {200, 400, 401}) {
            sandbox.switches().set(Doubts.TOKEN_STATUS, status);
            AccountEngagementDriver driver = driver();
            driver.hold(driver.source().account());
            sandbox.revokeTokens();
            assertThat(driver.hold(driver.source().account()).details()).isNotEmpty();
        }
    }

    @Test
    void aTokenOfKnownLifeIsRenewedBeforeItEnds() {
        sandbox.switches().set(Doubts.EXPIRES_IN, true).set(Doubts.TOKEN_LIFE, Duration.ofMinutes(30));
        AccountEngagementDriver driver = driver();
        driver.hold(driver.source().account());
        clock.advance(Duration.ofMinutes(29));
        driver.hold(driver.source().account());
        assertThat(sandbox.log().count("POST", "/services/oauth2/token")).isEqualTo(2);
        assertThat(sandbox.log().requests()).noneMatch(request -> request.status() == 401);
    }

    @Test
    void allFlowsGetATokenOfTheSameUser() {
        List<AccountEngagementDriver> drivers = List.of(
                driver(),
                driver("client-secret", "", "refresh-token", sandbox.user().refreshToken()),
                driver(
                        "client-secret",
                        "",
                        "username",
                        sandbox.user().username(),
                        "private-key",
                        sandbox.privateKey()));
        for (AccountEngagementDriver driver : drivers) {
            assertThat(driver.hold(driver.source().account()).details()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "client-secret,    wrong,              granted no token",
        "business-unit-id, 0Uv000000000017CAA, business-unit-id"
    })
    void wrongCredentialsAreDenied(String option, String value, String words) {
        AccountEngagementDriver driver = driver(option, value);
        assertThatThrownBy(() -> driver.hold(driver.source().account()))
                .isInstanceOf(ApiException.Denied.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("wrong");
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void aVersionThatDoesNotFitIsDenied(String version, boolean several) {
        sandbox.switches().set(Doubts.SEVERAL_PER_EMAIL, several);
        for (boolean hidden : new boolean[] {true, false}) {
            sandbox.switches().set(Doubts.ERRORS_WITH_200, hidden);
            AccountEngagementDriver driver = driver("api-version", version);
            assertThatThrownBy(() ->
                            driver.hold(driver.export("prospect", Map.of()).request(today())))
                    .isInstanceOf(ApiException.Denied.class)
                    .hasMessageContaining("api-version=5");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 429})
    void limitsAreWaitedForWhateverTheirStatus(int status) {
        sandbox.switches().set(Doubts.LIMIT_STATUS, status).set(Doubts.PARALLEL_ELSEWHERE, 5);
        AccountEngagementDriver driver = driver("account-time-zone", "America/Los_Angeles");
        assertThat(wait(driver)).contains(Duration.ofSeconds(5));
        sandbox.switches().set(Doubts.PARALLEL_ELSEWHERE, 0).set(Doubts.DAILY_LIMIT, 0);
        assertThat(wait(driver)).contains(Duration.ofHours(19).plusMinutes(51));
        sandbox.switches().set(Doubts.DAILY_LIMIT, 100).set(Doubts.MINUTE_LIMIT, 1);
        clock.advance(Duration.ofMinutes(1));
        driver.hold(driver.source().account());
        assertThat(wait(driver)).contains(Duration.ofMinutes(1));
    }

    private static Optional<Duration> wait(AccountEngagementDriver driver) {
        try {
            driver.hold(driver.source().account());
        } catch (ApiException.RetryLater later) {
            return later.delay();
        }
        throw new AssertionError("it was answered");
    }

    @Test
    void whatIsNoJsonIsAskedForAgain() {
        sandbox.faults().next("GET /api/v5/objects/account", Fault.html(200));
        AccountEngagementDriver driver = driver();
        assertThatThrownBy(() -> driver.hold(driver.source().account()))
                .isInstanceOf(ApiException.RetryLater.class)
                .hasMessageContaining("text/html instead of JSON");
    }

    @Test
    void anUnknownFieldNamesItsKey() {
        AccountEngagementDriver driver = driver();
        assertThatThrownBy(() -> driver.hold(
                        driver.export("prospect", Map.of("fields", "colour")).request(today())))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("code 180: there is no field colour")
                .hasMessageContaining("tidemark.streams.people.export.fields");
    }
}
