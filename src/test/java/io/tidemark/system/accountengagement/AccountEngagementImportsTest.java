package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.accountengagement.Ability;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.accountengagement.ApiUser;
import io.tidemark.sandbox.accountengagement.Doubts;
import io.tidemark.system.ApiException;
import io.tidemark.system.BatchStatus;
import io.tidemark.system.BatchStatus.Answered;
import io.tidemark.system.BatchStatus.Lost;
import io.tidemark.system.BatchStatus.Working;
import io.tidemark.system.Batches;
import io.tidemark.system.Batches.Update;
import io.tidemark.system.Outcome;
import io.tidemark.system.Present;
import io.tidemark.system.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports of prospects, against the pretended system. */
final class AccountEngagementImportsTest {
    private static final String IMPORTS = "/api/v5/imports";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private final AccountEngagementDriver driver = new AccountEngagementDriver(sandbox, clock, Map.of());
    private final Batches imports = batches(driver);
    private String ada = "";
    private String bo = "";

    private static Batches batches(AccountEngagementDriver driver) {
        return driver.writing(Map.of("custom-fields", "Seats__c")).batches().orElseThrow();
    }

    @BeforeEach
    void people() {
        ada = put("ada@example.org", "Ada");
        bo = put("bo@example.org", "Bo");
        clock.advance(Duration.ofMinutes(1));
    }

