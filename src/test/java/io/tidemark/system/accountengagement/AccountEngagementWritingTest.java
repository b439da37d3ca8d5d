package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.accountengagement.Doubts;
import io.tidemark.system.ApiException;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.Written;
import java.io.UncheckedIOException;
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

/** The way back, against the pretended system. */
final class AccountEngagementWritingTest {
    private static final Map<String, String> CUSTOM = Map.of("custom-fields", "Seats__c");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private final AccountEngagementDriver driver = new AccountEngagementDriver(sandbox, clock, Map.of());
    private final Writing writing = driver.writing(CUSTOM);
    private long ada;

    @BeforeEach
    void people() {
        ada = sandbox.put(
                "prospect", Map.of("email", "ada@example.org", "firstName", "Ada", "score", "7", "city", "Sampleton"));
        clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Map<String, String> stored(long id) {
        return sandbox.record("prospect", id).orElseThrow();
    }

    private static Map<String, @Nullable String> values(@Nullable String... pairs) {
        var values = new HashMap<String, @Nullable String>();
        for (int place = 0; place < pairs.length; place += 2) {
            values.put(String.valueOf(pairs[place]), pairs[place + 1]);
        }
        return values;
    }

    private String lastBody() {
        List<RecordedRequest> requests = sandbox.log().requests();
        return requests.get(requests.size() - 1).body();
    }

    @Test
    void whatCanBeWrittenIsWhatTheStreamExportsAndAPersonMayChange() {
        Writable writable = driver.hold(writing.writable());
        assertThat(writable.fields())
                .contains("email", "firstName", "isDoNotEmail", "campaignId", "Seats__c")
                .doesNotContain("id", "score", "updatedAt", "salesforceLeadId", "isDeleted", "comments");
        assertThat(writable.clearable())
                .contains("firstName", "Seats__c")
                .doesNotContain("email", "isDoNotEmail", "campaignId");
        assertThat(writable.creates()).isTrue();
        assertThat(writable.deletes()).isTrue();
        assertThat(writable.lookup()).isFalse();
        assertThat(writable.matching()).containsExactly("email");
    }

    @Test
    void creatingCanBeSwitchedOff() {
        var other = new AccountEngagementDriver(sandbox, clock, Map.of("creates", "never"));
        assertThat(other.hold(other.writing(Map.of()).writable()).creates()).isFalse();
    }

    @Test
    void anUpdateSendsTheChangedFieldsOnly() {
        Written written = driver.hold(writing.update(
                Long.toString(ada),
                values(
                        "lastName",
                        "Example",
                        "isDoNotEmail",
                        "true",
                        "campaignId",
                        "17",
                        "city",
                        null,
                        "Seats__c",
                        "12"),
                Optional.empty()));
        assertThat(written).isInstanceOf(Written.Accepted.class);
        assertThat(stored(ada))
                .containsEntry("firstName", "Ada")
                .containsEntry("lastName", "Example")
                .containsEntry("isDoNotEmail", "true")
                .containsEntry("campaignId", "17")
                .containsEntry("Seats__c", "12")
                .doesNotContainKey("city");
        assertThat(lastBody()).doesNotContain("firstName");
    }

    @Test
    void whatWasWrittenIsReadBackInTheFormOfTheExport() {
        driver.hold(writing.update(
                Long.toString(ada), values("lastName", "Example", "isDoNotEmail", "true"), Optional.empty()));
        Present.Found found = (Present.Found) driver.hold(writing.read(Long.toString(ada)));
        assertThat(found.values())
                .containsEntry("lastName", "Example")
                .containsEntry("isDoNotEmail", "true")
                .containsEntry("score", "7")
                .containsEntry("company", null)
                .doesNotContainKey("comments");
    }

    @Test
    void streamsOfOlderVersionsWriteByTheirOwnNames() {
        var older = new AccountEngagementDriver(sandbox, clock, Map.of("api-version", "4"));
        Writing back = older.writing(Map.of("custom-fields", "Seats"));
        assertThat(older.hold(back.writable()).fields()).contains("first_name", "Seats", "is_do_not_email");
        older.hold(back.update(
                Long.toString(ada), values("first_name", "Eve", "Seats", "3", "opted_out", "true"), Optional.empty()));
        assertThat(stored(ada))
                .containsEntry("firstName", "Eve")
                .containsEntry("Seats__c", "3")
                .containsEntry("optedOut", "true");
        Present.Found found = (Present.Found) older.hold(back.read(Long.toString(ada)));
        assertThat(found.values()).containsEntry("first_name", "Eve").containsEntry("Seats", "3");
    }

    @ParameterizedTest
    @CsvSource({
        "score,        8,  'score cannot be written: Account Engagement sets it itself'",
        "updatedAt,    x,  'updatedAt cannot be written: Account Engagement sets it itself'",
        "email,        '', 'email cannot be cleared. Put a value in'",
        "isDoNotEmail, '', 'isDoNotEmail cannot be cleared. Put a value in'",
        "campaignId,   x,  'campaignId must be a whole number'"
    })
    void whatCannotBeWrittenIsNotDropped(String field, String value, String message) {
        assertThatThrownBy(() -> writing.update(
                        Long.toString(ada), values(field, value.isEmpty() ? null : value), Optional.empty()))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessage(message);
    }

    @Test
    void aRefusalTellsTheCodeAndNotTheValue() {
        sandbox.switches().set(Doubts.REFUSALS_QUOTE, true);
        assertThatThrownBy(() ->
                        driver.hold(writing.update(Long.toString(ada), values("email", "nobody"), Optional.empty())))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("code 4: the email address is not valid: (value)")
                .hasMessageNotContaining("nobody");
    }

    @ParameterizedTest
    @EnumSource(Doubts.RecycleBin.class)
    void aDeletedProspectIsGoneInEveryReading(Doubts.RecycleBin bin) {
        sandbox.switches().set(Doubts.RECYCLE_BIN, bin);
        String key = Long.toString(ada);
        assertThat(driver.hold(writing.delete(key, Map.of()))).isInstanceOf(Written.Accepted.class);
        assertThat(stored(ada)).containsEntry("isDeleted", "true");
        assertThat(driver.hold(writing.read(key))).isInstanceOf(Present.Gone.class);
        assertThat(driver.hold(writing.update(key, values("city", "X"), Optional.empty())))
                .isInstanceOf(Written.Gone.class);
        assertThat(driver.hold(writing.delete(key, Map.of()))).isInstanceOf(Written.Gone.class);
        assertThat(driver.hold(writing.read("77"))).isInstanceOf(Present.Gone.class);
    }

    @Test
    void aDeletedProspectComesBackByItsAddress() {
        sandbox.remove("prospect", ada);
        assertThat(driver.hold(writing.undelete(Long.toString(ada), values("email", "ada@example.org"))))
                .isInstanceOf(Written.Accepted.class);
        assertThat(stored(ada)).containsEntry("isDeleted", "false").containsEntry("firstName", "Ada");
    }

    @Test
    void anotherProspectThatCameBackInItsPlaceIsPutBack() {
        sandbox.remove("prospect", ada);
        clock.advance(Duration.ofMinutes(1));
        long other = sandbox.put("prospect", Map.of("email", "ada@example.org"));
        sandbox.remove("prospect", other);

        assertThatThrownBy(() -> driver.hold(writing.undelete(Long.toString(ada), values("email", "ada@example.org"))))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("another one was active last")
                .hasMessageNotContaining("ada@");
        assertThat(sandbox.keys("prospect", false)).isEmpty();
    }

    @Test
    void withoutAnAddressNothingComesBack() {
        assertThatThrownBy(() -> writing.undelete("7", values("firstName", "Ada")))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageContaining("prospect 7");
    }

    @Test
    void aProspectIsCreatedByItsAddressAndNothingElse() {
        sandbox.switches().set(Doubts.DEFAULT_CAMPAIGN, 9);
        Created created =
                driver.hold(writing.create(values("email", "bo@example.org", "firstName", "Bo"), Optional.empty()));
        assertThat(created.key()).contains(Long.toString(ada + 1));
        assertThat(created.blank().orElseThrow().values())
                .containsEntry("email", "bo@example.org")
                .containsEntry("campaignId", "9")
                .containsEntry("firstName", null);
        assertThat(stored(ada + 1)).containsEntry("email", "bo@example.org").doesNotContainKey("firstName");
    }

    @Test
    void aCreationWithALostAnswerCanBeMadeAgain() {
        sandbox.faults().next("POST /api/v5/objects/prospects/do/upsertLatestByEmail", Fault.answerLost());
        Map<String, @Nullable String> values = values("email", "bo@example.org", "firstName", "Bo");
        assertThatThrownBy(() -> driver.hold(writing.create(values, Optional.empty())))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(driver.hold(writing.create(values, Optional.empty())).key()).contains(Long.toString(ada + 1));
        assertThat(sandbox.keys("prospect", true)).hasSize(2);
    }

    @Test
    void anAddressThatIsThereIsTheSameProspectAndNothingOfItIsChanged() {
        Map<String, String> before = stored(ada);
        Created created = driver.hold(writing.create(
                values("email", "ada@example.org", "firstName", "Eve", "lastName", "Example"), Optional.empty()));
        assertThat(created).isEqualTo(new Created(Optional.of(Long.toString(ada))));
        assertThat(stored(ada)).containsAllEntriesOf(without(before, "updatedAt", "updatedById"));
        assertThat(lastBody()).doesNotContain("Eve").doesNotContain("Example");
    }

    @Test
    void onlyTheStatusOfACreationTellsThatThereWasNoProspectBefore() {
        sandbox.switches().set(Doubts.UPSERT_STATUS, 200);
        assertThat(driver.hold(writing.create(values("email", "bo@example.org"), Optional.empty())))
                .isEqualTo(new Created(Optional.of(Long.toString(ada + 1))));
    }

    private static Map<String, String> without(Map<String, String> record, String... fields) {
        var rest = new HashMap<>(record);
        rest.keySet().removeAll(List.of(fields));
        return rest;
    }

    @Test
    void anAnswerWithoutTheRecordLeavesItToTheExport() {
        sandbox.switches().set(Doubts.CREATE_ANSWER, Doubts.CreateAnswer.NOTHING);
        assertThat(driver.hold(writing.create(values("email", "bo@example.org"), Optional.empty()))
                        .key())
                .isEmpty();
        assertThat(sandbox.keys("prospect", true)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"true,1", "false,2"})
    void aDeletedProspectIsRevivedWhereThatIsConfigured(String revive, int prospects) {
        sandbox.remove("prospect", ada);
        var other = new AccountEngagementDriver(sandbox, clock, Map.of("revive-deleted", revive));
        other.hold(other.writing(Map.of()).create(values("email", "ada@example.org"), Optional.empty()));
        assertThat(sandbox.keys("prospect", true)).hasSize(prospects);
    }

    @Test
    void withoutAnAddressThereIsNoProspect() {
        assertThat(writing.uncreatable(values("firstName", "Bo")))
                .contains("a prospect is created by its address, and the row has no email");
        assertThat(writing.uncreatable(values("email", "bo@example.org"))).isEmpty();
        assertThatThrownBy(() -> writing.create(values("firstName", "Bo"), Optional.empty()))
                .isInstanceOf(ApiException.Refused.class);
        assertThatThrownBy(() -> writing.find(new Identifier("x", "y"))).isInstanceOf(ApiException.Refused.class);
    }
}
