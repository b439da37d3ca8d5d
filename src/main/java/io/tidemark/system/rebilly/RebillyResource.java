package io.tidemark.system.rebilly;

import io.tidemark.system.ApiException;
import io.tidemark.system.answer.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The resources that can be exported and their documented fields. No call lists them; a stream may name others, which are
 * read as text.
 *
 * @param customFields whether the organisation can define fields of its own for it
 * @see <a href="https://www.rebilly.com/catalog/all/data-exports">Data exports</a>
 */
record RebillyResource(String name, boolean customFields, List<RebillyField> fields) {

    static final String KEY = "id";
    static final String CHANGED = "updatedTime";
    static final String REVISION = "revision";
    static final String CUSTOMERS = "customers";

    /** Taken on writing and never shown. */
    static final Set<String> WRITE_ONLY = Set.of("paymentToken", "defaultPaymentInstrumentId", "leadSource");

    private static final List<RebillyResource> ALL = List.of(
            of(CUSTOMERS, true, true, """
                    email:T* primaryAddress/firstName:T* primaryAddress/lastName:T* primaryAddress/organization:T*
                    primaryAddress/jobTitle:T* primaryAddress/address:T* primaryAddress/address2:T*
                    primaryAddress/city:T* primaryAddress/region:T* primaryAddress/country:T*
                    primaryAddress/postalCode:T* primaryAddress/dob:D* primaryAddress/emails:T
                    primaryAddress/phoneNumbers:T primaryAddress/hash:T locale:T* websiteId:T* personId:T*
                    preferredPayoutInstrumentId:T* notificationEmails:T taxNumbers:T tags:T firstName:T lastName:T
                    paymentCount:I* lastPaymentTime:S* invoiceCount:I* hasFulfilledKyc:B* organizationId:T
                    lifetimeRevenue/amount:N* lifetimeRevenue/currency:T* lifetimeRevenue/amountUsd:N
                    averageValue/amount:N averageValue/currency:T averageValue/amountUsd:N
                    defaultPaymentInstrument/method:T defaultPaymentInstrument/paymentInstrumentId:T
                    """),
            of("transactions", true, true, """
                    customerId:T* websiteId:T* status:T* result:T* type:T* amount:N* currency:T* method:T
                    purchaseAmount:N purchaseCurrency:T requestAmount:N requestCurrency:T processedTime:S*
                    scheduledTime:S settlementTime:S disputeTime:S disputeStatus:T discrepancyTime:S description:T
                    gatewayAccountId:T gatewayName:T gatewayTransactionId:T acquirerName:T orderId:T requestId:T
                    parentTransactionId:T payoutRequestId:T invoiceIds:T planIds:T subscriptionIds:T isRebill:B
                    rebillNumber:I isRetry:B retryNumber:I isDisputed:B isReconciled:B isMerchantInitiated:B
                    isProcessedOutside:B hasDcc:B has3ds:B riskScore:I velocity:I bin:T
                    """),
            of("subscriptions", true, true, """
                    customerId:T* websiteId:T* status:T* billingStatus:T orderType:T* currency:T* autopay:B mrr:N
                    inTrial:B isTrialOnly:B startTime:S* activationTime:S renewalTime:S* currentPeriodStart:S
                    currentPeriodEnd:S canceledTime:S canceledBy:T cancelCategory:T cancelDescription:T churnTime:S
                    abandonTime:S voidTime:S trialConversionTime:S initialInvoiceId:T recentInvoiceId:T
                    paymentInstrumentId:T couponIds:T poNumber:T rebillNumber:I notes:T trial/endTime:S
                    """),
            of("invoices", false, true, """
                    customerId:T* websiteId:T* invoiceNumber:I* status:T* type:T amount:N* amountDue:N* currency:T*
                    discountAmount:N subtotalAmount:N issuedTime:S* dueTime:S* paidTime:S voidedTime:S
                    abandonedTime:S delinquencyTime:S autopayScheduledTime:S autopayRetryNumber:I collectionPeriod:I
                    orderId:T subscriptionId:T quoteId:T poNumber:T notes:T isNewOrder:B
                    """),
            of("invoiceItems", false, false, """
                    description:T* type:T productId:T* planId:T* quantity:I* unitPrice:N* price:N* subscriptionId:T
                    periodStartTime:S periodEndTime:S periodNumber:I issuedTime:S
                    """),
            of("amlChecks", false, false, """
                    status:T* source:T* priority:T websiteId:T customer/id:T reviewStartTime:S reviewTime:S* reviewerId:T
                    reviewerName:T reviewerType:T noMatchReason:T tags:T
                    """),
            of("disputes", false, true, """
                    customerId:T* transactionId:T* status:T* type:T amount:N* currency:T* category:T reasonCode:T
                    reasonDescription:T source:T caseId:T acquirerReferenceNumber:T postedTime:S deadlineTime:S
                    resolvedTime:S
                    """),
            of("journalRecords", false, false, """
                    customerId:T* invoiceId:T* invoiceItemId:T journalEntryId:T type:T* debitAccountId:T
                    creditAccountId:T recognizedAmount:N* estimatedAmount:N
                    """),
            of("payoutRequests", false, false, """
                    customerId:T* websiteId:T status:T* amount:N* availableAmount:N currency:T* description:T blocked:B*
                    blockReason:T batchId:T paymentInstrumentId:T mergedIntoPayoutRequestId:T splitFromPayoutRequestId:T
                    """),
            of("payoutRequestAllocations", false, false, """
                    payoutRequestId:T* status:T* amount:N* exposureAmount:N currency:T* gatewayAccountId:T gatewayName:T
                    paymentInstrumentId:T paymentMethod:T transactionId:T transactionStatus:T transactionResult:T
                    batchId:T
                    """),
            of(
                    "users",
                    false,
                    false,
                    "email:T* firstName:T* lastName:T* status:T* loginTime:S* country:T mobilePhone:T businessPhone:T"
                            + " reportingCurrency:T roleIds:T"));

    RebillyResource {
        fields = List.copyOf(fields);
    }

    private static RebillyResource of(String name, boolean customFields, boolean counted, String fields) {
        var all = new ArrayList<RebillyField>();
        all.add(RebillyField.parse(KEY + ":T*"));
        all.add(RebillyField.parse("createdTime:S*"));
        all.add(RebillyField.parse(CHANGED + ":S*"));
        if (counted) {
            all.add(RebillyField.parse(REVISION + ":I*"));
        }
        for (String field : fields.strip().split("\\s+", -1)) {
            all.add(RebillyField.parse(field));
        }
        return new RebillyResource(name, customFields, all);
    }

    static Set<String> names() {
        var names = new LinkedHashSet<String>();
        ALL.forEach(resource -> names.add(resource.name));
        return names;
    }

    static RebillyResource named(String name) {
        return ALL.stream()
                .filter(resource -> resource.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException.Refused("Rebilly exports no resource named \"" + Words.bounded(name)
                        + "\"; it exports " + String.join(", ", names())));
    }

    Optional<RebillyField> field(String field) {
        return fields.stream().filter(each -> each.name().equals(field)).findFirst();
    }

    List<String> usualFields() {
        return fields.stream()
                .filter(RebillyField::usual)
                .map(RebillyField::name)
                .toList();
    }

    /** What is always asked for: the key, the time of the last change and, where it is counted, the revision. */
    List<String> alwaysFields() {
        return List.of(KEY, CHANGED, REVISION).stream()
                .filter(name -> field(name).isPresent())
                .toList();
    }

    boolean isCustomers() {
        return name.equals(CUSTOMERS);
    }
}
