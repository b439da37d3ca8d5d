package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.fields;
import static io.tidemark.system.everyaction.EveryActionConversation.source;
import static io.tidemark.system.everyaction.EveryActionConversation.spec;
import static io.tidemark.system.everyaction.EveryActionConversation.withDeleted;
import static io.tidemark.system.everyaction.EveryActionConversation.withKey;
import static io.tidemark.system.everyaction.EveryActionConversation.withRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryActionShapeTest {

    private static final String CONTACTS =
            fields("VanID:N*", "FirstName:T*", "Prefix:T", "Suffix:T", "DateCreated:D", "LastUpdatedOn:D");
    private static final String NO_CHANGE_TYPES = "[]";
    private static final ExportSpec PLAIN = spec("Contacts", Map.of());

    @Test
    void aShapeIsAskedForInThreeCalls() {
        var conversation = EveryActionConversation.of("[\"Contacts\"]", CONTACTS, NO_CHANGE_TYPES);
        conversation.hold(source().export(PLAIN).shape());
        assertThat(conversation.lines())
                .containsExactly(
                        "GET /changedEntityExportJobs/resources",
                        "GET /changedEntityExportJobs/fields/Contacts",
                        "GET /changedEntityExportJobs/changeTypes/Contacts");
    }

    @Test
    void aShapeHoldsCoreFieldsTheRequestedOnesAndTheTimesOfCreationAndChange() {
        var requested = spec("Contacts", Map.of("requested-fields", "prefix , "));
        assertThat(shape(requested, CONTACTS, NO_CHANGE_TYPES))
                .isEqualTo(new Shape(
                        List.of("VanID"),
                        List.of(
                                new Field("VanID", FieldType.INTEGER, true),
                                new Field("FirstName", FieldType.TEXT, true),
                                new Field("Prefix", FieldType.TEXT, false),
                                new Field("DateCreated", FieldType.TIMESTAMP, false),
                                new Field("LastUpdatedOn", FieldType.TIMESTAMP, false)),
                        Optional.of("LastUpdatedOn"),
                        List.of(),
                        false,
                        Optional.of("ErrorMessage"),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource({"'[]', nothing", "'[\"ActivistCodes\",\"Events\"]', 'ActivistCodes, Events'"})
    void aResourceThatTheKeyCannotExportIsRefused(String resources, String visible) {
        assertThatThrownBy(() -> EveryActionConversation.of(resources)
                        .hold(source().export(PLAIN).shape()))
                .isInstanceOf(Refused.class)
                .hasMessage("the key cannot export Contacts; it can export " + visible + ". Ask EveryAction to grant"
                        + " Contacts to the key, or change tidemark.streams.people.resource");
    }

    @Test
    void aRequestedFieldThatDoesNotExistIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> shape(spec("Contacts", Map.of("requested-fields", "Prefx")), CONTACTS))
                .isInstanceOf(Refused.class)
                .hasMessage("Contacts has no field Prefx, which tidemark.streams.people.export.requested-fields names."
                        + " The nearest are Prefix, Suffix, VanID");
    }

    @Test
    void aConfiguredKeyComesFirstAndMayBeSeveralFields() {
        var shape = shape(withKey(PLAIN, "prefix", "VANID"), CONTACTS, NO_CHANGE_TYPES);
        assertThat(shape.key()).containsExactly("Prefix", "VanID");
        assertThat(shape.fields()).contains(new Field("Prefix", FieldType.TEXT, false));
    }

    @Test
    void aKeyFieldOfNumbersIsWholeWhateverItsName() {
        var shape = shape(withKey(PLAIN, "Number"), fields("Number:N*", "Other:N*"), NO_CHANGE_TYPES);
        assertThat(shape.fields())
                .containsExactly(
                        new Field("Number", FieldType.INTEGER, true), new Field("Other", FieldType.NUMBER, true));
    }

    @Test
    void aConfiguredKeyThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> shape(withKey(PLAIN, "VnID"), CONTACTS))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "Contacts has no field VnID, which tidemark.streams.people.key names. The nearest are VanID,"
                                + " Prefix, Suffix");
    }

    @Test
    void aDocumentedKeyThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> shape(PLAIN, fields("ContactID:N*")))
                .isInstanceOf(Refused.class)
                .hasMessage("Contacts has no field VanID, which is its key; set tidemark.streams.people.key if another"
                        + " field is. The nearest are ContactID");
    }

    @Test
    void aKeyIsFoundByItsNameAndAPersonIsAskedToConfirmIt() {
        var shape = shape(
                spec("ContactsActivistCodes", Map.of()),
                fields("VanID:N*", "ContactsActivistCodeID:N*", "DateModified:D*"),
                NO_CHANGE_TYPES);
        assertThat(shape.key()).containsExactly("ContactsActivistCodeID");
        assertThat(shape.notes())
                .containsExactly("the key ContactsActivistCodeID was found by its name; set tidemark.streams.people.key"
                        + " to confirm it");
    }

    @ParameterizedTest
    @CsvSource({
        "'VanID:N*|ContactsContactID:N*|DateCanvassed:D*', 'VanID, ContactsContactID'",
        "'FirstName:T*|City:T*', 'FirstName, City'"
    })
    void aResourceWithoutAKeyIsRefusedWithCandidates(String described, String candidates) {
        assertThatThrownBy(() -> shape(spec("ContactHistory", Map.of()), fields(described.split("\\|"))))
                .isInstanceOf(Refused.class)
                .hasMessage("the key of ContactHistory is not documented and no field is called ContactHistoryID. Set"
                        + " tidemark.streams.people.key to the field or fields that tell its records apart. Candidates: "
                        + candidates);
    }

    @ParameterizedTest
    @CsvSource({
        "'DateModified:D*|LastUpdatedOn:D', LastUpdatedOn",
        "'DateUpdated:D|DateModified:D', DateModified",
        "'DateUpdated:D', DateUpdated",
        "'lastupdatedon:D', lastupdatedon"
    })
    void theTimeOfTheLastChangeIsTheFirstKnownNameThatExists(String described, String changeTime) {
        var shape = shape(PLAIN, fields(("VanID:N*|" + described).split("\\|")), NO_CHANGE_TYPES);
        assertThat(shape.changeTime()).contains(changeTime);
        assertThat(shape.fields()).extracting(Field::name).contains(changeTime);
        assertThat(shape.notes()).isEmpty();
    }

    @Test
    void aResourceWithoutATimeOfChangeSaysSo() {
        var shape = shape(PLAIN, fields("VanID:N*", "DateCreated:D"), NO_CHANGE_TYPES);
        assertThat(shape.changeTime()).isEmpty();
        assertThat(shape.notes())
                .containsExactly(
                        "Contacts has no known field for the time of a change; newest-wins has no time to compare");
    }

    @Test
    void changeTypesThatEndARecordDeleteIt() {
        var shape = shape(
                PLAIN,
                CONTACTS,
                "[{\"changeTypeID\":1,\"changeTypeName\":\"CreatedOrUpdated\"},"
                        + "{\"changeTypeID\":4,\"changeTypeName\":\"Deleted\"},"
                        + "{\"ChangeTypeID\":\"5\",\"ChangeTypeName\":\"mergedInto\"}]");
        assertThat(shape.deletions()).containsExactly(new DeletionRule("ChangeTypeID", Set.of("4", "5")));
        assertThat(shape.notes())
                .containsExactly("a record counts as deleted after the change types 4 Deleted, 5 mergedInto; set"
                        + " tidemark.streams.people.deleted.field and tidemark.streams.people.deleted.values for another"
                        + " rule");
    }

    @ParameterizedTest
    @CsvSource({
        "Deleted, true",
        "ContactDELETED, true",
        "Suppressed, true",
        "ArchivedByUser, true",
        "MergedInto, true",
        "DuplicateMerged, true",
        "CreatedOrUpdated, false",
        "Undeleted, false",
        "Unsuppressed, false",
        "UnArchived, false",
        "EmergencyContactUpdated, false",
        "'', false"
    })
    void aChangeTypeEndsARecordByItsName(String name, boolean ends) {
        assertThat(new EveryActionChangeType("9", name).endsRecord()).isEqualTo(ends);
    }

    @Test
    void changeTypesOfWhichNoneEndsARecordMakeNoRule() {
        assertThat(shape(PLAIN, CONTACTS, "[{\"changeTypeID\":1,\"changeTypeName\":\"CreatedOrUpdated\"}]")
                        .deletions())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DateSuppressed",
                "DateArchived",
                "DateDeleted",
                "DateInactive",
                "InactiveDate",
                "SuppressedOn",
                "deletedon",
                "DateMerged"
            })
    void aDateOfDeletionDeletesARecordByBeingThere(String name) {
        assertThat(shape(PLAIN, fields("VanID:N*", name + ":D*"), NO_CHANGE_TYPES)
                        .deletions())
                .containsExactly(new DeletionRule(name, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IsDeleted", "Suppressed", "Inactive", "IsArchived"})
    void aFlagOfDeletionDeletesARecordOnlyWhenItIsSet(String name) {
        List<DeletionRule> rules =
                shape(PLAIN, fields("VanID:N*", name + ":B*"), NO_CHANGE_TYPES).deletions();
        assertThat(rules).extracting(DeletionRule::field).containsExactly(name);
        assertThat(rules.get(0).deletes("True")).isTrue();
        assertThat(rules.get(0).deletes("1")).isTrue();
        assertThat(rules.get(0).deletes("False")).isFalse();
        assertThat(rules.get(0).deletes("0")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DateCreated:D",
                "DateOfBirth:D",
                "IsActive:B",
                "DateDeleted:T",
                "Deleted:T",
                "MergeTag:T",
                "EmailSuppressedCount:N"
            })
    void otherFieldsDeleteNothing(String field) {
        assertThat(shape(PLAIN, fields("VanID:N*", field + "*"), NO_CHANGE_TYPES)
                        .deletions())
                .isEmpty();
    }

    @Test
    void fieldsThatTellADeletionAreHeldWhereDeletedRecordsAreWanted() {
        String described = fields("VanID:N*", "LastUpdatedOn:D*", "ChangeTypeID:N", "DateSuppressed:D", "Deleted:B");
        assertThat(shape(PLAIN, described, NO_CHANGE_TYPES).deletions()).isEmpty();
        var shape = shape(withDeleted(PLAIN), described, NO_CHANGE_TYPES);
        assertThat(shape.fields())
                .extracting(Field::name)
                .containsExactly("VanID", "LastUpdatedOn", "ChangeTypeID", "DateSuppressed", "Deleted");
        assertThat(shape.deletions()).extracting(DeletionRule::field).containsExactly("DateSuppressed", "Deleted");
        assertThat(shape.notes()).isEmpty();
    }

    @Test
    void aConfiguredRuleReplacesAllOthersAndItsFieldIsHeld() {
        var rule = new DeletionRule("suffix", Set.of("gone"));
        var shape = shape(
                withRule(withDeleted(PLAIN), rule),
                fields("VanID:N*", "LastUpdatedOn:D*", "Suffix:T", "DateDeleted:D*"),
                "[{\"changeTypeID\":4,\"changeTypeName\":\"Deleted\"}]");
        assertThat(shape.deletions()).containsExactly(rule);
        assertThat(shape.fields()).extracting(Field::name).contains("Suffix");
        assertThat(shape.notes()).isEmpty();
    }

    @Test
    void aConfiguredRuleOnAFieldThatNobodyDescribesIsNoted() {
        assertThat(shape(withRule(PLAIN, new DeletionRule("CF311", Set.of())), CONTACTS, NO_CHANGE_TYPES)
                        .notes())
                .containsExactly("the field CF311 of tidemark.streams.people.deleted.field is not described by"
                        + " EveryAction; without it in the export no record counts as deleted");
    }

    @Test
    void deletedRecordsThatNothingTellsAreNoted() {
        assertThat(shape(withDeleted(PLAIN), CONTACTS, NO_CHANGE_TYPES).notes())
                .containsExactly("nothing that EveryAction describes tells a deleted record; set"
                        + " tidemark.streams.people.deleted.field and tidemark.streams.people.deleted.values");
    }

    @Test
    void deletedRecordsThatAreKeptAwayAreNoted() {
        var spec = withDeleted(spec("Contacts", Map.of("include-inactive", "false")));
        assertThat(shape(spec, fields("VanID:N*", "LastUpdatedOn:D*", "DateDeleted:D*"), NO_CHANGE_TYPES)
                        .notes())
                .containsExactly("include-inactive is false, so deleted records stay away and deletions are not seen");
    }

    @Test
    void anActivistCodeFilterElsewhereIsIgnoredByTheVendorAndNoted() {
        Map<String, String> filter = Map.of("requested-activist-code-ids", "7001");
        assertThat(shape(spec("Contacts", filter), CONTACTS, NO_CHANGE_TYPES).notes())
                .containsExactly("EveryAction ignores requested-activist-code-ids for Contacts; it filters"
                        + " ContactsActivistCodes only");
        var suited = withKey(spec("ContactsActivistCodes", filter), "VanID");
        assertThat(shape(suited, CONTACTS, NO_CHANGE_TYPES).notes()).isEmpty();
    }

    @Test
    void customFieldsElsewhereAreRefused() {
        assertThatThrownBy(() -> shape(spec("ActivistCodes", Map.of("requested-custom-field-ids", "311"))))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "tidemark.streams.people.export.requested-custom-field-ids is for Contacts and Contributions;"
                                + " ActivistCodes has no custom fields. Take the key out");
    }

    @ParameterizedTest
    @CsvSource({
        "Contacts, 311, ''",
        "Contributions, '311,312,313', ', the key does not list the custom fields 312, 313'"
    })
    void customFieldsAreNotedAndHaveNoField(String resource, String ids, String unlisted) {
        String described = fields("VanID:N*", "ContributionID:N*", "LastUpdatedOn:D*");
        var shape = shape(
                spec(resource, Map.of("requested-custom-field-ids", ids)),
                described,
                NO_CHANGE_TYPES,
                "[{\"customFieldId\":311,\"customFieldName\":\"Shirt size\"}]");
        assertThat(shape.fields()).hasSize(3);
        assertThat(String.join(", ", shape.notes()))
                .isEqualTo("how custom fields are headed in an export is not documented; their columns are read as text"
                        + unlisted);
    }

    private static Shape shape(ExportSpec spec, String... answers) {
        String[] all = new String[answers.length + 1];
        all[0] = "[\"" + spec.resource() + "\"]";
        System.arraycopy(answers, 0, all, 1, answers.length);
        return EveryActionConversation.of(all).hold(source().export(spec).shape());
    }
}
