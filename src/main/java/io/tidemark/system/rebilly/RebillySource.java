package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Account;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Credentials;
import io.tidemark.system.Export;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.ResourceDescription.Asking;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import io.tidemark.system.Writing;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One secret key of one organisation. */
final class RebillySource implements Source {

    private final Credentials credentials;
    private final String organization;
    private final RebillyCalls calls;

    RebillySource(String apiKey, String organization, RebillyCalls calls) {
        this.credentials = new Credentials.Key("REB-APIKEY", apiKey);
        this.organization = requireNonNull(organization, "organization is null");
        this.calls = requireNonNull(calls, "calls is null");
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Optional<Duration> reach() {
        return Optional.empty();
    }

    /**
     * The configured organisation. The vendor checks it where it is part of the path, and a customer shows it where the
     * key may see one.
     */
    @Override
    public Step<Account> account() {
        return exportsAreThere().flatMap(there -> {
            ApiRequest call = calls.oneCustomer();
            return Step.call(call, answer -> account(call, answer));
        });
    }

    private Account account(ApiRequest call, ApiAnswer answer) {
        if (answer.successful()) {
            List<Json> customers =
                    RebillyAnswers.read(call, answer, Sent.NOTHING).elements();
            customers.stream()
                    .flatMap(customer -> customer.text("organizationId").stream())
                    .findFirst()
                    .filter(other -> !other.equals(organization))
                    .ifPresent(other -> {
                        throw new ApiException.Refused("api-key belongs to the organisation " + Words.bounded(other)
                                + ", not to " + organization + ". Correct " + RebillyOptions.ORGANIZATION_ID);
                    });
        }
        return new Account("organization " + organization, Map.of(RebillyOptions.ORGANIZATION_ID, organization));
    }

    private Step<Boolean> exportsAreThere() {
        ApiRequest call = calls.exportList(1, 0);
        return Step.call(call, answer -> {
            if (answer.status() == 404) {
                throw new ApiException.Refused("Rebilly has no data exports at " + calls.exports()
                        + RebillyAnswers.reason(answer, Sent.NOTHING) + ". Check " + RebillyOptions.PATH_PREFIX
                        + " and "
                        + RebillyOptions.ORGANIZATION_ID);
            }
            RebillyAnswers.check(call, answer, Sent.NOTHING);
            return true;
        });
    }

    /** No call tells which resources a key may export; these are the documented ones. */
    @Override
    public Step<List<String>> resources() {
        return exportsAreThere().map(there -> List.copyOf(RebillyResource.names()));
    }

    @Override
    public Step<ResourceDescription> describe(String resource) {
        RebillyResource described = RebillyResource.named(resource);
        return RebillyCustomFields.of(described, calls)
                .map(custom -> new ResourceDescription(
                        resource,
                        List.of(RebillyResource.KEY),
                        described.fields().stream()
                                .map(field -> new Field(field.name(), field.type(), true))
                                .toList(),
                        List.of(),
                        custom.described(described.isCustomers()),
                        Optional.of(new Asking(RebillyOptions.FIELDS, true, RebillyOptions.FIELDS))));
    }

    @Override
    public Export export(ExportSpec spec) {
        return new RebillyExport(spec, calls);
    }

    /** Only customers can be written, and only by their id. */
    @Override
    public Optional<Writing> writing(ExportSpec spec) {
        boolean byId = spec.key().isEmpty() || spec.key().equals(List.of(RebillyResource.KEY));
        return byId && spec.resource().equals(RebillyResource.CUSTOMERS)
                ? Optional.of(new RebillyCustomers(spec, calls))
                : Optional.empty();
    }
}
