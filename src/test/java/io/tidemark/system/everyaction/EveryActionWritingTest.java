package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.SandboxCaller;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writing;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.Written;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each conversation of the write side, held with the running sandbox. */
class EveryActionWritingTest {

    private static final Identifier IDENTIFIER = new Identifier("BridgeKey", "b1/people é:7");
    private static final Map<String, String> CODE = Map.of("VanID", "900000001", "ActivistCodeID", "7001");
    private static final Map<String, String> GIFT = Map.of(
            "VanID", "900000001",
            "Amount", "12.5",
            "DateReceived", "2026-03-01T10:00:00Z",
            "Designation", "3",
            "Status", "Settled",
            "PaymentType", "Check");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final EveryActionSandbox sandbox = EveryActionSandbox.start(
            EveryActionSandbox.Options.standard().clock(clock).data(17, 0));
    private final SandboxCaller caller = new SandboxCaller();
    private long ada;

    @BeforeEach
    void people() {
        ada = sandbox.put(
                "Contacts",
                Map.ofEntries(
                        Map.entry("FirstName", "Ada"),
                        Map.entry("LastName", "Example"),
                        Map.entry("Prefix", "Dr"),
                        Map.entry("Email", "ada@example.org"),
                        Map.entry("Phone", "(555) 010-0123"),
                        Map.entry("PhoneOptInStatus", "U"),
                        Map.entry("phone:type", "C"),
                        Map.entry("DateOfBirth", "1980-02-03"),
                        Map.entry("StreetAddress", "1 Sample St"),
                        Map.entry("City", "Sampleton"),
                        Map.entry("State", "IL"),
                        Map.entry("ZipOrPostal", "60000"),
                        Map.entry("CF312", "L")));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void whatCanBeWrittenIsWhatTheSandboxLetsBeEdited() throws IOException {
        assertThat(hold(contacts().writable()).fields())
                .contains("FirstName", "Prefix", "Email", "StreetAddress", "CF311", "Shirt size")
                .doesNotContain("VanID", "Suffix", "IsDeceased", "ChangeTypeID", "CF313", "Score");
        assertThat(hold(codes().writable()).fields()).containsExactlyInAnyOrder("VanID", "ActivistCodeID");
        assertThat(hold(gifts().writable()).fields()).containsExactlyInAnyOrderElementsOf(GIFT.keySet());
    }

    @Test
    void whatReadingShowsIsWhatTheExportShows() throws IOException {
        Map<String, String> kept = new TreeMap<>(sandbox.record("Contacts", ada).orElseThrow());
        kept.keySet().removeAll(Set.of("VanID", "ChangeTypeID", "DateCreated", "LastUpdatedOn", "phone:type"));
        Map<String, @Nullable String> read = found(contacts());
        kept.forEach((column, value) -> assertThat(read).containsEntry(column, value));
        assertThat(read.get("MiddleName")).isNull();
        assertThat(read).containsEntry("Shirt size", "L").containsKey("MiddleName");
    }

    @Test
    void anUpdateChangesItsFieldsAndLeavesAllOthers() throws IOException {
        Map<String, String> before = sandbox.record("Contacts", ada).orElseThrow();
        Map<String, String> changes = Map.of(
                "FirstName", "Adah", "City", "Testville", "PhoneOptInStatus", "O", "CF311", "Amber", "CF312", "XL");
        assertThat(update(changes)).isEqualTo(new Written.Accepted());
        Map<String, String> expected = new TreeMap<>(before);
        expected.putAll(changes);
        expected.put("CF311", "2");
        expected.put("address:country", "US");
        assertThat(sandbox.record("Contacts", ada)).contains(expected);
        assertThat(update(changes)).isEqualTo(new Written.Accepted());
        assertThat(sandbox.record("Contacts", ada)).contains(expected);
    }

    @Test
    void partOfAnAddressLeavesNoOtherAddressBehindWhereNobodyLooked() throws IOException {
        assertThat(hold(contacts().update(key(), Map.of("City", "Testville"), Optional.empty())))
                .isEqualTo(new Written.Accepted());
        assertThat(found(contacts()))
                .containsEntry("City", "Testville")
                .containsEntry("StreetAddress", "1 Sample St")
                .containsEntry("ZipOrPostal", "60000");
    }

    @Test
    void aSecondLineAndAForeignCountrySurviveAChangeOfTheCity() throws IOException {
        sandbox.edit("Contacts", ada, Map.of("address:line2", "Apt 2", "address:country", "CA"));
        assertThat(found(contacts())).doesNotContainKey("StreetAddress");
        update(Map.of("City", "Testville"));
        assertThat(sandbox.record("Contacts", ada).orElseThrow())
                .containsEntry("City", "Testville")
                .containsEntry("StreetAddress", "1 Sample St")
                .containsEntry("address:line2", "Apt 2")
                .containsEntry("address:country", "CA");
    }

    @Test
    void aNewPreferredAddressOrNumberIsReadBackInTheVendorsForm() throws IOException {
        update(Map.of("Email", "New@Example.org", "Phone", "5550100999"));
        assertThat(found(contacts()))
                .containsEntry("Email", "new@example.org")
                .containsEntry("Phone", "(555) 010-0999");
        assertThat(sandbox.record("Contacts", ada).orElseThrow()).containsEntry("phone:type", "C");
    }

    @Test
    void aFieldThatIsAcceptedAndDroppedIsReadBackAsItWas() throws IOException {
        sandbox.switches().set(Doubts.DROPPED, Set.of("LastName"));
        assertThat(update(Map.of("LastName", "Neu", "FirstName", "Adah"))).isEqualTo(new Written.Accepted());
        assertThat(found(contacts())).containsEntry("LastName", "Example").containsEntry("FirstName", "Adah");
    }

    @ParameterizedTest
    @EnumSource(
            value = Doubts.InactivePeople.class,
            names = {"NOT_FOUND", "SURVIVOR", "FLAGGED"})
    void whoWasMergedIsGoneHoweverTheVendorAnswers(Doubts.InactivePeople answer) throws IOException {
        sandbox.switches().set(Doubts.INACTIVE_PEOPLE, answer);
        long bo = sandbox.put("Contacts", Map.of("FirstName", "Bo"));
        sandbox.merge(ada, bo);
        assertThat(hold(contacts().read(key()))).isInstanceOf(Present.Gone.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Doubts.InactivePeople.class,
            names = {"NOT_FOUND", "SURVIVOR", "FLAGGED"})
    void whoWasSuppressedIsGoneHoweverTheVendorAnswers(Doubts.InactivePeople answer) throws IOException {
        sandbox.switches().set(Doubts.INACTIVE_PEOPLE, answer);
        sandbox.suppress(ada);
        assertThat(hold(contacts().read(key()))).isInstanceOf(Present.Gone.class);
    }

    @Test
    void aSuppressedPersonWhomTheVendorShowsWithoutAMarkLooksAlive() throws IOException {
        sandbox.switches().set(Doubts.INACTIVE_PEOPLE, Doubts.InactivePeople.UNMARKED);
        sandbox.suppress(ada);
        assertThat(hold(contacts().read(key()))).isInstanceOf(Present.Found.class);
    }

    @Test
    void anUpdateOfWhoIsNotThereIsGone() throws IOException {
        sandbox.suppress(ada);
        assertThat(hold(contacts().update(key(), Map.of("FirstName", "Bo"), Optional.empty())))
                .isEqualTo(
                        new Written.Gone("EveryAction has no record for POST /people/900000001 (404: NOT_FOUND, there"
                                + " is no such person, reference sandbox-404)"));
    }

    @Test
    void aPersonWhoseCreationWasLostIsFoundByTheIdentifier() throws IOException {
        Step<Created> create = contacts()
                .create(
                        Map.of("FirstName", "Cy", "LastName", "Muster", "Phone", "5550100777"),
                        Optional.of(IDENTIFIER));
        assertThat(hold(contacts().find(IDENTIFIER))).isEmpty();
        sandbox.faults().next("POST /v4/people/findOrCreate", Fault.answerLost());
        assertThatIOException().isThrownBy(() -> hold(create));
        assertThat(hold(contacts().find(IDENTIFIER))).contains("900000002");
        assertThat(hold(create)).isEqualTo(Created.found("900000002"));
        assertThat(sandbox.keys("Contacts", false)).hasSize(2);
    }

    @Test
    void aDeletedPersonIsSuppressedOnce() throws IOException {
        assertThat(hold(contacts().delete(key(), Map.of()))).isEqualTo(new Written.Accepted());
        assertThat(sandbox.keys("Contacts", false)).isEmpty();
        assertThat(hold(contacts().delete(key(), Map.of()))).isInstanceOf(Written.Gone.class);
    }

    @Test
    void aRefusalHidesTheValueThatItQuotes() {
        sandbox.switches().set(Doubts.REFUSALS_QUOTE, true);
        assertThatThrownBy(() -> update(Map.of("LastName", "Long ".repeat(41) + "Name")))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "EveryAction refused POST /people/900000001 (400: INVALID_PARAMETER, \"(value)\" is too long:"
                                + " at most 200 characters, in lastName, reference sandbox-400)");
    }

    @Test
    void aKeyThatMayNotWriteIsDenied() {
        sandbox.switches().set(Doubts.FORBIDDEN, Set.of("People"));
        assertThatThrownBy(() -> hold(contacts().update(key(), Map.of("FirstName", "Bo"), Optional.empty())))
                .isInstanceOf(Denied.class);
    }

    @Test
    void aCodeIsAppliedRemovedAndAppliedAgainWithoutContactHistory() throws IOException {
        assertThat(hold(codes().create(CODE, Optional.empty()))).isEqualTo(new Created(Optional.empty()));
        assertThat(sandbox.keys("ContactsActivistCodes", false)).containsExactly(900_000_001L);
        assertThat(hold(codes().delete("900000001", CODE))).isEqualTo(new Written.Accepted());
        assertThat(sandbox.keys("ContactsActivistCodes", false)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        hold(codes().create(CODE, Optional.empty()));
        assertThat(sandbox.keys("ContactsActivistCodes", false)).containsExactly(900_000_002L);
        assertThat(sandbox.keys("ContactHistory", true)).isEmpty();
    }

    @Test
    void aCodeOfASuppressedPersonIsGone() throws IOException {
        sandbox.suppress(ada);
        assertThat(hold(codes().delete("900000001", CODE))).isInstanceOf(Written.Gone.class);
    }

    @Test
    void aContributionWhoseCreationWasLostIsFoundByTheIdentifier() throws IOException {
        Step<Created> create = gifts().create(GIFT, Optional.of(IDENTIFIER));
        assertThat(hold(gifts().find(IDENTIFIER))).isEmpty();
        sandbox.faults().next("POST /v4/contributions", Fault.answerLost());
        assertThatIOException().isThrownBy(() -> hold(create));
        assertThat(hold(gifts().find(IDENTIFIER))).contains("900000001");
        assertThat(sandbox.record("Contributions", 900_000_001L).orElseThrow())
                .containsEntry("Amount", "12.5")
                .containsEntry("Designation", "3");
    }

    @Test
    void aContributionGetsItsKey() throws IOException {
        assertThat(hold(gifts().create(GIFT, Optional.empty()))).isEqualTo(new Created(Optional.of("900000001")));
    }

    @Test
    void aContributionOfTheFutureIsRefusedByTheVendorsClock() {
        Map<String, String> gift = new TreeMap<>(GIFT);
        gift.put("DateReceived", "2026-03-03");
        assertThatThrownBy(() -> hold(gifts().create(gift, Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "EveryAction refused POST /contributions (400: INVALID_PARAMETER, dateReceived must be in the"
                                + " past, in dateReceived, reference sandbox-400)");
    }

    private Written update(Map<String, String> changes) throws IOException {
        return hold(contacts().update(key(), changes, Optional.of((Present.Found)
                hold(contacts().read(key())))));
    }

    private Map<String, @Nullable String> found(Writing writing) throws IOException {
        return ((Present.Found) hold(writing.read(key()))).values();
    }

    private String key() {
        return Long.toString(ada);
    }

    private static Writing contacts() {
        return writing("Contacts", Map.of("requested-fields", "Prefix", "requested-custom-field-ids", "311,312,313"));
    }

    private static Writing codes() {
        return writing("ContactsActivistCodes", Map.of());
    }

    private static Writing gifts() {
        return writing("Contributions", Map.of("requested-fields", "PaymentType,Status"));
    }

    private static Writing writing(String resource, Map<String, String> parameters) {
        return EveryActionConversation.source()
                .writing(spec(resource, parameters))
                .orElseThrow();
    }

    private <T> T hold(Step<T> first) throws IOException {
        Step<T> step = first;
        while (step instanceof Step.Call<T> call) {
            step = call.answer(make(call.request()));
        }
        return ((Step.Done<T>) step).result();
    }

    private ApiAnswer make(ApiRequest request) throws IOException {
        String body = request.body();
        var http = SandboxCaller.signed(sandbox.user(), sandbox.baseUrl() + request.path())
                .method(request.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.headers().forEach(http::header);
        HttpResponse<String> response = caller.send(http);
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new ApiAnswer(response.statusCode(), headers, response.body(), clock.instant());
    }
}
