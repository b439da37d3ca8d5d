package io.tidemark.sandbox.rebilly;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A resource that can be exported.
 *
 * @param prefix of the ids that the vendor gives out
 * @param timeField what a date range means where it names no field
 * @param fields the paths of everything that an export can have, custom fields left out
 */
record Resource(String name, String prefix, Set<String> formats, String timeField, List<String> fields) {
    static final String CUSTOM = "customFields/";

    private static final Set<String> ALL = Set.of("csv", "json", "json-api", "xml", "detailed-csv");
    private static final Set<String> WITH_PDF = Set.of("csv", "json", "json-api", "xml", "detailed-csv", "pdf");
    private static final Set<String> FOUR = Set.of("csv", "json", "json-api", "xml");
    private static final Set<String> TWO = Set.of("csv", "json");

    static final Resource CUSTOMERS = of(
            "customers",
            "cus_",
            ALL,
            "createdTime",
            "email firstName lastName websiteId preferredPayoutInstrumentId locale personId notificationEmails taxNumbers"
                    + " tags paymentCount lastPaymentTime invoiceCount hasFulfilledKyc organizationId"
                    + " lifetimeRevenue/amount lifetimeRevenue/currency averageValue/amount averageValue/currency"
                    + " defaultPaymentInstrument/method primaryAddress/firstName primaryAddress/lastName"
                    + " primaryAddress/organization primaryAddress/jobTitle primaryAddress/address"
                    + " primaryAddress/address2 primaryAddress/city primaryAddress/region primaryAddress/country"
                    + " primaryAddress/postalCode primaryAddress/dob primaryAddress/emails primaryAddress/phoneNumbers"
                    + " primaryAddress/hash revision");

    private static final List<Resource> RESOURCES = List.of(
            CUSTOMERS,
            of(
                    "transactions",
                    "txn_",
                    ALL,
                    "processedTime",
                    "customerId websiteId status result type amount currency processedTime scheduledTime isRebill"
                            + " revision"),
            of(
                    "invoices",
                    "in_",
                    WITH_PDF,
                    "issuedTime",
                    "customerId websiteId invoiceNumber status amount amountDue currency issuedTime dueTime revision"),
            of(
                    "invoiceItems",
                    "ii_",
                    ALL,
                    "issuedTime",
                    "description productId planId quantity unitPrice price issuedTime"),
            of(
                    "subscriptions",
                    "sub_",
                    ALL,
                    "createdTime",
                    "customerId websiteId status orderType currency autopay mrr startTime renewalTime revision"),
            of("amlChecks", "aml_", ALL, "createdTime", "status source reviewTime"),
            of("disputes", "dsp_", FOUR, "createdTime", "customerId transactionId status amount currency revision"),
            of("journalRecords", "jr_", FOUR, "createdTime", "customerId invoiceId type recognizedAmount"),
            of("payoutRequests", "pr_", FOUR, "createdTime", "customerId status amount currency blocked"),
            of("payoutRequestAllocations", "pra_", FOUR, "createdTime", "payoutRequestId status amount currency"),
            of("users", "usr_", TWO, "createdTime", "email firstName lastName status loginTime"));

    static List<Resource> all() {
        return RESOURCES;
    }

    static Resource named(String name) {
        return RESOURCES.stream()
                .filter(resource -> resource.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no resource " + name));
    }

    static boolean exists(String name) {
        return RESOURCES.stream().anyMatch(resource -> resource.name.equals(name));
    }

    /** Every resource but these counts its modifications. */
    boolean counts() {
        return fields.contains("revision");
    }

    /** What an export has when it is not told which fields. */
    List<String> defaultFields() {
        return fields.stream()
                .filter(field -> !field.contains("/") && !field.equals("revision"))
                .limit(6)
                .toList();
    }

    private static Resource of(String name, String prefix, Set<String> formats, String timeField, String fields) {
        List<String> all = new ArrayList<>(List.of("id", "createdTime", "updatedTime"));
        all.addAll(List.of(fields.split(" ", -1)));
        return new Resource(name, prefix, formats, timeField, List.copyOf(all));
    }
}
