package io.tidemark.system.rebilly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import io.tidemark.system.ApiException;
import io.tidemark.system.Created;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Present;
import io.tidemark.system.Source;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers written to the pretended Rebilly, over real HTTP, in every reading of every doubt. */
final class RebillyCustomersOverHttpTest {
    private static final String ALL =
            "email,firstName,locale,websiteId,primaryAddress/firstName,primaryAddress/lastName,"
                    + "primaryAddress/city,primaryAddress/country,primaryAddress/postalCode,primaryAddress/dob,"
                    + "primaryAddress/phoneNumbers,primaryAddress/hash,tags,customFields/vip,customFields/visits,"
                    + "customFields/score,customFields/birthday,customFields/lastVisit,customFields/bridgeKey,"
                    + "customFields/interests,customFields/budget";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final RebillySandbox sandbox =
            RebillySandbox.start(RebillySandbox.Options.standard().clock(clock).data(17, 1));
    private final Map<String, String> options = new HashMap<>(Map.of("fields", ALL));
    private final Source source = new Rebilly()
            .open(Map.of(
                    "api-key", sandbox.user().key(),
                    "organization-id", sandbox.user().organizationId(),
                    "path-prefix", RebillyOptions.STANDARD_PREFIX));
    private final RebillyDriver driver = new RebillyDriver(sandbox, source);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void whatCanBeWrittenIsTheAddressAndWhatTheVendorNeitherMirrorsNorCounts() {
        Writable writable = driver.hold(writing().writable());
        assertThat(writable.fields())
                .containsExactlyInAnyOrder(
                        "email",
                        "locale",
                        "websiteId",
                        "primaryAddress/firstName",
                        "primaryAddress/lastName",
                        "primaryAddress/city",
                        "primaryAddress/country",
                        "primaryAddress/postalCode",
                        "primaryAddress/dob",
                        "customFields/vip",
                        "customFields/visits",
                        "customFields/score",
                        "customFields/birthday",
                        "customFields/lastVisit",
                        "customFields/bridgeKey");
        assertThat(writable.clearable())
                .contains("email", "primaryAddress/city")
                .doesNotContain("websiteId");
        assertThat(writable.creates()).isTrue();
        assertThat(writable.deletes()).isFalse();
        assertThat(writable.lookup()).isTrue();
    }

    @Test
    void listsAndObjectsCanBeWrittenWhereTheyComeAsJson() {
        options.put("format", "json");
        assertThat(driver.hold(writing().writable()).fields())
                .contains("primaryAddress/phoneNumbers", "customFields/interests", "customFields/budget", "email")
                .doesNotContain("tags");
        options.put("fields", "email,primaryAddress/emails");
        assertThat(driver.hold(writing().writable()).fields()).containsExactly("primaryAddress/emails");
        options.put("fields", "primaryAddress/phoneNumbers,customFields/budget");
        String key = sandbox.put("customers", Map.of());
        update(
                key,
                Map.of(
                        "primaryAddress/phoneNumbers", "[{\"label\":\"main\",\"value\":\"1-555\",\"primary\":true}]",
                        "customFields/budget", "{\"currency\":\"EUR\",\"amount\":25.5}"));
        assertThat(sandbox.record("customers", key).orElseThrow())
                .containsEntry(
                        "primaryAddress/phoneNumbers", "[{\"label\":\"main\",\"value\":\"1-555\",\"primary\":true}]")
                .containsEntry("customFields/budget/amount", "25.5");
    }

    @ParameterizedTest
    @CsvSource({"cleared,refused", "cleared,ignored", "kept,refused", "kept,ignored"})
    void anUpdateChangesItsFieldsAndLeavesAllOthers(String omitted, String readOnly) {
        sandbox.switches().set(Map.of("omitted-fields", omitted, "read-only-fields", readOnly));
        String key = ada();
        Map<String, String> before = sandbox.record("customers", key).orElseThrow();
        assertThat(update(key, Map.of("primaryAddress/city", "Newtown", "customFields/visits", "7")))
                .isEqualTo(new Written.Accepted());
        Map<String, String> expected = new HashMap<>(before);
        expected.putAll(Map.of("primaryAddress/city", "Newtown", "customFields/visits", "7", "revision", "2"));
        Map<String, String> after =
                new HashMap<>(sandbox.record("customers", key).orElseThrow());
        expected.remove("primaryAddress/hash");
        after.remove("primaryAddress/hash");
        assertThat(after).isEqualTo(expected);
    }

