package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Created;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Written;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes customers by their id: the primary address, the e-mail address, locale, website, person and payout instrument,
 * and the custom fields that the stream holds. A write is the whole customer, read just before, with the change in it.
 * {@code email} goes to the address that is marked in the primary address's list; {@code firstName} and {@code lastName},
 * which mirror the primary address, cannot be written, {@code primaryAddress/firstName} and so on can. Customers are
 * merged at Rebilly and never deleted.
 *
 * @see <a href="https://www.rebilly.com/docs/dev-docs/customers">Customers</a>
 */
record RebillyCustomers(ExportSpec spec, RebillyCalls calls) implements Writing {

    /** Among the values of a customer that was read: all of it, for the write. No field has such a name. */
    static final String WHOLE = "(whole)";

    /** Among them as well: how often it had been changed. */
    static final String REVISION = "(revision)";

    private static final String REVISION_FIELD = "revision";

    private static final int CONFLICT = 409;

    RebillyCustomers {
        requireNonNull(spec, "spec is null");
        requireNonNull(calls, "calls is null");
    }

    @Override
    public Step<Writable> writable() {
        RebillySelection selection = RebillySelection.of(spec);
        return selection.customFields(calls).map(custom -> writable(selection, custom));
    }

    private static Writable writable(RebillySelection selection, RebillyCustomFields custom) {
        Set<String> fields = new LinkedHashSet<>();
        Set<String> clearable = new LinkedHashSet<>();
        for (String path : selection.asked()) {
            field(path, selection, custom).ifPresent(field -> {
                fields.add(selection.headings().of(path));
                if (field.clearable()) {
                    clearable.add(selection.headings().of(path));
                }
            });
        }
        return new Writable(fields, clearable, true, false, true);
    }

    /** One value is written by one field: a stream that holds the list of addresses writes that. */
    private static Optional<RebillyCustomerField> field(
            String path, RebillySelection selection, RebillyCustomFields custom) {
        boolean structured = selection.parameters().structured();
        boolean byList = structured && selection.holds(RebillyCustomerField.EMAILS);
        return RebillyCustomerField.of(path, custom, structured)
                .filter(field -> !(byList && field.kind() == RebillyCustomerField.Kind.EMAIL));
    }

    @Override
    public Step<Present> read(String key) {
        RebillySelection selection = RebillySelection.of(spec);
        ApiRequest call = calls.customer(key);
        return Step.call(call, answer -> present(selection, call, answer));
    }

    private static Present present(RebillySelection selection, ApiRequest call, ApiAnswer answer) {
        return RebillyAnswers.missing(call, answer, Sent.NOTHING)
                .<Present>map(Present.Gone::new)
                .orElseGet(() -> found(selection, RebillyAnswers.read(call, answer, Sent.NOTHING)));
    }

    private static Present found(RebillySelection selection, Json customer) {
        var record = new RebillyRecord(customer);
        var values = new LinkedHashMap<String, @Nullable String>();
        for (String path : selection.asked()) {
            values.put(selection.headings().of(path), record.cell(path));
        }
        values.put(WHOLE, RebillyCustomerBody.of(customer.node()).toString());
        customer.whole(REVISION_FIELD).ifPresent(revision -> values.put(REVISION, Long.toString(revision)));
        return new Present.Found(values);
    }

