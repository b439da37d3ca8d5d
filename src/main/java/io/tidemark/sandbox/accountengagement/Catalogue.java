package io.tidemark.sandbox.accountengagement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The objects that can be exported, with their fields. */
final class Catalogue {
    static final ObjectType PROSPECT = new ObjectType(
            "prospect",
            fields("""
                    id whole
                    campaignId whole writable
                    campaign.name text
                    salutation text writable
                    firstName text writable
                    lastName text writable
                    email text writable
                    company text writable
                    website text writable
                    jobTitle text writable
                    department text writable
                    country text writable
                    addressOne text writable
                    addressTwo text writable
                    city text writable
                    state text writable
                    territory text writable
                    zip text writable
                    phone text writable
                    fax text writable
                    source text writable
                    annualRevenue text writable
                    employees text writable
                    industry text writable
                    yearsInBusiness text writable
                    comments text writable
                    notes text writable older=
                    grade text older=
                    score whole writable
                    prospectAccountId whole writable
                    isDoNotEmail flag writable
                    isDoNotCall flag writable
                    optedOut flag writable
                    isReviewed flag writable
                    isStarred flag writable
                    lastActivityAt time
                    recentInteraction text
                    salesforceId text older=
                    salesforceLeadId text older=crm_lead_fid
                    salesforceContactId text older=crm_contact_fid
                    salesforceOwnerId text older=crm_owner_fid
                    salesforceAccountId text older=crm_account_fid
                    salesforceLastSync time older=crm_last_sync
                    createdAt time
                    updatedAt time
                    createdById whole older=
                    updatedById whole older=
                    isDeleted flag
                    """),
            List.of(Procedure.CREATED, Procedure.UPDATED),
            Set.of(Ability.VISITORS_VIEW),
            true);

    static final List<ObjectType> ALL = List.of(
            PROSPECT,
            new ObjectType(
                    "externalActivity",
                    fields("""
                            id whole
                            extension text
                            extensionSalesforceId text
                            type text
                            typeSalesforceId text
                            prospectId whole
                            value text
                            activityDate time
                            createdAt time
                            createdById whole
                            """),
                    List.of(Procedure.CREATED, Procedure.ACTIVITY),
                    Set.of(Ability.EXTERNAL_ACTIVITY_VIEW),
                    false),
            new ObjectType(
                    "visitorActivity",
                    fields("""
                            id whole
                            prospectId whole
                            visitorId whole
                            type whole
                            typeName text
                            details text
                            campaignId whole
                            emailId whole
                            emailTemplateId whole
                            listEmailId whole
                            formId whole
                            formHandlerId whole
                            landingPageId whole
                            fileId whole
                            customRedirectId whole older=
                            opportunityId whole older=
                            visitId whole older=
                            visitorPageViewId whole
                            createdAt time
                            updatedAt time
                            """),
                    List.of(Procedure.CREATED, Procedure.UPDATED),
                    Set.of(Ability.VISITORS_VIEW),
                    false),
            new ObjectType(
                    "listMembership",
                    fields("""
                            id whole
                            listId whole
                            prospectId whole
                            optedOut flag
                            isDeleted flag
                            createdAt time
                            updatedAt time
                            createdById whole
                            updatedById whole
                            """),
                    List.of(Procedure.CREATED, Procedure.UPDATED),
                    Set.of(Ability.LISTS_VIEW, Ability.VISITORS_VIEW),
                    true),
            new ObjectType(
                    "prospectAccount",
                    fields("""
                            id whole
                            name text
                            salesforceId text older=
                            annualRevenue text older=
                            billingCity text older=
                            billingState text older=
                            billingZip text older=
                            billingCountry text older=
                            phone text older=
                            website text older=
                            assignedToId whole older=
                            isDeleted flag
                            createdAt time
                            updatedAt time
                            """),
                    List.of(Procedure.PROSPECT_UPDATED, Procedure.UPDATED),
                    Set.of(Ability.PROSPECT_ACCOUNTS_VIEW),
                    true),
            new ObjectType(
                    "visitor",
                    fields("""
                            id whole
                            prospectId whole
                            pageViewCount whole
                            ipAddress text
                            hostname text
                            campaignParameter text
                            mediumParameter text
                            sourceParameter text
                            contentParameter text
                            termParameter text
                            isIdentified flag older=
                            doNotSell flag older=
                            createdAt time
                            updatedAt time
                            """),
                    List.of(Procedure.PROSPECT_UPDATED, Procedure.UPDATED),
                    Set.of(Ability.VISITORS_VIEW),
                    true));

    private Catalogue() {}

    static Optional<ObjectType> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /** For callers of the sandbox itself. */
    static ObjectType named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no object named " + name
                        + "; there are: "
                        + String.join(", ", ALL.stream().map(ObjectType::name).toList())));
    }

    private static List<Field> fields(String lines) {
        List<Field> fields = new ArrayList<>();
        lines.lines().map(line -> line.split(" ")).forEach(words -> fields.add(field(words)));
        return List.copyOf(fields);
    }

    private static Field field(String... words) {
        String older = Stream.of(words)
                .filter(word -> word.startsWith("older="))
                .map(word -> word.substring("older=".length()))
                .findFirst()
                .orElse(words[0].contains(".") ? "" : Field.snake(words[0]));
        return new Field(
                words[0],
                older,
                Field.Type.valueOf(words[1].toUpperCase(Locale.ROOT)),
                List.of(words).contains("writable"));
    }
}