    @Test
    void valuesGoInTheVendorsTypesAndComeBackEqual() {
        String key = sandbox.put("customers", Map.of());
        Map<String, @Nullable String> values = new HashMap<>(Map.of(
                "customFields/vip", "true",
                "customFields/visits", "12",
                "customFields/score", "1234567.125",
                "customFields/birthday", "1990-02-01",
                "customFields/lastVisit", "2026-01-31T10:00:00Z",
                "customFields/bridgeKey", "c-17",
                "primaryAddress/dob", "1980-12-31",
                "primaryAddress/country", "DE",
                "primaryAddress/firstName", "Zoë 小梅",
                "locale", "de-DE"));
        update(key, values);
        Present.Found found = (Present.Found) driver.hold(writing().read(key));
        values.forEach((name, value) -> assertThat(found.values()).containsEntry(name, value));
        assertThat(body("PUT")).contains("\"vip\":true", "\"visits\":12", "\"score\":1234567.125");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cleared", "kept"})
    void anEmptyValueGoesAsNullAndIsEmptyAfterwards(String omitted) {
        sandbox.switches().set(Map.of("omitted-fields", omitted));
        String key = ada();
        var values = new HashMap<String, @Nullable String>();
        for (String field : List.of("locale", "primaryAddress/lastName", "customFields/bridgeKey", "email")) {
            values.put(field, null);
        }
        update(key, values);
        assertThat(sandbox.record("customers", key).orElseThrow())
                .doesNotContainKeys("locale", "lastName", "primaryAddress/lastName", "customFields/bridgeKey", "email")
                .containsKey("primaryAddress/firstName");
    }

    @Test
    void theEmailIsTheMarkedOneOfTheListAndTheOthersStay() {
        String key = sandbox.put(
                "customers",
                Map.of(
                        "primaryAddress/emails",
                        "[{\"label\":\"work\",\"value\":\"w@x.org\",\"primary\":false},"
                                + "{\"label\":\"home\",\"value\":\"h@x.org\",\"primary\":true}]"));
        update(key, Map.of("email", "new@x.org"));
        assertThat(sandbox.record("customers", key).orElseThrow())
                .containsEntry("email", "new@x.org")
                .containsEntry(
                        "primaryAddress/emails",
                        "[{\"label\":\"work\",\"value\":\"w@x.org\",\"primary\":false},"
                                + "{\"label\":\"home\",\"value\":\"new@x.org\",\"primary\":true}]");
        var empty = new HashMap<String, @Nullable String>();
        empty.put("email", null);
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> update(key, empty))
                .withMessageContaining("other e-mail addresses");
        String none = sandbox.put("customers", Map.of());
        update(none, Map.of("email", "first@x.org"));
        assertThat(sandbox.record("customers", none).orElseThrow()).containsEntry("email", "first@x.org");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            firstName                | Ada    | firstName cannot be written at Rebilly; it mirrors primaryAddress/firstName, which can
            tags                     | x      | tags cannot be written at Rebilly
            primaryAddress/hash      | x      | primaryAddress/hash cannot be written at Rebilly
            primaryAddress/city      | ''     | primaryAddress/city cannot be an empty text; use NULL
            primaryAddress/city      | 1234567890123456789012345678901234567890123456 | primaryAddress/city has 46 characters; Rebilly takes 45
            primaryAddress/firstName | a😀    | primaryAddress/firstName has a character outside of the basic plane
            primaryAddress/country   | us     | primaryAddress/country must be a country's code of two capital letters
            primaryAddress/postalCode | 12/3  | primaryAddress/postalCode must be of letters, digits, spaces and hyphens
            primaryAddress/dob       | 1.2.90 | primaryAddress/dob must be a date
            email                    | nobody | email must be an e-mail address
            customFields/visits      | many   | customFields/visits must be a number
            """)
    void whatTheVendorWouldRefuseIsRefusedBeforeTheCallWithTheFieldsName(String field, String value, String words) {
        String key = ada();
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> update(key, Map.of(field, value)))
                .withMessageStartingWith(words);
        assertThat(calls("PUT")).isEmpty();
    }

    @Test
    void aFieldThatCannotBeEmptiedIsRefused() {
        var empty = new HashMap<String, @Nullable String>();
        empty.put("websiteId", null);
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> update(ada(), empty))
                .withMessage("websiteId cannot be emptied at Rebilly");
    }

    @Test
    void aRefusalNamesTheFieldsAndShowsNoValue() {
        sandbox.switches().set(Map.of("refusals-quote", "true"));
        String key = ada();
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> update(key, Map.of("customFields/lastVisit", "canary-moment")))
                .withMessageContaining("customFields.lastVisit is not valid: (value)")
                .withMessageNotContaining("canary");
    }

    @Test
    void aConflictIsTriedAgainLater() {
        String key = ada();
        sandbox.faults().next("PUT /*", Fault.status(409).body("application/json", "{\"title\":\"Conflict\"}"));
        assertThatExceptionOfType(ApiException.RetryLater.class)
                .isThrownBy(() -> update(key, Map.of("locale", "fr-FR")))
                .withMessageContaining("(409: Conflict); the customer is read again before the next attempt");
    }

    @Test
    void aLookThatTheBridgeHadIsNotRepeatedAndWithoutOneItIsMade() {
        String key = ada();
        Present.Found found = (Present.Found) driver.hold(writing().read(key));
        int before = calls("GET").size();
        driver.hold(writing().update(key, Map.of("locale", "fr-FR"), Optional.of(found)));
        assertThat(calls("GET")).hasSize(before);
        driver.hold(writing().update(key, Map.of("locale", "fr-CA"), Optional.empty()));
        assertThat(calls("GET")).hasSize(before + 1);
        assertThat(sandbox.record("customers", key).orElseThrow()).containsEntry("locale", "fr-CA");
    }

    @Test
    void aMergedCustomerIsGoneAndNotMadeAnew() {
        String key = ada();
        sandbox.merge(key, sandbox.keys("customers").get(0));
        assertThat(driver.hold(writing().read(key))).isInstanceOf(Present.Gone.class);
        assertThat(update(key, Map.of("locale", "fr-FR"))).isInstanceOf(Written.Gone.class);
        assertThat(calls("PUT")).isEmpty();
    }

    @Test
    void theSameUpdateTwiceLeavesWhatOneDoes() {
        String key = ada();
        update(key, Map.of("email", "new@x.org"));
        Map<String, String> once =
                new HashMap<>(sandbox.record("customers", key).orElseThrow());
        update(key, Map.of("email", "new@x.org"));
        Map<String, String> twice =
                new HashMap<>(sandbox.record("customers", key).orElseThrow());
        once.remove("revision");
        twice.remove("revision");
        assertThat(twice).isEqualTo(once);
    }

    @Test
    void aCustomerIsMadeUnderAKeyThatFollowsFromItsIdentifier() {
        var identifier = new Identifier(writing().identifierType().orElseThrow(), "installation-people-1");
        Created created = driver.hold(writing()
                .create(
                        Map.of("email", "ada@example.org", "primaryAddress/firstName", "Ada"),
                        Optional.of(identifier)));
        String key = created.key().orElseThrow();
        assertThat(key).isEqualTo(RebillyCustomers.id(identifier)).matches("[0-9a-f-]{36}");
        assertThat(sandbox.record("customers", key).orElseThrow())
                .containsEntry("email", "ada@example.org")
                .containsEntry("firstName", "Ada");
        assertThat(calls("PUT")).hasSize(1);
        assertThat(driver.hold(writing().find(identifier))).hasValue(key);
        assertThat(driver.hold(writing().find(new Identifier("id", "other")))).isEmpty();
    }

    @Test
    void aCreationWhoseAnswerWasLostIsFoundAndNotMadeTwice() {
        var identifier = new Identifier("id", "installation-people-2");
        sandbox.faults().next("PUT /*", Fault.answerLost());
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> driver.hold(writing().create(Map.of("locale", "en-US"), Optional.of(identifier))));
        String key = driver.hold(writing().find(identifier)).orElseThrow();
        driver.hold(writing().create(Map.of("locale", "en-US"), Optional.of(identifier)));
        assertThat(sandbox.keys("customers")).hasSize(2).contains(key);
    }

    @Test
    void withoutAnIdentifierTheVendorGivesTheKey() {
        Created created = driver.hold(writing().create(Map.of("locale", "en-US"), Optional.empty()));
        assertThat(sandbox.record("customers", created.key().orElseThrow())).isPresent();
        assertThat(calls("POST")).hasSize(1);
    }

    @Test
    void whatCannotBeCreatedIsToldBeforehand() {
        assertThat(writing().uncreatable(Map.of("email", "a@b.org"))).isEmpty();
        assertThat(writing().uncreatable(Map.of("primaryAddress/country", "germany")))
                .hasValue("primaryAddress/country has 7 characters; Rebilly takes 2");
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.hold(writing().create(Map.of("revision", "4"), Optional.empty())))
                .withMessage("revision cannot be written at Rebilly");
    }

    @Test
    void customersAreNotDeleted() {
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> writing().delete("1", Map.of()))
                .withMessageStartingWith("Rebilly deletes no customers");
    }

    @Test
    void aKeyThatIsNoIdIsRefusedBeforeTheCall() {
        for (String key : List.of("a/b", "", "..", "x".repeat(51))) {
            assertThatExceptionOfType(ApiException.Refused.class)
                    .isThrownBy(() -> writing().read(key))
                    .withMessageContaining("is no id of Rebilly's");
        }
    }

    @Test
    void aKeyWithoutTheRightToWriteStopsTheStream() {
        sandbox.switches().set(Map.of("forbidden", "customers-write"));
        String key = ada();
        assertThatExceptionOfType(ApiException.Denied.class)
                .isThrownBy(() -> update(key, Map.of("locale", "fr-FR")))
                .withMessageContaining("permissions");
    }

    @Test
    void aUsedUpRateLimitIsWaitedForAsLongAsTheVendorSays() {
        String key = ada();
        sandbox.switches().set(Map.of("rate-limit", "1"));
        update(key, Map.of("locale", "fr-FR"));
        clock.advance(Duration.ofMinutes(4));
        assertThatExceptionOfType(ApiException.RetryLater.class)
                .isThrownBy(() -> update(key, Map.of("locale", "fr-CA")))
                .satisfies(later -> assertThat(later.delay()).hasValue(Duration.ofMinutes(6)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"last-part", "title"})
    void valuesGoByTheHeadingsOfTheExport(String form) {
        options.put("csv-header", form);
        options.put("fields", "primaryAddress/city,customFields/vip");
        boolean title = form.equals("title");
        String city = title ? "Primary Address City" : "city";
        String vip = title ? "Custom Fields Vip" : "vip";
        assertThat(driver.hold(writing().writable()).fields()).containsExactlyInAnyOrder(city, vip);
        String key = ada();
        update(key, Map.of(city, "Newtown", vip, "true"));
        assertThat(((Present.Found) driver.hold(writing().read(key))).values())
                .containsEntry(city, "Newtown")
                .containsEntry(vip, "true");
    }

    private String ada() {
        return sandbox.put(
                "customers",
                Map.of(
                        "email", "ada@example.org",
                        "firstName", "Ada",
                        "lastName", "Example",
                        "locale", "en-US",
                        "websiteId", "web_1",
                        "taxNumbers", "[{\"type\":\"other\",\"value\":\"T1\"}]",
                        "notificationEmails", "[\"n@x.org\"]",
                        "customFields/bridgeKey", "c-1",
                        "customFields/interests", "[\"a\",\"b\"]"));
    }

    private Writing writing() {
        return source.writing(new ExportSpec("people", "customers", List.of(), options, false, Optional.empty()))
                .orElseThrow();
    }

    private Written update(String key, Map<String, ? extends @Nullable String> values) {
        Present present = driver.hold(writing().read(key));
        Optional<Present.Found> found = present instanceof Present.Found there ? Optional.of(there) : Optional.empty();
        return driver.hold(writing().update(key, new HashMap<>(values), found));
    }

    private List<RecordedRequest> calls(String method) {
        return sandbox.log().requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    private String body(String method) {
        List<RecordedRequest> calls = calls(method);
        return calls.get(calls.size() - 1).body();
    }
}
