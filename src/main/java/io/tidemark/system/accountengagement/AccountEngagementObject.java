package io.tidemark.system.accountengagement;

import static io.tidemark.system.accountengagement.AccountEngagementProcedure.ACTIVITY;
import static io.tidemark.system.accountengagement.AccountEngagementProcedure.CREATED;
import static io.tidemark.system.accountengagement.AccountEngagementProcedure.PROSPECT_UPDATED;
import static io.tidemark.system.accountengagement.AccountEngagementProcedure.UPDATED;
import static java.util.Objects.requireNonNull;

import io.tidemark.system.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that can be exported, with the fields that the vendor's pages name. No call lists them, so that others may
 * be configured; the vendor says whether it has them.
 *
 * @param procedures the first is the usual one
 * @param fields in all versions together
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/prospect-v5.html">Prospect</a>
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/visitor-activity-v5.html">Visitor activity</a>
 */
record AccountEngagementObject(
        String vendorName, List<AccountEngagementProcedure> procedures, List<AccountEngagementField> fields) {

    static final AccountEngagementObject EXTERNAL_ACTIVITY = of("externalActivity", List.of(CREATED, ACTIVITY), """
            id whole usual
            extension text usual
            extensionSalesforceId text usual
            type text usual
            typeSalesforceId text usual
            prospectId whole usual
            value text usual
            activityDate time usual
            createdAt time usual
            createdById whole usual
            """);

    static final AccountEngagementObject VISITOR_ACTIVITY = of("visitorActivity", List.of(UPDATED, CREATED), """
            id whole usual
            prospectId whole usual
            visitorId whole usual
            type whole usual
            typeName text usual
            details text usual
            campaignId whole usual
            emailId whole usual
            emailTemplateId whole usual
            listEmailId whole usual
            formId whole usual
            formHandlerId whole usual
            landingPageId whole usual
            fileId whole usual
            customRedirectId whole older=
            opportunityId whole older=
            visitId whole older=
            visitorPageViewId whole
            createdAt time usual
            updatedAt time usual
            """);

    static final AccountEngagementObject LIST_MEMBERSHIP = of("listMembership", List.of(UPDATED, CREATED), """
            id whole usual
            listId whole usual
            prospectId whole usual
            optedOut flag usual
            isDeleted flag
            createdAt time usual
            updatedAt time usual
            createdById whole older=
            updatedById whole older=
            """);

    static final AccountEngagementObject PROSPECT = of("prospect", List.of(UPDATED, CREATED), """
            id whole usual
            campaignId whole usual writable
            salutation text usual writable
            firstName text usual writable
            lastName text usual writable
            email text usual writable
            company text usual writable
            jobTitle text usual writable
            department text writable
            phone text usual writable
            fax text writable
            website text writable
            addressOne text usual writable
            addressTwo text writable
            city text usual writable
            state text usual writable
            territory text writable
            zip text usual writable
            country text usual writable
            source text writable
            industry text writable
            annualRevenue text writable
            employees text writable
            yearsInBusiness text writable
            comments text writable
            notes text writable older=
            score whole usual
            grade text older=
            isDoNotEmail flag usual writable
            isDoNotCall flag writable
            optedOut flag usual writable
            isReviewed flag writable
            isStarred flag writable
            prospectAccountId whole
            lastActivityAt time
            recentInteraction text
            salesforceId text usual older=
            salesforceLeadId text usual older=crm_lead_fid
            salesforceContactId text usual older=crm_contact_fid
            salesforceOwnerId text older=crm_owner_fid
            salesforceAccountId text older=crm_account_fid
            salesforceLastSync time older=crm_last_sync
            salesforceUrl text older=crm_url
            isDeleted flag
            createdAt time usual
            updatedAt time usual
            createdById whole usual older=
            updatedById whole usual older=
            """);

    static final AccountEngagementObject PROSPECT_ACCOUNT =
            of("prospectAccount", List.of(UPDATED, PROSPECT_UPDATED), """
            id whole usual
            name text usual
            salesforceId text older=
            isDeleted flag
            annualRevenue text older=
            billingAddressOne text older=
            billingAddressTwo text older=
            billingCity text older=
            billingState text older=
            billingZip text older=
            billingCountry text older=
            phone text older=
            website text older=
            assignedToId whole older=
            createdAt time usual
            updatedAt time usual
            createdById whole older=
            updatedById whole older=
            """);

    static final AccountEngagementObject VISITOR = of("visitor", List.of(UPDATED, PROSPECT_UPDATED), """
            id whole usual
            prospectId whole usual
            pageViewCount whole usual
            ipAddress text usual
            hostname text usual
            campaignParameter text usual
            mediumParameter text usual
            sourceParameter text usual
            contentParameter text usual
            termParameter text usual
            isIdentified flag older=
            doNotSell flag older=
            createdAt time usual
            updatedAt time usual
            """);

    static final String KEY = "id";
    static final String DELETED = "isDeleted";
    private static final String UPDATED_AT = "updatedAt";
    private static final String CREATED_AT = "createdAt";

    static final List<AccountEngagementObject> ALL =
            List.of(EXTERNAL_ACTIVITY, VISITOR_ACTIVITY, LIST_MEMBERSHIP, PROSPECT, PROSPECT_ACCOUNT, VISITOR);

    AccountEngagementObject {
        requireNonNull(vendorName, "vendorName is null");
        procedures = List.copyOf(procedures);
        fields = List.copyOf(fields);
    }

    private static AccountEngagementObject of(
            String vendorName, List<AccountEngagementProcedure> procedures, String fields) {
        return new AccountEngagementObject(
                vendorName,
                procedures,
                fields.lines().map(line -> field(List.of(line.split(" ", -1)))).toList());
    }

    private static AccountEngagementField field(List<String> words) {
        String name = words.get(0);
        String older = words.stream()
                .filter(word -> word.startsWith("older="))
                .map(word -> word.substring("older=".length()))
                .findFirst()
                .orElseGet(() -> AccountEngagementField.snake(name));
        return new AccountEngagementField(
                name, older, type(words.get(1)), words.contains("usual"), words.contains("writable"));
    }

    private static FieldType type(String word) {
        return switch (word) {
            case "whole" -> FieldType.INTEGER;
            case "flag" -> FieldType.BOOLEAN;
            case "time" -> FieldType.TIMESTAMP;
            default -> FieldType.TEXT;
        };
    }

    static Set<String> names() {
        var names = new LinkedHashSet<String>();
        ALL.forEach(object -> names.add(object.vendorName));
        return names;
    }

    static Optional<AccountEngagementObject> called(String name) {
        return ALL.stream().filter(object -> object.vendorName.equals(name)).findFirst();
    }

    List<AccountEngagementField> fields(int version) {
        return fields.stream().filter(field -> !field.nameIn(version).isEmpty()).toList();
    }

    /** A field by its name in a version. */
    Optional<AccountEngagementField> field(String name, int version) {
        return fields(version).stream()
                .filter(field -> field.nameIn(version).equals(name))
                .findFirst();
    }

    private Optional<AccountEngagementField> known(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** What says that a record lies in the recycle bin, where the object shows it. */
    Optional<AccountEngagementField> deletedFlag() {
        return known(DELETED);
    }

    /** When the record changed; of what never changes, when it was made. */
    AccountEngagementField changeTime() {
        return known(UPDATED_AT).or(() -> known(CREATED_AT)).orElseThrow();
    }

    /** What the bridge itself needs of each record. */
    List<AccountEngagementField> needed() {
        var needed = new ArrayList<AccountEngagementField>();
        known(KEY).ifPresent(needed::add);
        needed.add(changeTime());
        return needed;
    }

    /** Whether its procedures can leave deleted records out or bring them. */
    boolean knowsDeleted() {
        return !equals(EXTERNAL_ACTIVITY) && !equals(VISITOR_ACTIVITY);
    }

    boolean isOfActivities() {
        return equals(VISITOR_ACTIVITY);
    }
}
