package io.tidemark.sandbox.everyaction;

import static io.tidemark.sandbox.everyaction.Field.core;
import static io.tidemark.sandbox.everyaction.Field.extra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every kind of record and every custom field there is. Where the vendor's names are not known they are plausible. */
final class Catalogue {
    private static final Map<Integer, String> SAVED_OR_REMOVED = Map.of(1, "CreatedOrUpdated", 2, "Deleted");

    static final ResourceType CONTACTS = new ResourceType(
            "Contacts",
            "VanID",
            List.of(
                    core("VanID", 'N'),
                    core("FirstName", 'T'),
                    core("MiddleName", 'T'),
                    core("LastName", 'T'),
                    core("Email", 'T'),
                    core("Phone", 'T'),
                    core("PhoneOptInStatus", 'T').oneOf("U", "I", "O"),
                    core("StreetAddress", 'T'),
                    core("City", 'T'),
                    core("State", 'T'),
                    core("ZipOrPostal", 'T'),
                    core("IsDeceased", 'B'),
                    core("ContactMode", 'N'),
                    core("ChangeTypeID", 'N'),
                    extra("Prefix", 'T'),
                    extra("Suffix", 'T'),
                    extra("DateOfBirth", 'D'),
                    extra("EmployerName", 'T'),
                    extra("OccupationName", 'T'),
                    extra("Notes", 'T'),
                    extra("DateCreated", 'D'),
                    extra("LastUpdatedOn", 'D')),
            Map.of(1, "CreatedOrUpdated", 2, "Suppressed", 3, "Merged"));

    static final ResourceType ACTIVIST_CODES = type(
            "ActivistCodes",
            "ActivistCodeID",
            core("ActivistCodeName", 'T'),
            core("ActivistCodeType", 'T').oneOf("Action", "Constituency", "Volunteer"),
            core("IsActive", 'B'),
            extra("Description", 'T'));
    static final ResourceType CONTACTS_ACTIVIST_CODES = type(
            "ContactsActivistCodes",
            "ContactsActivistCodeID",
            core("VanID", 'N'),
            core("ActivistCodeID", 'N'),
            core("DateCreated", 'D'),
            core("ChangeTypeID", 'N'));
    static final ResourceType CONTRIBUTIONS = type(
            "Contributions",
            "ContributionID",
            core("VanID", 'N'),
            core("Amount", 'M'),
            core("AmountRemaining", 'M'),
            core("DateReceived", 'D'),
            core("Designation", 'T'),
            core("SourceCode", 'T'),
            core("ChangeTypeID", 'N'),
            extra("PaymentType", 'T').oneOf("Cash", "Check", "CreditCard"),
            extra("Status", 'T').oneOf("Declined", "Pending", "Settled"));

    private static final Map<String, ResourceType> TYPES = List.of(
                    CONTACTS,
                    ACTIVIST_CODES,
                    CONTACTS_ACTIVIST_CODES,
                    CONTRIBUTIONS,
                    type(
                            "ContactHistory",
                            "ContactsContactID",
                            core("VanID", 'N'),
                            core("ContactTypeID", 'N'),
                            core("ResultID", 'N'),
                            core("DateCanvassed", 'D'),
                            core("ChangeTypeID", 'N')),
                    type(
                            "ContactsOnlineForms",
                            "ContactsOnlineFormID",
                            core("VanID", 'N'),
                            core("OnlineFormName", 'T'),
                            core("FirstName", 'T'),
                            core("LastName", 'T'),
                            core("StateOrProvince", 'T'),
                            core("DateCreated", 'D')),
                    type(
                            "ContactsSurveyResponses",
                            "ContactsSurveyResponseID",
                            core("VanID", 'N'),
                            core("SurveyQuestionID", 'N'),
                            core("SurveyResponseID", 'N'),
                            core("DateCanvassed", 'D'),
                            core("ChangeTypeID", 'N')),
                    type(
                            "ContributionAdjustments",
                            "ContributionAdjustmentID",
                            core("ContributionID", 'N'),
                            core("AdjustmentType", 'T').oneOf("Refund", "Correction"),
                            core("Amount", 'M'),
                            core("DateAdjusted", 'D')),
                    type(
                            "EventTicketTransactionsGuests",
                            "EventTicketTransactionsGuestID",
                            core("VanID", 'N'),
                            core("EventID", 'N'),
                            core("TicketLevelName", 'T'),
                            core("DateCreated", 'D')),
                    type(
                            "RecurringContributions",
                            "RecurringContributionID",
                            core("VanID", 'N'),
                            core("Amount", 'M'),
                            core("Frequency", 'T').oneOf("Monthly", "Yearly"),
                            core("StartDate", 'D'),
                            core("IsCancelled", 'B')))
            .stream()
            .collect(Collectors.toMap(ResourceType::name, Function.identity(), (one, other) -> one, TreeMap::new));

    static final List<CustomField> CUSTOM_FIELDS = List.of(
            new CustomField(311, "Favourite colour", 42, "Preferences", true, List.of("Teal", "Amber", "Plum")),
            new CustomField(312, "Shirt size", 42, "Preferences", true, List.of()),
            new CustomField(313, "Score", 43, "Models", false, List.of()));

    private Catalogue() {}

    static List<ResourceType> all() {
        return List.copyOf(TYPES.values());
    }

    static Optional<ResourceType> find(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    /** For the sandbox's own programmatic interface. */
    static ResourceType named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no resource type " + name + "; there are: " + String.join(", ", TYPES.keySet())));
    }

    static Optional<CustomField> customField(long id) {
        return CUSTOM_FIELDS.stream().filter(field -> field.id() == id).findFirst();
    }

    private static ResourceType type(String name, String key, Field... more) {
        List<Field> fields = new ArrayList<>(List.of(core(key, 'N')));
        fields.addAll(List.of(more));
        return new ResourceType(name, key, List.copyOf(fields), SAVED_OR_REMOVED);
    }
}
