package io.tidemark.system.accountengagement;

import io.tidemark.system.Account;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Credentials;
import io.tidemark.system.DailyCalls;
import io.tidemark.system.Export;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Grant;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.ResourceDescription.Asking;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import io.tidemark.system.Writing;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One business unit. */
final class AccountEngagementSource implements Source {

    private final AccountEngagementSettings settings;
    private final Credentials credentials;

    AccountEngagementSource(AccountEngagementSettings settings, Grant grant) {
        this.settings = settings;
        this.credentials = new Credentials.Granted(grant);
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Optional<Duration> reach() {
        return Optional.empty();
    }

    /** Every call asks how many the vendor has counted: {@link AccountEngagementGrant#headers}. */
    @Override
    public Optional<DailyCalls> dailyCalls() {
        return settings.dailyCalls()
                .map(most -> new DailyCalls(most, settings.accountZone(), AccountEngagementAnswers::callsToday));
    }

    /**
     * The business unit is the account: its id comes from the configuration and goes with every call, so that no other
     * one answers. Its particulars are shown where the fields that are asked for exist.
     */
    @Override
    public Step<Account> account() {
        ApiRequest request = AccountEngagementCalls.account();
        String identity = "account-engagement:" + settings.unit();
        return Step.call(request, answer -> {
            boolean otherFields = AccountEngagementError.in(answer)
                    .filter(AccountEngagementError::isOfField)
                    .isPresent();
            return new Account(
                    identity, otherFields ? Map.of() : details(answers().read(request, answer, Sent.NOTHING)));
        });
    }

    private static Map<String, String> details(Json json) {
        var details = new LinkedHashMap<String, String>();
        json.text("company").map(Words::bounded).ifPresent(name -> details.put("company", name));
        json.text("level").map(Words::bounded).ifPresent(level -> details.put("edition", level));
        json.text("maximumDailyApiCalls")
                .map(Words::bounded)
                .ifPresent(most -> details.put(
                        "calls today",
                        json.text("apiCallsUsed").map(Words::bounded).orElse("?") + " of " + most));
        return details;
    }

    private AccountEngagementAnswers answers() {
        return new AccountEngagementAnswers(settings.accountZone(), "*");
    }

    /** No call lists what can be exported. */
    @Override
    public Step<List<String>> resources() {
        return Step.done(List.copyOf(AccountEngagementObject.names()));
    }

    @Override
    public Step<ResourceDescription> describe(String resource) {
        Optional<AccountEngagementObject> object = AccountEngagementObject.called(resource);
        Step<AccountEngagementCustomFields> custom =
                object.filter(AccountEngagementObject.PROSPECT::equals).isPresent()
                        ? AccountEngagementCustomFields.all(answers())
                        : Step.done(AccountEngagementCustomFields.NONE);
        return custom.map(known -> description(resource, object, known));
    }

    private ResourceDescription description(
            String resource, Optional<AccountEngagementObject> object, AccountEngagementCustomFields custom) {
        return new ResourceDescription(
                resource,
                List.of(AccountEngagementObject.KEY),
                object.map(known -> known.fields(settings.version())).orElse(List.of()).stream()
                        .map(field -> field.described(settings.version()))
                        .toList(),
                List.of(),
                custom.all().stream()
                        .map(field -> field.described(settings.version()))
                        .toList(),
                Optional.of(new Asking(AccountEngagementOptions.FIELDS, true, AccountEngagementOptions.CUSTOM_FIELDS)));
    }

    @Override
    public Export export(ExportSpec spec) {
        return new AccountEngagementExport(spec, settings);
    }

    /** Visitors, memberships and activities are facts that the vendor keeps; accounts of prospects are the CRM's. */
    @Override
    public Optional<Writing> writing(ExportSpec spec) {
        return spec.resource().equals(AccountEngagementObject.PROSPECT.vendorName())
                ? Optional.of(new AccountEngagementWriting(spec, settings))
                : Optional.empty();
    }
}