    @Override
    public Step<Written> update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present) {
        return changes(values).flatMap(changes -> whole(key, present).flatMap(whole -> update(key, changes, whole)));
    }

    /** The vendor would make a customer anew of an id that is gone, so that nothing is sent without a look. */
    private Step<Present> whole(String key, Optional<Present.Found> present) {
        return present.filter(found -> found.values().get(WHOLE) != null).isPresent()
                ? Step.done(present.get())
                : read(key);
    }

    private Step<Written> update(String key, Map<RebillyCustomerField, @Nullable String> changes, Present present) {
        if (present instanceof Present.Gone gone) {
            return Step.done(new Written.Gone(gone.words()));
        }
        var found = (Present.Found) present;
        RebillyCustomerBody body = known(found).with(changes);
        ApiRequest call = calls.putCustomer(key, body.toString());
        return Step.call(call, answer -> {
            check(call, answer, body);
            return new Written.Accepted(overtook(found, RebillyAnswers.whole(answer, REVISION_FIELD)));
        });
    }

    /** A write makes the next revision, or none where it changes nothing; any other was made by somebody else's edit as well. */
    private static boolean overtook(Present.Found before, OptionalLong after) {
        @Nullable String read = before.values().get(REVISION);
        if (read == null || after.isEmpty()) {
            return false;
        }
        long made = after.getAsLong() - Long.parseLong(read);
        return made != 1 && made != 0;
    }

    private static RebillyCustomerBody known(Present.Found present) {
        JsonNode whole = RebillyCustomerField.json(
                        requireNonNull(present.values().get(WHOLE)))
                .orElseThrow();
        return RebillyCustomerBody.of(whole);
    }

    /** The values by their fields; refuses what is not writable and what the vendor would refuse. */
    private Step<Map<RebillyCustomerField, @Nullable String>> changes(Map<String, @Nullable String> values) {
        RebillySelection selection = RebillySelection.of(spec);
        return custom(selection, values).map(custom -> {
            var changes = new LinkedHashMap<RebillyCustomerField, @Nullable String>();
            values.forEach((heading, value) -> {
                RebillyCustomerField field = require(heading, selection, custom);
                fault(field, value).ifPresent(fault -> {
                    throw new ApiException.Refused(fault);
                });
                changes.put(field, value);
            });
            return changes;
        });
    }

    private Step<RebillyCustomFields> custom(RebillySelection selection, Map<String, @Nullable String> values) {
        boolean any = values.keySet().stream()
                .anyMatch(heading -> selection.headings().field(heading).startsWith(RebillyField.CUSTOM));
        return any ? selection.customFields(calls) : Step.done(RebillyCustomFields.NONE);
    }

    private static RebillyCustomerField require(
            String heading, RebillySelection selection, RebillyCustomFields custom) {
        String path = selection.headings().field(heading);
        return field(path, selection, custom)
                .orElseThrow(() -> new ApiException.Refused(path + " cannot be written at Rebilly"
                        + (path.equals("firstName") || path.equals("lastName")
                                ? "; it mirrors primaryAddress/" + path + ", which can"
                                : "")));
    }

    private static Optional<String> fault(RebillyCustomerField field, @Nullable String value) {
        if (value != null) {
            return field.fault(value);
        }
        return field.clearable() ? Optional.empty() : Optional.of(field.path() + " cannot be emptied at Rebilly");
    }

    private static void check(ApiRequest call, ApiAnswer answer, RebillyCustomerBody body) {
        Sent sent = Sent.of(body.values());
        if (answer.status() == CONFLICT) {
            throw new ApiException.RetryLater(
                    "Rebilly has a conflict on " + call.method() + " " + call.path()
                            + RebillyAnswers.reason(answer, sent)
                            + "; the customer is read again before the next attempt",
                    Optional.empty());
        }
        RebillyAnswers.check(call, answer, sent);
    }

    /** The client chooses the id of a new customer. */
    @Override
    public Optional<String> identifierType() {
        return Optional.of(RebillyResource.KEY);
    }

    /** The vendor demands nothing of a new customer; a value that it would refuse is told here as well. */
    @Override
    public Optional<String> uncreatable(Map<String, @Nullable String> values) {
        RebillySelection selection = RebillySelection.of(spec);
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .flatMap(entry -> RebillyCustomerField.of(
                        selection.headings().field(entry.getKey()), RebillyCustomFields.NONE, false)
                        .flatMap(field -> field.fault(requireNonNull(entry.getValue())))
                        .stream())
                .findFirst();
    }

    @Override
    public Step<Optional<String>> find(Identifier identifier) {
        String id = id(identifier);
        ApiRequest call = calls.customer(id);
        return Step.call(call, answer -> {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            RebillyAnswers.check(call, answer, Sent.NOTHING);
            return Optional.of(id);
        });
    }

    /** With an identifier the id is made of it, so that a second attempt finds or meets the first. */
    @Override
    public Step<Created> create(Map<String, @Nullable String> values, Optional<Identifier> identifier) {
        var filled = new LinkedHashMap<String, @Nullable String>(values);
        filled.values().removeIf(value -> value == null);
        return changes(filled).flatMap(changes -> {
            RebillyCustomerBody body = RebillyCustomerBody.empty().with(changes);
            return identifier.map(known -> put(id(known), body)).orElseGet(() -> post(body));
        });
    }

    private Step<Created> put(String id, RebillyCustomerBody body) {
        ApiRequest call = calls.putNewCustomer(id, body.toString());
        return Step.call(call, answer -> {
            check(call, answer, body);
            return new Created(Optional.of(id));
        });
    }

    private Step<Created> post(RebillyCustomerBody body) {
        ApiRequest call = calls.postCustomer(body.toString());
        return Step.call(call, answer -> {
            check(call, answer, body);
            return new Created(
                    RebillyAnswers.read(call, answer, Sent.of(body.values())).text(RebillyResource.KEY));
        });
    }

    static String id(Identifier identifier) {
        String name = identifier.type() + ":" + identifier.value();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public Step<Written> delete(String key, Map<String, @Nullable String> row) {
        throw new ApiException.Refused(
                "Rebilly deletes no customers; it merges one into another, which a person does there");
    }
}
