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
import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.Written;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each conversation of the write side, held with the running sandbox. */
class MpdxWritingTest {
    private static final Identifier IDENTIFIER = new Identifier("id", "b1-contacts-7");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final MpdxSandbox sandbox =
            MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock).data(17, 0));
    private final MpdxWire wire = new MpdxWire(sandbox, Map.of());
    private final Writing contacts = writing(wire, "contacts");
    private final Writing people = writing(wire, "people");
    private String ada = "";
    private String person = "";

    @BeforeEach
    void fill() {
        ada = sandbox.put(
                "contacts",
                ApiUser.FIRST_LIST,
                Map.of("name", "Example, Ada", "greeting", "Ada", "status", "Never Ask", "tag_list", "north"));
        person = sandbox.put("people", ada, Map.of("first_name", "Ada"));
        clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void onlyTheChangedAttributesAreSentWithTheTimeOfTheVersionThatWasSeen() {
        Present.Found seen = found(contacts, ada);
        assertThat(wire.hold(contacts.update(ada, Map.of("greeting", "A."), Optional.of(seen))))
                .isInstanceOf(Written.Accepted.class);
        assertThat(writes()).containsExactly("PUT /api/v2/contacts/" + ada);
        assertThat(lastBody())
                .isEqualTo(
                        "{\"data\":{\"id\":\"" + ada + "\",\"type\":\"contacts\",\"attributes\":{\"greeting\":\"A.\","
                                + "\"updated_in_db_at\":\"2026-03-01T12:00:00Z\"}}}");
        assertThat(record("contacts", ada)).containsEntry("greeting", "A.").containsEntry("status", "Never Ask");
    }

    @Test
    void whatIsReadHasTheFormOfTheExport() {
        sandbox.put("addresses", ada, Map.of("street", "1 Sample St", "primary_mailing_address", "true"));
        Map<String, String> row = wire.window(
                        spec("contacts", Map.of()), "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")
                .get(0);
        Map<String, @Nullable String> values = found(contacts, ada).values();
        assertThat(values).containsAllEntriesOf(row);
        assertThat(values).containsEntry("updated_in_db_at", "2026-03-01T13:00:00Z");
        assertThat(values).containsEntry("address/updated_in_db_at", "2026-03-01T13:00:00Z");
    }

    @ParameterizedTest
    @EnumSource(Doubts.Lock.class)
    void anEditBetweenTheLookAndTheWriteIsNotOverwritten(Doubts.Lock lock) {
        sandbox.switches().set(Doubts.LOCK, lock);
        Present.Found seen = found(contacts, ada);
        sandbox.edit("contacts", ada, Map.of("greeting", "theirs"));
        var update = contacts.update(ada, Map.of("greeting", "ours"), Optional.of(seen));
        if (lock == Doubts.Lock.IGNORED) {
            assertThat(wire.hold(update)).isInstanceOf(Written.Accepted.class);
            return;
        }
        assertThatThrownBy(() -> wire.hold(update))
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.delay()).isEmpty())
                .hasMessage("the record of contacts was changed at MPDX between the look and the write; it is looked at"
                        + " again and merged by the stream's rule");
        assertThat(record("contacts", ada)).containsEntry("greeting", "theirs");
        wire.hold(contacts.update(ada, Map.of("greeting", "ours"), Optional.of(found(contacts, ada))));
        assertThat(record("contacts", ada)).containsEntry("greeting", "ours");
    }

    @Test
    void overwritingIsForWhoAsksForIt() {
        Writing bold = writing(new MpdxWire(sandbox, Map.of("overwrite", "true")), "contacts");
        Present.Found seen = found(contacts, ada);
        sandbox.edit("contacts", ada, Map.of("greeting", "theirs"));
        wire.hold(bold.update(ada, Map.of("greeting", "ours"), Optional.of(seen)));
        assertThat(record("contacts", ada)).containsEntry("greeting", "ours");
        assertThat(lastBody()).contains("\"overwrite\":true").doesNotContain("updated_in_db_at");
    }

    @Test
    void whereNobodyLookedTheWriteLooksItself() {
        assertThat(wire.hold(contacts.update(ada, Map.of("greeting", "A."), Optional.empty())))
                .isInstanceOf(Written.Accepted.class);
        assertThat(sandbox.log().requests("GET", "/api/v2/contacts/" + ada)).hasSize(1);
    }

    @Test
    void valuesTakeTheFormOfTheirAttributesAndCanBeMadeEmpty() {
        var values = new HashMap<String, @Nullable String>(Map.of(
                "pledge_amount", "25.5",
                "pledge_frequency", "1",
                "magazine", "true",
                "next_ask", "2026-05-01",
                "tag_list", "vip,north"));
        values.put("status", null);
        wire.hold(contacts.update(ada, values, Optional.of(found(contacts, ada))));
        assertThat(lastBody())
                .contains(
                        "\"pledge_amount\":25.5", "\"pledge_frequency\":\"1\"", "\"magazine\":true", "\"status\":null")
                .contains("\"tag_list\":\"vip,north\"");
        assertThat(found(contacts, ada).values())
                .containsEntry("pledge_amount", "25.5")
                .containsEntry("magazine", "true")
                .containsEntry("tag_list", "north,vip")
                .containsEntry("status", null);
    }

    @Test
    void aContactIsWrittenBeforeItsAddressEachWithItsOwnTime() {
        String address = sandbox.put("addresses", ada, Map.of("street", "old", "primary_mailing_address", "true"));
        clock.advance(Duration.ofHours(1));
        sandbox.edit("contacts", ada, Map.of("notes", "later than the address"));
        clock.advance(Duration.ofHours(1));
        wire.hold(contacts.update(
                ada, Map.of("greeting", "A.", "address/street", "new"), Optional.of(found(contacts, ada))));
        assertThat(writes())
                .containsExactly(
                        "PUT /api/v2/contacts/" + ada, "PUT /api/v2/contacts/" + ada + "/addresses/" + address);
        assertThat(lastBody()).contains("\"updated_in_db_at\":\"2026-03-01T13:00:00Z\"");
        assertThat(record("addresses", address)).containsEntry("street", "new");
        wire.hold(contacts.update(ada, Map.of("greeting", "B."), Optional.of(found(contacts, ada))));
        assertThat(record("contacts", ada)).containsEntry("greeting", "B.");
    }

    @Test
    void aChildThatSomebodyElseChangedIsLookedAtAgain() {
        String address = sandbox.put("addresses", ada, Map.of("street", "old", "primary_mailing_address", "true"));
        Present.Found seen = found(contacts, ada);
        clock.advance(Duration.ofSeconds(1));
        sandbox.edit("addresses", address, Map.of("street", "theirs"));
        assertThatThrownBy(() -> wire.hold(contacts.update(ada, Map.of("address/street", "ours"), Optional.of(seen))))
                .isInstanceOf(RetryLater.class);
        sandbox.remove("addresses", address);
        assertThatThrownBy(() -> wire.hold(contacts.update(ada, Map.of("address/street", "ours"), Optional.of(seen))))
                .isInstanceOf(RetryLater.class);
    }

    @Test
    void aMissingChildIsMadeOnceEvenIfTheAnswerIsLost() {
        String path = "/api/v2/contacts/" + ada + "/people/" + person + "/email_addresses";
        Map<String, String> values = Map.of("email/address", "ada@example.org");
        Optional<Present.Found> seen = Optional.of(found(people, person));
        sandbox.faults().next("POST " + path, Fault.answerLost());
        assertThatThrownBy(() -> wire.hold(people.update(person, values, seen)))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(wire.hold(people.update(person, values, seen))).isInstanceOf(Written.Accepted.class);
        assertThat(sandbox.children("email_addresses", person)).hasSize(1);
        assertThat(found(people, person).values()).containsEntry("email/address", "ada@example.org");
    }

    @Test
    void aChildIsNotMadeWithoutWhatItConsistsOf() {
        assertThatThrownBy(() -> wire.hold(
                        people.update(person, Map.of("phone/location", "home"), Optional.of(found(people, person)))))
                .isInstanceOf(Refused.class)
                .hasMessage("the person has nothing in phone_numbers at MPDX, and it is made only with phone/number");
    }

    @Test
    void aPersonIsWrittenBelowItsContactWithEmailAndPhone() {
        String email = sandbox.put("email_addresses", person, Map.of("email", "a@example.org", "primary", "true"));
        String phone = sandbox.put("phone_numbers", person, Map.of("number", "1", "primary", "true"));
        clock.advance(Duration.ofHours(1));
        wire.hold(people.update(
                person,
                Map.of("last_name", "Example", "email/address", "New@Example.org", "phone/number", "2"),
                Optional.of(found(people, person))));
        assertThat(record("people", person)).containsEntry("last_name", "Example");
        assertThat(record("email_addresses", email)).containsEntry("email", "new@example.org");
        assertThat(record("phone_numbers", phone)).containsEntry("number", "2");
        assertThat(writes()).allMatch(line -> line.startsWith("PUT /api/v2/contacts/" + ada + "/people/" + person));
    }

    @ParameterizedTest
    @EnumSource(Doubts.ForeignSource.class)
    void anEmailAddressOfAnotherSystemIsRefusedBeforeItIsSent(Doubts.ForeignSource foreign) {
        sandbox.switches().set(Doubts.FOREIGN_SOURCE, foreign);
        sandbox.put("email_addresses", person, Map.of("email", "a@example.org", "source", "Siebel"));
        assertThatThrownBy(() -> wire.hold(people.update(
                        person, Map.of("email/address", "b@example.org"), Optional.of(found(people, person)))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("came from another system");
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aContactIsCreatedWithAKeyOfItsIdentifierAndAnAddress(boolean defaultPerson) {
        Writing creating = writing(
                new MpdxWire(sandbox, Map.of("create-default-person", Boolean.toString(defaultPerson))), "contacts");
        Created created = wire.hold(creating.create(
                Map.of("name", "Probe, Cy", "address/street", "2 Sample St", "magazine", "true"),
                Optional.of(IDENTIFIER)));
        String key = created.key().orElseThrow();
        assertThat(record("contacts", key)).containsEntry("name", "Probe, Cy").containsEntry("magazine", "true");
        assertThat(found(contacts, key).values()).containsEntry("address/street", "2 Sample St");
        assertThat(sandbox.children("people", key)).hasSize(defaultPerson ? 1 : 0);
        assertThat(wire.hold(creating.find(IDENTIFIER))).contains(key);
        assertThat(creating.identifierType()).contains("id");
    }

    @ParameterizedTest
    @EnumSource(Doubts.SecondCreation.class)
    void aCreationWhoseAnswerWasLostIsFoundAndNotMadeTwice(Doubts.SecondCreation second) {
        sandbox.switches().set(Doubts.SECOND_CREATION, second);
        Supplier<Step<Created>> create =
                () -> contacts.create(Map.of("name", "Probe"), Optional.of(IDENTIFIER));
        assertThat(wire.hold(contacts.find(IDENTIFIER))).isEmpty();
        sandbox.faults().next("POST /api/v2/contacts", Fault.answerLost());
        assertThatThrownBy(() -> wire.hold(create.get())).hasRootCauseInstanceOf(IOException.class);
        Optional<String> key = wire.hold(contacts.find(IDENTIFIER));
        assertThat(key).isPresent();
        assertThat(wire.hold(create.get()).key()).isEqualTo(key);
        assertThat(sandbox.keys("contacts")).containsExactly(ada, key.orElseThrow());
    }

    @Test
    void aPersonIsCreatedBelowItsContact() {
        Map<String, String> values =
                Map.of("first_name", "Bo", "contact_id", ada, "email/address", "bo@example.org", "phone/number", "3");
        String key =
                wire.hold(people.create(values, Optional.of(IDENTIFIER))).key().orElseThrow();
        assertThat(found(people, key).values())
                .containsEntry("first_name", "Bo")
                .containsEntry("contact_id", ada)
                .containsEntry("email/address", "bo@example.org")
                .containsEntry("phone/number", "3");
        assertThat(wire.hold(people.find(IDENTIFIER))).contains(key);
        assertThat(wire.hold(contacts.find(IDENTIFIER))).isEmpty();
    }

    @Test
    void aRefusedChildOfANewRecordSaysThatTheRecordIsThere() {
        Map<String, String> values = Map.of("first_name", "Bo", "contact_id", ada, "email/address", "none");
        assertThatThrownBy(() -> wire.hold(people.create(values, Optional.of(IDENTIFIER))))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("the record was created in people, but not all that belongs to it: MPDX refused"
                        + " POST /contacts/" + ada + "/people/");
        assertThat(wire.hold(people.find(IDENTIFIER))).isPresent();
    }

    @Test
    void deletedRecordsAreGone() {
        assertThat(wire.hold(people.delete(person, Map.of()))).isInstanceOf(Written.Accepted.class);
        assertThat(wire.hold(people.delete(person, Map.of()))).isInstanceOf(Written.Gone.class);
        assertThat(wire.hold(contacts.delete(ada, Map.of()))).isInstanceOf(Written.Accepted.class);
        assertThat(wire.hold(contacts.delete(ada, Map.of()))).isInstanceOf(Written.Gone.class);
        assertThat(wire.hold(contacts.read(ada))).isInstanceOf(Present.Gone.class);
        assertThat(wire.hold(people.read(person))).isInstanceOf(Present.Gone.class);
        assertThat(wire.hold(contacts.update(ada, Map.of("greeting", "A."), Optional.empty())))
                .isInstanceOf(Written.Gone.class);
    }

    @Test
    void aContactGoneBetweenTheLookAndTheWriteIsGone() {
        Present.Found seen = found(contacts, ada);
        sandbox.remove("contacts", ada);
        assertThat(wire.hold(contacts.update(ada, Map.of("greeting", "A."), Optional.of(seen))))
                .isEqualTo(new Written.Gone("MPDX has no record for PUT /contacts/" + ada + " (404: Not Found)"));
    }

    @Test
    void aRecordThatTheUserMayNoLongerSeeIsGoneButNotWithTheWholeList() {
        String other = sandbox.put("contacts", ApiUser.SECOND_LIST, Map.of("name", "Other"));
        assertThat(wire.hold(contacts.read(other)))
                .isEqualTo(new Present.Gone(
                        "MPDX does not show the record to the token's user (403: you may not see that contact)"));
        MpdxWire stranger = new MpdxWire(
                sandbox, sandbox.token(ApiUser.SOMEBODY_ELSE, clock.instant().plusSeconds(60)), Map.of());
        assertThatThrownBy(() -> stranger.hold(writing(stranger, "contacts").read(ada)))
                .isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            status          | Unheard-of      | is not included in the list
            send_newsletter | Sometimes       | is not included in the list
            """)
    void aRefusalNeverRepeatsAValue(String field, String value, String words) {
        sandbox.switches().set(Doubts.REFUSALS_QUOTE, true);
        assertThatThrownBy(
                        () -> wire.hold(contacts.update(ada, Map.of(field, value), Optional.of(found(contacts, ada)))))
                .isInstanceOf(Refused.class)
                .hasMessage("MPDX refused PUT /contacts/" + ada + " (400: " + words + " ((value)), in " + field + ")");
    }

    @Test
    void aWithdrawnTokenStopsTheStream() {
        sandbox.withdraw(sandbox.token());
        assertThatThrownBy(() -> wire.hold(contacts.read(ada)))
                .isInstanceOf(Denied.class)
                .hasMessageContaining("Check token")
                .message()
                .doesNotContain(sandbox.token());
    }

    @Test
    void whatCanBeWrittenAndClearedIsKnownWithoutACall() {
        Writable writable = wire.hold(people.writable());
        assertThat(writable.fields())
                .contains("first_name", "contact_id", "email/address", "phone/number")
                .doesNotContain("id", "updated_at", "email/id", "email/source", "parent_contacts");
        assertThat(writable.clearable()).contains("last_name").doesNotContain("first_name", "deceased", "contact_id");
        assertThat(writable.creates() && writable.deletes() && writable.lookup())
                .isTrue();
        assertThat(wire.hold(contacts.writable()).fields())
                .contains("name", "address/street")
                .doesNotContain("deleted");
        assertThat(sandbox.log().requests()).isEmpty();
    }

    private static Writing writing(MpdxWire wire, String resource) {
        return wire.source.writing(spec(resource, Map.of())).orElseThrow();
    }

    private Present.Found found(Writing writing, String key) {
        return (Present.Found) wire.hold(writing.read(key));
    }

    private Map<String, String> record(String type, String id) {
        return sandbox.record(type, id).orElseThrow();
    }

    /** The calls that changed something, in order. */
    private List<String> writes() {
        return sandbox.log().requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    private String lastBody() {
        List<RecordedRequest> all = sandbox.log().requests();
        return all.stream()
                .filter(request -> !request.method().equals("GET"))
                .reduce((first, last) -> last)
                .orElseThrow()
                .body();
    }
}
