package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.fields;
import static io.tidemark.system.everyaction.EveryActionConversation.source;
import static io.tidemark.system.everyaction.EveryActionConversation.spec;
import static io.tidemark.system.everyaction.EveryActionConversation.withKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.Written;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryActionContactsTest {

    private static final String KEY = "900000001";
    private static final String OK = "{\"vanId\":900000001}";
    private static final String CUSTOM = """
            [{"customFieldId":311,"customFieldName":"Favourite colour","customFieldGroupId":42,"isEditable":true,
              "availableValues":[{"id":1,"name":"Teal"},{"id":2,"name":"Amber"}]},
             {"customFieldId":312,"customFieldName":"Shirt size","customFieldGroupId":42,"isEditable":true},
             {"customFieldId":313,"customFieldName":"Score","customFieldGroupId":43,"isEditable":false},
             {"customFieldId":314,"customFieldName":"City","customFieldGroupId":43,"isEditable":true}]""";
    private static final Map<String, String> WITH_CUSTOM =
            Map.of("requested-custom-field-ids", "311,312,313,314", "requested-fields", "Prefix");
    private static final String ADA = """
            {"vanId":900000001,"firstName":"Ada","middleName":null,"dateOfBirth":"1980-02-03T00:00:00Z",
             "emails":[{"email":"old@example.org","isPreferred":false},{"email":"ada@example.org","isPreferred":true}],
             "phones":[{"phoneId":1,"phoneNumber":"(555) 010-0123","phoneType":"Cell","isPreferred":true,
                        "phoneOptInStatus":"Opted In"}],
             "addresses":[{"addressLine1":"1 Sample St","addressLine2":null,"city":"Sampleton","stateOrProvince":"IL",
                           "zipOrPostalCode":"60000","countryCode":"US","isPreferred":true}],
             "customFields":[{"customFieldId":312,"customFieldName":"Shirt size","assignedValue":"L"},
                             {"customFieldId":311,"customFieldName":"Favourite colour","assignedValue":null},
                             {"customFieldId":314,"customFieldName":"City","assignedValue":"Elsewhere"},
                             {"customFieldId":999,"customFieldName":"Not exported","assignedValue":"x"}]}""";

    @Test
    void whatCanBeWrittenIsWhatTheExportHoldsAndTheApiTakes() {
        var conversation = EveryActionConversation.of(fields(
                "VanID:N*",
                "FirstName:T*",
                "Email:T*",
                "ZipOrPostal:T*",
                "IsDeceased:B*",
                "Prefix:T",
                "DateOfBirth:D"));
        assertThat(conversation.hold(
                        contacts(Map.of("requested-fields", "Prefix")).writable()))
                .isEqualTo(
                        new Writable(Set.of("FirstName", "Email", "ZipOrPostal", "Prefix"), Set.of(), true, true, true)
                                .shownIn(EveryActionCodes.FORMS));
        assertThat(conversation.lines()).containsExactly("GET /changedEntityExportJobs/fields/Contacts");
    }

    @Test
    void customFieldsThatCanBeEditedCanBeWrittenUnderBothNamesThatAnExportMayGiveThem() {
        var conversation = EveryActionConversation.of(fields("VanID:N*", "City:T*", "Prefix:T"), CUSTOM);
        assertThat(conversation.hold(contacts(WITH_CUSTOM).writable()).fields())
                .containsExactlyInAnyOrder(
                        "City", "Prefix", "CF311", "Favourite colour", "CF312", "Shirt size", "CF314");
    }

    @Test
    void aStreamOfOrganisationsCreatesNobody() {
        var writing = contacts(Map.of("contact-mode", "2"));
        assertThat(EveryActionConversation.of(fields("VanID:N*"))
                        .hold(writing.writable())
                        .creates())
                .isFalse();
        assertThat(writing.uncreatable(row("Email", "a@example.org")))
                .contains(
                        "EveryAction's API creates people only, and contact-mode makes this a stream of organisations");
    }

    @Test
    void aPersonIsReadInTheFormThatExportsHave() {
        var conversation = EveryActionConversation.of(ADA);
        var found = (Present.Found) conversation.hold(contacts(WITH_CUSTOM).read(KEY));
        assertThat(conversation.lines())
                .containsExactly("GET /people/900000001?$expand=phones,emails,addresses,customFields");
        assertThat(found.values())
                .contains(
                        entry("FirstName", "Ada"),
                        entry("MiddleName", null),
                        entry("DateOfBirth", "1980-02-03"),
                        entry("Email", "ada@example.org"),
                        entry("Phone", "(555) 010-0123"),
                        entry("PhoneOptInStatus", "I"),
                        entry("StreetAddress", "1 Sample St"),
                        entry("City", "Sampleton"),
                        entry("State", "IL"),
                        entry("ZipOrPostal", "60000"),
                        entry("CF312", "L"),
                        entry("Shirt size", "L"),
                        entry("CF311", null),
                        entry("CF314", "Elsewhere"))
                .doesNotContainKeys("LastName", "CF999", "Not exported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            {"emails":[]}                                                              | Email         | true  | -
            {"emails":[{"email":"a@x"}]}                                               | Email         | true  | a@x
            {"emails":[{"email":"a@x"},{"email":"b@x"}]}                               | Email         | false | -
            {"emails":null}                                                            | Email         | false | -
            {}                                                                         | Email         | false | -
            {"addresses":[]}                                                           | StreetAddress | true  | -
            {"addresses":[{"addressLine1":"1 A St","addressLine2":"Apt 2"}]}           | StreetAddress | false | -
            {"addresses":[{"addressLine1":"1 A St","addressLine2":"Apt 2"}]}           | City          | true  | -
            {"phones":[{"phoneNumber":"1"},{"phoneNumber":"2","isPreferred":"true"}]}  | Phone         | true  | 2
            {"dateOfBirth":"1980-02-03"}                                               | DateOfBirth   | true  | 1980-02-03
            {"dateOfBirth":null}                                                       | DateOfBirth   | true  | -
            """)
    void whatAnAnswerDoesNotTellIsNotTakenForEmpty(String person, String name, boolean shown, @Nullable String value) {
        var found = (Present.Found)
                EveryActionConversation.of(person).hold(contacts(Map.of()).read(KEY));
        assertThat(found.values().containsKey(name)).isEqualTo(shown);
        assertThat(found.values().get(name)).isEqualTo(value);
    }

    @Test
    void whoIsNotThereIsGoneWithTheVendorsWords() {
        String body = "{\"errors\":[{\"code\":\"NOT_FOUND\",\"text\":\"nobody\",\"referenceCode\":\"r-2\"}]}";
        assertThat(new EveryActionConversation()
                        .then(404, body)
                        .hold(contacts(Map.of()).read(KEY)))
                .isEqualTo(
                        new Present.Gone(
                                "EveryAction has no record for GET"
                                        + " /people/900000001?$expand=phones,emails,addresses (404: NOT_FOUND, nobody, reference r-2)"));
        assertThat(new EveryActionConversation().then(404, "").hold(update(row("FirstName", "Bo"), Optional.empty())))
                .isEqualTo(new Written.Gone("EveryAction has no record for POST /people/900000001 (404)"));
        assertThat(new EveryActionConversation()
                        .then(404, "")
                        .hold(contacts(Map.of()).delete(KEY, Map.of())))
                .isEqualTo(new Written.Gone("EveryAction has no record for DELETE /people/900000001 (404)"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"vanId":900000002,"firstName":"Bo"}            | EveryAction answered for the contact 900000001 with 900000002, into which it was merged
            {"vanId":900000001,"isSuppressed":true}         | EveryAction shows the contact with isSuppressed set
            {"vanId":900000001,"dateDeleted":"2026-03-01"}  | EveryAction shows the contact with dateDeleted set
            """)
    void whoStillAnswersButIsMergedOrMarkedIsGone(String person, String words) {
        assertThat(EveryActionConversation.of(person).hold(contacts(Map.of()).read(KEY)))
                .isEqualTo(new Present.Gone(words));
    }

    @Test
    void anUpdateThatAnotherPersonAnsweredWentToTheWrongOne() {
        assertThat(EveryActionConversation.of("{\"vanId\":900000002}")
                        .hold(update(row("FirstName", "Bo"), Optional.empty())))
                .isEqualTo(
                        new Written.Gone("EveryAction answered for the contact 900000001 with 900000002, into which it"
                                + " was merged"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            FirstName=Bo                            | {"firstName":"Bo"}
            Prefix=Dr;LastName=Neu;DateOfBirth=1990-01-02 | {"title":"Dr","lastName":"Neu","dateOfBirth":"1990-01-02"}
            EmployerName=Acme;OccupationName=Baker  | {"employer":"Acme","occupation":"Baker"}
            firstname=Bo                            | {"firstName":"Bo"}
            Email=bo@x                              | {"emails":[{"isPreferred":true,"email":"bo@x"}]}
            Phone=5550100999                        | {"phones":[{"isPreferred":true,"phoneNumber":"5550100999","phoneType":"C"}]}
            PhoneOptInStatus=O                      | {"phones":[{"isPreferred":true,"phoneNumber":"(555) 010-0123","phoneType":"C","phoneOptInStatus":"O"}]}
            PhoneOptInStatus=Opted out              | {"phones":[{"isPreferred":true,"phoneNumber":"(555) 010-0123","phoneType":"C","phoneOptInStatus":"O"}]}
            City=Testville                          | {"addresses":[{"isPreferred":true,"addressLine1":"1 Sample St","city":"Testville","stateOrProvince":"IL","zipOrPostalCode":"60000","countryCode":"US"}]}
            StreetAddress=2 B St;ZipOrPostal=60001  | {"addresses":[{"isPreferred":true,"addressLine1":"2 B St","city":"Sampleton","stateOrProvince":"IL","zipOrPostalCode":"60001","countryCode":"US"}]}
            """)
    void onlyWhatChangedIsSentButAnAddressAndAPhoneAreSentWhole(String changes, String body) {
        var conversation = EveryActionConversation.of(OK);
        assertThat(conversation.hold(update(pairs(changes), Optional.of(ada()))))
                .isEqualTo(new Written.Accepted());
        assertThat(conversation.lines()).containsExactly("POST /people/900000001");
        ApiRequest request = conversation.calls.get(0);
        assertThat(request.body()).isEqualTo(body);
        assertThat(request.headers()).containsEntry("Content-Type", "application/json");
        assertThat(request.repeatable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            City=Testville         | {"isPreferred":true,"addressLine1":"1 A St","addressLine2":"Apt 2","city":"Testville","stateOrProvince":"ON","countryCode":"CA"}
            StreetAddress=2 B St   | {"isPreferred":true,"addressLine1":"2 B St","city":"Sampleton","stateOrProvince":"ON","countryCode":"CA"}
            """)
    void anAddressKeepsItsFurtherLinesUntilItsStreetChangesAndAlwaysItsCountry(String changes, String address) {
        String person = """
                {"addresses":[{"addressLine1":"1 A St","addressLine2":"Apt 2","city":"Sampleton",
                 "stateOrProvince":"ON","countryCode":"CA","isPreferred":true}]}""";
        var present = (Present.Found)
                EveryActionConversation.of(person).hold(contacts(Map.of()).read(KEY));
        var conversation = EveryActionConversation.of(OK);
        conversation.hold(update(pairs(changes), Optional.of(present)));
        assertThat(conversation.calls.get(0).body()).isEqualTo("{\"addresses\":[" + address + "]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"City=Testville", "Phone=5550100999", "PhoneOptInStatus=O"})
    void partOfAnAddressOrPhoneOfWhichNothingIsKnownIsLookedUpFirst(String changes) {
        var conversation = EveryActionConversation.of(ADA, OK);
        assertThat(conversation.hold(update(pairs(changes), Optional.empty()))).isEqualTo(new Written.Accepted());
        assertThat(conversation.lines())
                .containsExactly("GET /people/900000001?$expand=phones,emails,addresses", "POST /people/900000001");
        assertThat(conversation.calls.get(1).body()).containsAnyOf("\"1 Sample St\"", "\"phoneType\":\"C\"");
    }

    @Test
    void whoIsGoneWhenLookedUpIsNotWrittenTo() {
        var conversation = new EveryActionConversation().then(404, "");
        assertThat(conversation.hold(update(row("City", "Testville"), Optional.empty())))
                .isInstanceOf(Written.Gone.class);
        assertThat(conversation.calls).hasSize(1);
    }

    @Test
    void anAddressThatIsNotShownIsNotWrittenInPart() {
        String two = "{\"addresses\":[{\"city\":\"A\"},{\"city\":\"B\"}]}";
        assertThatThrownBy(
                        () -> EveryActionConversation.of(two).hold(update(row("City", "Testville"), Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage("the address cannot be written in part: EveryAction does not show the preferred address of"
                        + " the contact. Set a preferred address there, or write all of StreetAddress, City, State and"
                        + " ZipOrPostal");
    }

    @Test
    void anOptInWithoutAPhoneIsRefused() {
        assertThatThrownBy(() -> EveryActionConversation.of("{\"phones\":[]}")
                        .hold(update(row("PhoneOptInStatus", "I"), Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "PhoneOptInStatus cannot be written: the contact has no preferred phone that it could belong"
                                + " to");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"FirstName, -", "Email, ''", "City, ' '", "CF311, -"})
    void aFieldThatIsToBeClearedIsRefusedBeforeAnyCall(String field, @Nullable String value) {
        assertThatThrownBy(() -> update(row(field, value), Optional.of(ada())))
                .isInstanceOf(Refused.class)
                .hasMessage(field + " cannot be cleared: EveryAction takes an empty value for no change. Clear it there"
                        + " by hand, or put a value in");
    }

    @ParameterizedTest
    @CsvSource({
        "CF312, XL, 312, XL",
        "shirt SIZE, XL, 312, XL",
        "CF311, 2, 311, 2",
        "CF311, amber, 311, 2",
        "Favourite colour, Teal, 311, 1"
    })
    void aCustomFieldGoesWithItsGroupAndAChoiceByItsId(String heading, String value, int id, String assigned) {
        var conversation = EveryActionConversation.of(CUSTOM, OK);
        conversation.hold(contacts(WITH_CUSTOM).update(KEY, row(heading, value), Optional.of(ada())));
        assertThat(conversation.lines()).containsExactly("GET /customFields", "POST /people/900000001");
        assertThat(conversation.calls.get(1).body())
                .isEqualTo("{\"customFieldValues\":[{\"customFieldId\":" + id
                        + ",\"customFieldGroupId\":42,\"assignedValue\":\"" + assigned + "\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CF313", "Score", "CF999", "IsDeceased"})
    void aFieldThatCannotBeEditedIsRefused(String heading) {
        assertThatThrownBy(() -> EveryActionConversation.of(CUSTOM)
                        .hold(contacts(WITH_CUSTOM).update(KEY, row(heading, "7"), Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        heading + " cannot be written: EveryAction lists no custom field of that name that the stream"
                                + " exports and that can be edited, or several");
    }

    @Test
    void aValueThatIsNoChoiceIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> EveryActionConversation.of(CUSTOM)
                        .hold(contacts(WITH_CUSTOM).update(KEY, row("CF311", "Mauve"), Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage("the value for the custom field CF311 is none of those it takes. Its choices are in"
                        + " EveryAction under Favourite colour");
    }

    @Test
    void aRefusalRepeatsTheVendorsWordsAndNoValue() {
        String body = "{\"errors\":[{\"code\":\"INVALID_PARAMETER\",\"text\":\"'ada@x' of Ada Muster: Ada@X is no"
                + " address, Adam is\",\"properties\":[\"emails[0].email\"],\"referenceCode\":\"r-3\"}]}";
        assertThatThrownBy(() -> new EveryActionConversation()
                        .then(400, body)
                        .hold(update(pairs("Email=ada@x;FirstName=Ada;LastName=Ada Muster"), Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction refused POST /people/900000001 (400: INVALID_PARAMETER, '(value)' of (value):"
                        + " (value) is no address, Adam is, in emails[0].email, reference r-3)");
    }

    @Test
    void aKeyWithoutTheRightStopsTheStreamAndAPassingTroubleIsTriedAgain() {
        assertThatThrownBy(() -> new EveryActionConversation()
                        .then(403, "")
                        .hold(update(row("FirstName", "Bo"), Optional.empty())))
                .isInstanceOf(Denied.class);
        assertThatThrownBy(() -> new EveryActionConversation()
                        .then(200, "<html>")
                        .hold(update(row("FirstName", "Bo"), Optional.empty())))
                .isInstanceOf(RetryLater.class);
        assertThat(new EveryActionConversation().then(204, "").hold(update(row("FirstName", "Bo"), Optional.empty())))
                .isEqualTo(new Written.Accepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"find", "../x", "1?x", "", "findOrCreate"})
    void aKeyThatWouldChangeTheAddressIsRefused(String key) {
        assertThatThrownBy(() -> contacts(Map.of()).read(key))
                .isInstanceOf(Refused.class)
                .hasMessage("\"" + key + "\" is no VANID: EveryAction's contacts have whole numbers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            FirstName=Ada;LastName=E;Email=a@x                                       | true
            FirstName=Ada;LastName=E;Phone=5550100123                                | true
            FirstName=Ada;LastName=E;DateOfBirth=1980-02-03;ZipOrPostal=60000-1234   | true
            FirstName=Ada;LastName=E;StreetAddress=1 A St;ZipOrPostal=60000          | true
            Email=a@x                                                                | true
            Email=a@x;City=B                                                         | true
            FirstName=Ada;LastName=E                                                 | false
            FirstName=Ada;LastName=E;ZipOrPostal=60000                               | false
            FirstName=Ada;LastName=E;DateOfBirth=1980-02-03;ZipOrPostal=6000         | false
            FirstName=Ada;LastName=E;StreetAddress=Sample St;ZipOrPostal=60000       | false
            FirstName=Ada;LastName=E;StreetAddress=17;ZipOrPostal=60000              | false
            FirstName=Ada;Email=a@x                                                  | false
            LastName=E;Phone=5550100123                                              | false
            """)
    void aPersonIsCreatedOnlyWithWhatTellsOneFromOthers(String values, boolean creatable) {
        assertThat(contacts(Map.of()).uncreatable(pairs(values)).isEmpty()).isEqualTo(creatable);
    }

    @Test
    void aRowThatCannotBeCreatedSaysWhatItHasByNamesOnly() {
        String words =
                "EveryAction tells people apart by FirstName and LastName together with Email, Phone, DateOfBirth"
                        + " and a five-digit ZipOrPostal, or StreetAddress with its number and a five-digit ZipOrPostal; or by"
                        + " Email without names. With less it makes a new person each time. The row has City, FirstName";
        assertThat(contacts(Map.of()).uncreatable(pairs("FirstName=Ada;City=B")))
                .contains(words);
        assertThatThrownBy(() -> contacts(Map.of()).create(pairs("FirstName=Ada;City=B"), Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessage(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void aPersonIsCreatedWithItsIdentifierAndTheCallMustNotBeRepeated(int status) {
        var conversation = new EveryActionConversation().then(404, "").then(status, OK);
        var values = pairs("FirstName=Ada;LastName=E;Email=a@x;Phone=1;PhoneOptInStatus=I;City=B");
        values.put("MiddleName", null);
        assertThat(conversation.hold(
                        contacts(Map.of()).create(values, Optional.of(new Identifier("BridgeKey", "i-people-1")))))
                .isEqualTo(new Created(Optional.of(KEY)));
        assertThat(conversation.calls.get(0).path()).isEqualTo("/people/find");
        assertThat(conversation.calls.get(0).repeatable()).isTrue();
        ApiRequest request = conversation.calls.get(1);
        assertThat(request.path()).isEqualTo("/people/findOrCreate");
        assertThat(request.repeatable()).isFalse();
        assertThat(request.body())
                .isEqualTo("{\"firstName\":\"Ada\",\"lastName\":\"E\","
                        + "\"emails\":[{\"isPreferred\":true,\"email\":\"a@x\"}],"
                        + "\"phones\":[{\"isPreferred\":true,\"phoneNumber\":\"1\",\"phoneOptInStatus\":\"I\"}],"
                        + "\"addresses\":[{\"isPreferred\":true,\"city\":\"B\"}],"
                        + "\"identifiers\":[{\"type\":\"BridgeKey\",\"externalId\":\"i-people-1\"}]}");
    }

    @Test
    void aCreationWithoutAKeyInItsAnswerHasNone() {
        assertThat(EveryActionConversation.of("{}", "{}")
                        .hold(contacts(Map.of()).create(row("Email", "a@x"), Optional.empty())))
                .isEqualTo(new Created(Optional.empty()));
    }

    @Test
    void aPersonWhoIsThereAlreadyIsFoundAndNotWritten() {
        var conversation = EveryActionConversation.of(OK);
        assertThat(conversation.hold(contacts(Map.of()).create(row("Email", "a@x"), Optional.empty())))
                .isEqualTo(Created.found(KEY));
        assertThat(conversation.calls).hasSize(1);
    }

    @Test
    void aPersonIsFoundByAnIdentifierThatIsEscaped() {
        var conversation = EveryActionConversation.of(OK);
        var identifier = new Identifier("Bridge Key", "a/b:1?é");
        assertThat(conversation.hold(contacts(Map.of()).find(identifier))).contains(KEY);
        assertThat(conversation.lines()).containsExactly("GET /people/Bridge%20Key:a%2Fb%3A1%3F%C3%A9");
        assertThat(new EveryActionConversation()
                        .then(404, "")
                        .hold(contacts(Map.of()).find(identifier)))
                .isEmpty();
    }

    @Test
    void anAnswerThatNamesNobodyIsNotTakenForNobody() {
        assertThatThrownBy(() -> EveryActionConversation.of("{}")
                        .hold(contacts(Map.of()).find(new Identifier("BridgeKey", "1"))))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction answered GET /people/BridgeKey:1 with JSON that holds no vanId");
    }

    @Test
    void deletingSuppressesAndMayBeRepeated() {
        var conversation = new EveryActionConversation().then(200, "");
        assertThat(conversation.hold(contacts(Map.of()).delete(KEY, Map.of()))).isEqualTo(new Written.Accepted());
        assertThat(conversation.lines()).containsExactly("DELETE /people/900000001");
        assertThat(conversation.calls.get(0).repeatable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Contacts, true",
        "ContactsActivistCodes, true",
        "Contributions, true",
        "ActivistCodes, false",
        "ContactHistory, false",
        "ContactsOnlineForms, false",
        "ContactsSurveyResponses, false",
        "ContributionAdjustments, false",
        "EventTicketTransactionsGuests, false",
        "RecurringContributions, false"
    })
    void otherResourcesAreReadOnly(String resource, boolean written) {
        assertThat(source().writing(spec(resource, Map.of())).isPresent()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"vanid, true", "FirstName, false"})
    void aStreamWithAnotherKeyThanTheVendorsIsReadOnly(String key, boolean written) {
        assertThat(source().writing(withKey(spec("Contacts", Map.of()), key)).isPresent())
                .isEqualTo(written);
    }

    private static Present.Found ada() {
        return (Present.Found)
                EveryActionConversation.of(ADA).hold(contacts(WITH_CUSTOM).read(KEY));
    }

    private static Writing contacts(Map<String, String> parameters) {
        return source().writing(spec("Contacts", parameters)).orElseThrow();
    }

    private static Step<Written> update(Map<String, @Nullable String> values, Optional<Present.Found> present) {
        return contacts(Map.of()).update(KEY, values, present);
    }

    private static Map<String, @Nullable String> row(String name, @Nullable String value) {
        var row = new LinkedHashMap<String, @Nullable String>();
        row.put(name, value);
        return row;
    }

    private static Map<String, @Nullable String> pairs(String text) {
        var row = new LinkedHashMap<String, @Nullable String>();
        Arrays.stream(text.split(";", -1)).map(pair -> pair.split("=", 2)).forEach(pair -> row.put(pair[0], pair[1]));
        return row;
    }
}
