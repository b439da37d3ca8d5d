package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Account;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Credentials;
import io.tidemark.system.Export;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import io.tidemark.system.Writing;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** One account list of MPDX. */
final class MpdxSource implements Source {

    static final List<String> RESOURCES = List.of(MpdxKind.CONTACTS.type(), MpdxKind.PEOPLE.type(), MpdxFiles.RESOURCE);

    private final Credentials credentials;
    private final MpdxCalls calls;

    MpdxSource(Credentials credentials, MpdxSettings settings) {
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.calls = new MpdxCalls(settings);
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Optional<Duration> reach() {
        return Optional.empty();
    }

    @Override
    public Step<Account> account() {
        return account(calls);
    }

    /** The account list, not the user: another user's token shows the same records. */
    static Step<Account> account(MpdxCalls calls) {
        return MpdxAnswers.call(
                        calls.get(MpdxQuery.of("/user")),
                        json -> json.get("data")
                                .flatMap(data -> data.get("attributes"))
                                .orElseThrow(() -> json.unexpected("user")))
                .flatMap(user -> lists(calls, user, 1, 0));
    }

    private static Step<Account> lists(MpdxCalls calls, Json user, int page, long before) {
        String wanted = calls.settings().accountListId();
        ApiRequest request =
                calls.get(MpdxQuery.of("/account_lists").with("per_page", "100").with("page", Integer.toString(page)));
        return MpdxAnswers.call(request, json -> json).flatMap(json -> {
            List<Json> lists = MpdxDocument.list(json, "data");
            Optional<Json> found = lists.stream()
                    .filter(list ->
                            list.text("id").filter(wanted::equalsIgnoreCase).isPresent())
                    .findFirst();
            if (found.isPresent()) {
                return Step.done(account(wanted, user, found.get()));
            }
            long counted = before + lists.size();
            if (lists.isEmpty() || counted >= MpdxDocument.total(json)) {
                throw new ApiException.Denied("the user of the token cannot see the account list "
                        + Words.bounded(wanted) + " at MPDX. Check token and account-list-id");
            }
            return lists(calls, user, page + 1, counted);
        });
    }

    private static Account account(String id, Json user, Json list) {
        var details = new LinkedHashMap<String, String>();
        list.get("attributes")
                .flatMap(attributes -> attributes.text("name"))
                .ifPresent(name -> details.put("account list", Words.bounded(name)));
        String name = String.join(" ", user.texts("first_name", "last_name"));
        if (!name.isEmpty()) {
            details.put("user", Words.bounded(name));
        }
        return new Account("mpdx account-list=\"" + id + '"', details);
    }

    /** There is no call for it: whoever sees the account list sees all of them. */
    @Override
    public Step<List<String>> resources() {
        return account().map(account -> RESOURCES);
    }

    @Override
    public Step<ResourceDescription> describe(String resource) {
        return Step.done(MpdxKind.named(resource)
                .map(kind -> description(
                        resource,
                        List.of(MpdxField.ID),
                        kind.fields().stream().map(MpdxField::toField).toList()))
                .orElseGet(() -> description(known(resource), List.of(), MpdxFiles.fields(false))));
    }

    private static ResourceDescription description(String resource, List<String> key, List<Field> fields) {
        return new ResourceDescription(resource, key, fields, List.of(), List.of(), Optional.empty());
    }

    private static String known(String resource) {
        if (!RESOURCES.contains(resource)) {
            throw new ApiException.Refused(
                    "MPDX has no resource " + Words.bounded(resource) + "; there are: " + String.join(", ", RESOURCES));
        }
        return resource;
    }

    @Override
    public Export export(ExportSpec spec) {
        return MpdxKind.named(known(spec.resource()))
                .<Export>map(kind -> new MpdxListing(calls, kind, spec))
                .orElseGet(() -> new MpdxFiles(calls, spec));
    }

    /** An export's rows have no id, so that nothing can be written back from them. */
    @Override
    public Optional<Writing> writing(ExportSpec spec) {
        boolean keyed = spec.key().isEmpty() || spec.key().equals(List.of(MpdxField.ID));
        return keyed ? MpdxKind.named(spec.resource()).map(kind -> new MpdxWriting(calls, kind)) : Optional.empty();
    }
}