    private String put(String email, String name) {
        return Long.toString(sandbox.put("prospect", Map.of("email", email, "firstName", name, "city", "Sampleton")));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void anImportThatIsOnlyMadeWritesNothingAndTheNextStepFillsAndStartsIt() {
        List<Update> updates = List.of(update(ada, "firstName", "Ida"), update(bo, "city", "Ny, \"Køge\"\nX"));
        String job = begin(updates);
        assertThat(sandbox.log().requests("POST", IMPORTS).get(0).body())
                .isEqualTo("{\"operation\":\"Upsert\",\"object\":\"Prospect\",\"restoreDeleted\":false,"
                        + "\"createOnNoMatch\":false,\"columns\":[{\"field\":\"matchId\",\"nullOverwrite\":false},"
                        + "{\"field\":\"firstName\",\"nullOverwrite\":false},"
                        + "{\"field\":\"city\",\"nullOverwrite\":false}]}");

        assertThat(goOn(job, updates)).isEqualTo(new Working(job, "Ready", true));
        assertThat(sandbox.log()
                        .requests("POST", IMPORTS + "/" + job + "/batches")
                        .get(0)
                        .body())
                .contains("\r\n\r\n\"matchId\",\"firstName\",\"city\"\r\n\"" + ada + "\",\"Ida\",\"\"\r\n\"" + bo
                        + "\",\"\",\"Ny, \"\"Køge\"\"\nX\"\r\n");
        assertThat(goOn(job, updates)).isEqualTo(new Working(job, "Waiting", true));
        assertThat(goOn(job, updates)).isEqualTo(new Working(job, "Processing", true));
        assertThat(((Answered) goOn(job, updates)).outcomes())
                .isEqualTo(Map.of(ada, new Written.Accepted(), bo, new Written.Accepted()));
        assertThat(record(ada)).containsEntry("firstName", "Ida").containsEntry("city", "Sampleton");
        assertThat(record(bo)).containsEntry("firstName", "Bo").containsEntry("city", "Ny, \"Køge\"\nX");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowThatIsRefusedHoldsUpNoOtherAndItsValueIsNotRepeated(boolean quotes) {
        sandbox.switches().set(Doubts.REFUSALS_QUOTE, quotes);
        List<Update> updates = List.of(update(ada, "email", "secret-nobody"), update(bo, "email", "bo@example.com"));
        String job = begin(updates);

        assertThat(((Answered) finished(job, updates)).outcomes())
                .isEqualTo(Map.of(
                        ada,
                        new Outcome.Refused("Account Engagement refused the record in import " + job
                                + ": the email address is not valid" + (quotes ? ": (value)" : "")),
                        bo,
                        new Written.Accepted()));
        assertThat(record(bo)).containsEntry("email", "bo@example.com");
    }

    @Test
    void aProspectThatIsGoneIsNeverMadeAnew() {
        List<Update> updates = List.of(update(ada, "city", "X"), update(bo, "city", "Y"));
        String job = begin(updates);
        sandbox.purge("prospect", Long.parseLong(ada));
        assertThat(((Answered) finished(job, updates)).outcomes().get(ada)).isInstanceOf(Outcome.Refused.class);
        assertThat(sandbox.keys("prospect", true)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whereTheCountsLeaveRoomForRowsThatWerePassedOverNothingIsSaidOfThem(Doubts.UpdatedCount counts) {
        sandbox.switches().set(Doubts.IMPORT_UNMATCHED, Doubts.Unmatched.PASSED_OVER);
        sandbox.switches().set(Doubts.UPDATED_COUNT, counts);
        List<Update> updates =
                List.of(update(ada, "email", "nobody"), update(bo, "city", "Y"), update("77", "city", "Y"));
        String job = begin(updates);
        Answered answered = (Answered) finished(job, updates);
        assertThat(answered.outcomes().get(ada)).isInstanceOf(Outcome.Refused.class);
        if (counts == Doubts.UpdatedCount.NONE) {
            assertThat(answered.outcomes().get(bo)).isEqualTo(new Written.Accepted());
        } else {
            assertThat(answered.outcomes()).containsOnlyKeys(ada);
        }
    }

    @Test
    void anImportThatWasFilledTwiceSaysTheSame() {
        List<Update> updates = List.of(update(ada, "email", "nobody"), update(bo, "city", "Y"));
        String job = begin(updates);
        sandbox.faults().next("PATCH " + IMPORTS + "*", Fault.status(503));
        assertThatThrownBy(() -> goOn(job, updates)).isInstanceOf(ApiException.RetryLater.class);
        Answered answered = (Answered) finished(job, updates);
        assertThat(answered.outcomes().get(ada)).isInstanceOf(Outcome.Refused.class);
        assertThat(answered.outcomes().get(bo)).isEqualTo(new Written.Accepted());
        assertThat(sandbox.log().count("POST", IMPORTS + "/" + job + "/batches"))
                .isEqualTo(2);
    }

    @Test
    void anImportThatIsShownOpenAlthoughItIsReadyIsLeftToItself() {
        sandbox.switches().set(Doubts.IMPORT_STALE_READS, 1);
        List<Update> updates = List.of(update(ada, "city", "X"));
        String job = begin(updates);
        goOn(job, updates);
        assertThat(goOn(job, updates)).isEqualTo(new Working(job, "Ready", true));
        assertThat(((Answered) finished(job, updates)).outcomes()).containsOnlyKeys(ada);
    }

    @ParameterizedTest
    @ValueSource(strings = {"importFile", "files", "file"})
    void theFileIsSentByTheNameThatIsFound(String name) {
        sandbox.switches().set(Doubts.IMPORT_FILE_NAME, name);
        List<Update> updates = List.of(update(ada, "city", "X"));
        assertThat(((Answered) finished(begin(updates), updates)).outcomes()).containsOnlyKeys(ada);
    }

    @Test
    void aFileThatIsNotFoundByAnyNameIsARefusal() {
        sandbox.switches().set(Doubts.IMPORT_FILE_NAME, "other");
        List<Update> updates = List.of(update(ada, "city", "X"));
        String job = begin(updates);
        assertThatThrownBy(() -> goOn(job, updates))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("/batches (code 158");
    }

    @Test
    void theStateMayHaveTheOtherName() {
        sandbox.switches().set(Doubts.IMPORT_STATE_NAME, Doubts.StateName.STATE);
        List<Update> updates = List.of(update(ada, "city", "X"));
        assertThat(((Answered) finished(begin(updates), updates)).outcomes()).containsOnlyKeys(ada);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, import 701 is Failed", "CANCELED, import 701 is Canceled"})
    void anImportThatCameToNothingIsLost(Doubts.ImportEnd end, String words) {
        sandbox.switches().set(Doubts.IMPORT_END, end);
        List<Update> updates = List.of(update(ada, "city", "X"));
        assertThat(finished(begin(updates), updates)).isEqualTo(new Lost(words));
    }

    @Test
    void anImportThatIsNotThereAnyMoreIsLost() {
        List<Update> updates = List.of(update(ada, "city", "X"));
        assertThat(goOn("12", updates)).isEqualTo(new Lost("Account Engagement does not know import 12 any more"));
        String job = begin(updates);
        clock.advance(Duration.ofDays(1));
        assertThat(goOn(job, updates)).isEqualTo(new Lost("import " + job + " has expired"));
    }

    @Test
    void anUnknownWordIsNeverASuccess() {
        sandbox.switches().set(Doubts.UNKNOWN_STATE, "Pondering");
        List<Update> updates = List.of(update(ada, "city", "X"));
        String job = begin(updates);
        goOn(job, updates);
        goOn(job, updates);
        assertThat(goOn(job, updates)).isEqualTo(new Working(job, "Pondering", false));
    }

    @Test
    void recordsAreReadOneByOneTheDeletedOnesAmongThem() {
        sandbox.remove("prospect", Long.parseLong(bo));
        Map<String, Present> seen = driver.hold(imports.read(List.of(ada, bo)));
        assertThat(seen.get(bo)).isInstanceOf(Present.Gone.class);
        assertThat(seen.get(ada))
                .isEqualTo(driver.hold(
                        driver.writing(Map.of("custom-fields", "Seats__c")).read(ada)));
    }

    @Test
    void whatAnImportCannotTellGoesAlone() {
        assertThat(takes("city", "X")).isTrue();
        assertThat(takes("Seats__c", "4")).isTrue();
        assertThat(takes("isDoNotEmail", "true")).isTrue();
        assertThat(takes("city", null)).isFalse();
        assertThat(takes("city", " ")).isFalse();
        assertThat(takes("score", "7")).isFalse();
        assertThat(imports.takes(update("../1", "city", "X"))).isFalse();
    }

    private boolean takes(String field, @Nullable String value) {
        var values = new HashMap<String, @Nullable String>();
        values.put(field, value);
        return imports.takes(new Update(ada, values, Optional.empty()));
    }

    @Test
    void importsBeginWithManyAndCanBeSwitchedOff() {
        assertThat(imports.from()).isEqualTo(100);
        assertThat(imports.most()).isEqualTo(1000);
        var few = new AccountEngagementDriver(sandbox, clock, Map.of("import-from", "7"));
        assertThat(batches(few).from()).isEqualTo(7);
        var none = new AccountEngagementDriver(sandbox, clock, Map.of("import-from", "0"));
        assertThat(batches(none).from()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whoMayNotImportIsToldSoAndTheStreamGoesOn() {
        try (var other = AccountEngagementSandbox.start(
                AccountEngagementSandbox.Options.standard().users(ApiUser.BRIDGE.without(Ability.PROSPECTS_IMPORT)))) {
            var poor = new AccountEngagementDriver(other, clock, Map.of());
            assertThatThrownBy(() -> poor.hold(batches(poor).send(List.of(update(ada, "city", "X")))))
                    .isInstanceOf(ApiException.Refused.class)
                    .hasMessage("Account Engagement denied imports (code 49). Give the API user's role the ability to"
                            + " import prospects, or set import-from=0 of the source");
        }
    }

    private String begin(List<Update> updates) {
        Working working = (Working) driver.hold(imports.send(updates));
        assertThat(working.word()).isEqualTo("Open");
        return working.job();
    }

    private BatchStatus goOn(String job, List<Update> updates) {
        return driver.hold(imports.goOn(job, updates));
    }

    private BatchStatus finished(String job, List<Update> updates) {
        for (int steps = 0; steps < 20; steps++) {
            BatchStatus status = goOn(job, updates);
            if (!(status instanceof Working)) {
                return status;
            }
        }
        throw new AssertionError("the import does not end");
    }

    private static Update update(String key, String field, String value) {
        return new Update(key, Map.of(field, value), Optional.empty());
    }

    private Map<String, String> record(String key) {
        return sandbox.record("prospect", Long.parseLong(key)).orElseThrow();
    }
}
