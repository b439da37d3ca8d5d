package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.KEY;
import static io.tidemark.system.everyaction.EveryActionConversation.fields;
import static io.tidemark.system.everyaction.EveryActionConversation.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.system.Account;
import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.ResourceDescription.Asking;
import io.tidemark.system.ResourceDescription.CustomField;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryActionSourceTest {

    private static final String PROFILE = """
            {"databaseName":"Demo","hasMyVoters":false,"hasMyCampaign":true,"committeeName":"Trees",
            "apiKeyTypeName":"Custom","keyReference":"nary","userFirstName":"Ada","userLastName":null,
            "username":"api.acme"}""";

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]", "{\"items\":[%s],\"count\":1,\"nextPageLink\":null}", "[{}, %s]"})
    void theAccountIsTheScopeOfAnIdInWhateverEnvelopeItComes(String envelope) {
        Account account = account(envelope.formatted(PROFILE));
        assertThat(account.identity())
                .isEqualTo("everyaction database=\"Demo\" committee=\"Trees\" user=\"api.acme\" mode=1");
        assertThat(account.details())
                .containsExactly(
                        entry("database", "Demo"),
                        entry("committee", "Trees"),
                        entry("user", "api.acme"),
                        entry("first name", "Ada"),
                        entry("key type", "Custom"),
                        entry("My Voters", "false"),
                        entry("My Campaign", "true"),
                        entry("mode", "1"));
    }

    @Test
    void theAccountHoldsNothingOfTheKey() {
        assertThat(account(PROFILE).toString()).doesNotContain("nary").doesNotContain(KEY);
    }

    @Test
    void theAccountStaysTheSameWhenAPersonIsRenamedOrTheKeyIsExchanged() {
        String renamed =
                PROFILE.replace("Ada", "Eve").replace("\"nary\"", "\"9999\"").replace("Custom", "Other");
        assertThat(account(renamed).identity()).isEqualTo(account(PROFILE).identity());
    }

    @ParameterizedTest
    @CsvSource({"Demo", "Trees", "api.acme"})
    void theAccountIsAnotherWhenItsScopeIs(String part) {
        assertThat(account(PROFILE.replace(part, "other")).identity())
                .isNotEqualTo(account(PROFILE).identity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"items\":[]}", "[{\"hasMyVoters\":true}]"})
    void anAccountThatNamesNoScopeIsRefused(String body) {
        assertThatThrownBy(() -> account(body))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction answered GET /apiKeyProfiles with JSON that holds no profile of the key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"Contacts\",\"ActivistCodes\"]", "{\"items\":[\"Contacts\",\"ActivistCodes\"]}"})
    void theResourcesAreThoseOfTheKey(String body) {
        var conversation = EveryActionConversation.of(body);
        assertThat(conversation.hold(source().resources())).containsExactly("Contacts", "ActivistCodes");
        assertThat(conversation.lines()).containsExactly("GET /changedEntityExportJobs/resources");
    }

    @Test
    void aDescriptionHoldsFieldsChangeTypesAndCustomFields() {
        var conversation = EveryActionConversation.of(
                fields("VanID:N*", "Prefix:T"),
                "[{\"changeTypeID\":1,\"changeTypeName\":\"CreatedOrUpdated\",\"Description\":\"\"},"
                        + "{\"ChangeTypeID\":\"4\",\"CHANGETYPENAME\":\"Deleted\"},{\"Description\":\"no id\"}]",
                "[{\"customFieldId\":311,\"customFieldName\":\"Shirt size\",\"isEditable\":\"True\"},"
                        + "{\"customFieldId\":312},{}]");
        assertThat(conversation.hold(source().describe("Contacts")))
                .isEqualTo(new ResourceDescription(
                        "Contacts",
                        List.of("VanID"),
                        List.of(
                                new Field("VanID", FieldType.INTEGER, true),
                                new Field("Prefix", FieldType.TEXT, false)),
                        List.of("1 CreatedOrUpdated", "4 Deleted"),
                        List.of(new CustomField("311", "Shirt size", true), new CustomField("312", "", false)),
                        Optional.of(new Asking("requested-fields", false, "requested-custom-field-ids"))));
        assertThat(conversation.lines())
                .containsExactly(
                        "GET /changedEntityExportJobs/fields/Contacts",
                        "GET /changedEntityExportJobs/changeTypes/Contacts",
                        "GET /customFields");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void aDescriptionDoesWithoutCustomFieldsThatTheKeyMayNotList(int status) {
        var conversation = EveryActionConversation.of(fields("VanID:N*"), "[]").then(status, "{}");
        assertThat(conversation.hold(source().describe("Contacts")).custom()).isEmpty();
    }

    @Test
    void customFieldsThatCannotBeListedNowAreAskedForAgain() {
        var conversation = EveryActionConversation.of(fields("VanID:N*"), "[]").then(503, "");
        assertThatThrownBy(() -> conversation.hold(source().describe("Contacts")))
                .isInstanceOf(RetryLater.class);
    }

    @Test
    void aResourceWithoutCustomFieldsIsNotAskedForThem() {
        var conversation = EveryActionConversation.of(fields("ContactsOnlineFormID:N*", "VanID:N*"), "[]");
        var description = conversation.hold(source().describe("ContactsOnlineForms"));
        assertThat(description.key()).containsExactly("ContactsOnlineFormID");
        assertThat(conversation.calls).hasSize(2);
    }

    @Test
    void aKeyThatCannotBeFoundIsLeftOpen() {
        var conversation = EveryActionConversation.of(fields("ContactsContactID:N*", "VanID:N*"), "[]");
        assertThat(conversation.hold(source().describe("ContactHistory")).key()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aResourceWithoutChangeTypesHasNone(int status) {
        var conversation =
                EveryActionConversation.of(fields("ActivistCodeID:N*")).then(status, "{}");
        assertThat(conversation.hold(source().describe("ActivistCodes")).changeTypes())
                .isEmpty();
    }

    @Test
    void changeTypesThatTheKeyMayNotSeeStopTheDescription() {
        var conversation =
                EveryActionConversation.of(fields("ActivistCodeID:N*")).then(403, "{}");
        assertThatThrownBy(() -> conversation.hold(source().describe("ActivistCodes")))
                .isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "{\"items\":[]}"})
    void aResourceWithoutFieldsIsRefused(String body) {
        assertThatThrownBy(() -> EveryActionConversation.of(body).hold(source().describe("Contacts")))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction answered GET /changedEntityExportJobs/fields/Contacts with JSON that holds no"
                        + " field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../people", "Contacts?x=1", "a b", ""})
    void aNameThatWouldChangeTheAddressIsRefused(String resource) {
        assertThatThrownBy(() -> source().describe(resource))
                .isInstanceOf(Refused.class)
                .hasMessage("\"" + resource + "\" cannot be asked for: EveryAction's resources and job ids are letters"
                        + " and digits only");
    }

    @ParameterizedTest
    @CsvSource({
        "Active, B, BOOLEAN",
        "Active, b, BOOLEAN",
        "City, T, TEXT",
        "Score, N, NUMBER",
        "FormID, N, INTEGER",
        "FormId, N, INTEGER",
        "Paid, N, NUMBER",
        "OuterID, T, TEXT",
        "Amount, M, MONEY",
        "DateReceived, D, TIMESTAMP",
        "DateOfBirth, D, DATE",
        "dateofbirth, D, DATE",
        "Thing, X, TEXT",
        "Thing, '', TEXT"
    })
    void aFieldHasTheTypeOfItsLetter(String name, String letter, FieldType type) {
        var conversation = EveryActionConversation.of(fields(name + ":" + letter), "[]");
        assertThat(conversation.hold(source().describe("ActivistCodes")).fields())
                .containsExactly(new Field(name, type, false));
    }

    private static Account account(String body) {
        return EveryActionConversation.of(body).hold(source().account());
    }
}
