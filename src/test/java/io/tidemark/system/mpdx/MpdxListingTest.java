package io.tidemark.system.mpdx;

import static io.tidemark.system.mpdx.MpdxWire.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.mpdx.ApiUser;
import io.tidemark.sandbox.mpdx.Doubts;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import io.tidemark.system.Account;
import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads windows of contacts and people from the running sandbox. */
class MpdxListingTest {
    private static final String START = "2026-03-01T12:00:00Z";
    private static final String END = "2026-03-20T00:00:00Z";

    private final MovableClock clock = new MovableClock(Instant.parse(START));
    private final MpdxSandbox sandbox =
            MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock).data(17, 0));
    private final MpdxWire wire = new MpdxWire(sandbox, Map.of("per-page", "3"));

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aContactComesWithItsFirstAddressAndPlainValues() {
        String ada = contact(
                "Example, Ada",
                Map.of(
                        "status", "Never Ask",
                        "tag_list", "vip,north",
                        "pledge_amount", "25.0",
                        "pledge_received", "true",
                        "notes", "one\ntwo "));
        sandbox.put("addresses", ada, Map.of("street", "old", "historic", "true"));
        sandbox.put("addresses", ada, Map.of("street", "1 Sample St\nFlat 2", "primary_mailing_address", "true"));
        assertThat(wire.window(spec("contacts", Map.of()), START, END))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("id", ada)
                        .containsEntry("account_list_id", ApiUser.FIRST_LIST)
                        .containsEntry("name", "Example, Ada")
                        .containsEntry("status", "Never Ask")
                        .containsEntry("tag_list", "north,vip")
                        .containsEntry("pledge_amount", "25.0")
                        .containsEntry("pledge_received", "true")
                        .containsEntry("magazine", "false")
                        .containsEntry("notes", "one\ntwo ")
                        .containsEntry("updated_at", START)
                        .containsEntry("address/street", "1 Sample St\nFlat 2")
                                .doesNotContainKeys("greeting", "updated_in_db_at", "deleted"));
    }

    @Test
    void aPersonComesWithTheFirstEmailAddressAndPhoneNumber() {
        String ada = contact("Example, Ada", Map.of());
        String person = sandbox.put("people", ada, Map.of("first_name", "Ada", "birthday_year", "1980"));
        sandbox.put("email_addresses", person, Map.of("email", "other@example.org"));
        String email = sandbox.put("email_addresses", person, Map.of("email", "ada@example.org", "primary", "true"));
        sandbox.put("phone_numbers", person, Map.of("number", "5550100123"));
        assertThat(wire.window(spec("people", Map.of()), START, END))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("id", person)
                        .containsEntry("contact_id", ada)
                        .containsEntry("parent_contacts", ada)
                        .containsEntry("birthday_year", "1980")
                        .containsEntry("email/id", email)
                        .containsEntry("email/address", "ada@example.org")
                        .containsEntry("email/source", "MPDX")
                        .containsEntry("phone/number", "5550100123"));
    }

    @Test
    void pagesGoOnFromTheLastTimeSeen() {
        for (int count = 1; count <= 10; count++) {
            contact("Contact " + count, Map.of());
            clock.advance(Duration.ofSeconds(count % 2));
        }
        assertThat(names(wire.window(spec("contacts", Map.of()), START, END))).hasSize(10);
        assertThat(lists("/contacts")).noneMatch(query -> query.contains("page=2"));
        assertThat(lists("/contacts").get(1)).contains("updated_at%5D=2026-03-01T12%3A00%3A01Z..");
    }

    @Test
    void aWindowHoldsBothItsEndsAndNothingElse() {
        contact("Before", Map.of());
        clock.advance(Duration.ofSeconds(1));
        contact("First", Map.of());
        clock.advance(Duration.ofSeconds(1));
        contact("Last", Map.of());
        clock.advance(Duration.ofSeconds(1));
        contact("After", Map.of());
        assertThat(names(wire.window(spec("contacts", Map.of()), "2026-03-01T12:00:01Z", "2026-03-01T12:00:02Z")))
                .containsExactly("First", "Last");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void moreContactsInOneSecondThanOnAPageAreAllRead(boolean shuffled) {
        sandbox.switches().set(Doubts.SHUFFLED_TIES, shuffled);
        contact("Early", Map.of());
        clock.advance(Duration.ofSeconds(1));
        for (int count = 1; count <= 11; count++) {
            contact("Same", Map.of("greeting", Integer.toString(count)));
        }
        clock.advance(Duration.ofSeconds(1));
        contact("Late", Map.of());
        List<Map<String, String>> rows = wire.window(spec("contacts", Map.of()), START, END);
        assertThat(rows.stream().map(row -> row.get("id")).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(sandbox.keys("contacts"));
    }

    @Test
    void nothingIsPassedOverWhenRecordsMoveOutOfTheWindowMeanwhile() {
        for (int count = 1; count <= 9; count++) {
            contact("Contact " + count, Map.of());
            clock.advance(Duration.ofSeconds(1));
        }
        String first = sandbox.keys("contacts").get(0);
        sandbox.faults()
                .meanwhile(
                        "GET /api/v2/contacts", true, () -> sandbox.edit("contacts", first, Map.of("notes", "moved")));
        assertThat(names(wire.window(spec("contacts", Map.of()), START, "2026-03-01T12:00:08Z")))
                .hasSize(9);
    }

    @Test
    void aPageThatTheVendorMakesSmallerIsNotTheLastOne() {
        sandbox.switches().set(Doubts.LARGEST_PAGE, 2);
        for (int count = 1; count <= 7; count++) {
            contact("Contact " + count, Map.of());
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(names(wire.window(spec("contacts", Map.of()), START, END))).hasSize(7);
    }

    @ParameterizedTest
    @EnumSource(Doubts.MissingStatus.class)
    void hiddenContactsComeWhateverTheVendorLeavesOutByItself(Doubts.MissingStatus missing) {
        sandbox.switches().set(Doubts.MISSING_STATUS, missing);
        contact("Hidden", Map.of("status", "Not Interested"));
        contact("Null", Map.of());
        contact("Active", Map.of("status", "Partner - Pray"));
        assertThat(names(wire.window(spec("contacts", Map.of()), START, END)))
                .containsExactlyInAnyOrder("Hidden", "Null", "Active");
        assertThat(names(wire.window(spec("contacts", Map.of("status", "hidden")), START, END)))
                .containsExactly("Hidden");
    }

    @ParameterizedTest
    @EnumSource(Doubts.DeletedAt.class)
    void deletedContactsComeAsBareRowsBeforeTheOthers(Doubts.DeletedAt precision) {
        sandbox.switches().set(Doubts.DELETED_AT, precision);
        for (int count = 1; count <= 5; count++) {
            sandbox.remove("contacts", contact("Gone " + count, Map.of()));
        }
        clock.advance(Duration.ofHours(15)); // the next day
        String there = contact("There", Map.of());
        List<Map<String, String>> rows =
                wire.window(spec("contacts", Map.of()), "2026-03-02T00:30:00Z", "2026-03-02T04:00:00Z");
        assertThat(rows.subList(0, 5)).allSatisfy(row -> assertThat(row).containsOnlyKeys("id", "deleted"));
        assertThat(rows.get(5)).containsEntry("id", there).doesNotContainKey("deleted");
        assertThat(rows).hasSize(6);
        assertThat(lists("/deleted_records").get(0)).contains("since_date%5D=2026-02-28");
    }

    @Test
    void deletionsAreNotAskedForWhereNobodyWantsThemNorOfPeople() {
        var plain = new io.tidemark.system.ExportSpec(
                "ours", "contacts", List.of(), Map.of(), false, java.util.Optional.empty());
        wire.window(plain, START, END);
        wire.window(spec("people", Map.of()), START, END);
        assertThat(lists("/deleted_records")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "array, ARRAY, contacts",
        "list, COMMA_LIST, contacts",
        "array, ARRAY, people",
        "list, COMMA_LIST, people"
    })
    void recordsAreReadByTheirIds(String form, Doubts.IdsForm vendor, String resource) {
        sandbox.switches().set(Doubts.IDS, vendor);
        MpdxWire asking = new MpdxWire(sandbox, Map.of("ids-form", form, "per-page", "3"));
        for (int count = 1; count <= 8; count++) {
            sandbox.put(
                    "people", contact("Contact " + count, Map.of("status", "Never Ask")), Map.of("first_name", "A"));
        }
        List<String> keys = sandbox.keys(resource).subList(0, 7);
        assertThat(asking.byKeys(spec(resource, Map.of("status", "active")), keys).stream()
                        .map(row -> row.get("id"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @ParameterizedTest
    @CsvSource({"array, COMMA_LIST", "list, ARRAY"})
    void theWrongFormOfIdsIsNotTakenForRecordsThatAreGone(String form, Doubts.IdsForm vendor) {
        sandbox.switches().set(Doubts.IDS, vendor);
        String person = sandbox.put("people", contact("Contact", Map.of()), Map.of("first_name", "A"));
        MpdxWire asking = new MpdxWire(sandbox, Map.of("ids-form", form));
        assertThatThrownBy(() -> asking.byKeys(spec("people", Map.of()), List.of(person)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Set ids-form of the source to the other one of array and list");
    }

    @Test
    void idsThatAreGoneHaveNoRow() {
        contact("Contact", Map.of());
        assertThat(wire.byKeys(spec("contacts", Map.of()), List.of("0c000000-0000-4000-8000-0000000000a1")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChangedEmailAddressIsSeenInPeople(boolean touchesContact) {
        sandbox.switches().set(Doubts.EMAIL_TOUCHES_CONTACT, touchesContact);
        String person = sandbox.put("people", contact("Contact", Map.of()), Map.of("first_name", "A"));
        String email = sandbox.put("email_addresses", person, Map.of("email", "a@example.org"));
        clock.advance(Duration.ofDays(1));
        sandbox.edit("email_addresses", email, Map.of("email", "b@example.org"));
        assertThat(wire.window(spec("people", Map.of()), "2026-03-02T00:00:00Z", END))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("email/address", "b@example.org"));
        assertThat(wire.window(spec("contacts", Map.of()), "2026-03-02T00:00:00Z", END))
                .hasSize(touchesContact ? 1 : 0);
    }

    @Test
    void theAccountIsTheListAndNotTheUser() {
        Account account = wire.hold(wire.source.account());
        assertThat(account.identity()).isEqualTo("mpdx account-list=\"" + ApiUser.FIRST_LIST + "\"");
        assertThat(account.details())
                .containsEntry("user", "Sandbox Bridge")
                .containsEntry("account list", "Account list of Sandbox Bridge");
        assertThat(wire.hold(wire.source.resources())).containsExactly("contacts", "people", "exports");
        MpdxWire stranger = new MpdxWire(
                sandbox, sandbox.token(ApiUser.SOMEBODY_ELSE, clock.instant().plusSeconds(60)), Map.of());
        assertThatThrownBy(() -> stranger.hold(stranger.source.account()))
                .isInstanceOf(Denied.class)
                .hasMessageContaining("Check token and account-list-id");
    }

    @Test
    void aTokenThatEndedIsDeniedWithWordsAndItsEndWasKnown() {
        assertThat(wire.source.credentials().end()).contains(Instant.parse("2026-03-31T12:00:00Z"));
        clock.advance(Duration.ofDays(31));
        assertThatThrownBy(() -> wire.window(spec("people", Map.of()), START, END))
                .isInstanceOf(Denied.class)
                .hasMessage(
                        "MPDX denied GET /contacts/people (401: Unauthorized). Check token, which ends after 30 days,"
                                + " and that its user may see the account list of account-list-id");
    }

    @Test
    void whereThereAreTooManyRequestsTheBridgeWaitsAsLongAsAsked() {
        sandbox.switches().set(Doubts.REQUESTS_PER_MINUTE, 1);
        wire.window(spec("people", Map.of()), START, END);
        assertThatThrownBy(() -> wire.window(spec("people", Map.of()), START, END))
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.delay()).contains(Duration.ofSeconds(60)));
    }

    @Test
    void aBrokenServerIsAskedAgainLater() {
        sandbox.faults().next("GET /api/v2/contacts/people", Fault.html(500));
        assertThatThrownBy(() -> wire.window(spec("people", Map.of()), START, END))
                .isInstanceOf(RetryLater.class)
                .hasMessage("MPDX cannot answer GET /contacts/people now (500)");
        sandbox.faults().next("GET /api/v2/contacts/people", Fault.html(200));
        assertThatThrownBy(() -> wire.window(spec("people", Map.of()), START, END))
                .isInstanceOf(RetryLater.class);
    }

    private String contact(String name, Map<String, String> values) {
        var all = new java.util.HashMap<>(values);
        all.put("name", name);
        return sandbox.put("contacts", ApiUser.FIRST_LIST, all);
    }

    private static Set<String> names(List<Map<String, String>> rows) {
        return rows.stream().map(row -> row.getOrDefault("name", "")).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> lists(String path) {
        return sandbox.log().requests("GET", "/api/v2" + path).stream()
                .map(RecordedRequest::query)
                .toList();
    }
}
