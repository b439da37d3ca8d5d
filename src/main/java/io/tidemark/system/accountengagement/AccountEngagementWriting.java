package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Batches;
import io.tidemark.system.Created;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.FieldType;
import io.tidemark.system.Present;
import io.tidemark.system.Step;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Written;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes prospects, by their id. A prospect is created by its address and with nothing else: if there is one with it, that
 * one is found and stays as it is, so that the same call twice makes one prospect. Deleting puts it into the recycle bin. Nothing prevents that somebody
 * edits a prospect between the look and the write: there are no versions.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/prospect-v5.html">Prospect</a>
 */
record AccountEngagementWriting(ExportSpec spec, AccountEngagementSettings settings) implements Writing {

    private static final String EMAIL = "email";
    private static final int MADE = 201;
    private static final Pattern LOCATION = Pattern.compile(".*/prospects/([0-9]{1,18})(?:\\?.*)?");

    AccountEngagementWriting {
        requireNonNull(spec, "spec is null");
        requireNonNull(settings, "settings is null");
    }

    private AccountEngagementPlan plan() {
        return AccountEngagementPlan.of(spec, settings);
    }

    private AccountEngagementProspects prospects() {
        return new AccountEngagementProspects(plan());
    }

    private AccountEngagementAnswers answers() {
        return new AccountEngagementAnswers(settings.accountZone(), spec.stream());
    }

    @Override
    public Step<Writable> writable() {
        AccountEngagementPlan plan = plan();
        Step<AccountEngagementCustomFields> custom = plan.hasCustomFields()
                ? AccountEngagementCustomFields.all(answers())
                : Step.done(AccountEngagementCustomFields.NONE);
        return custom.map(known -> writable(plan, known));
    }

    private Writable writable(AccountEngagementPlan plan, AccountEngagementCustomFields custom) {
        Set<String> fields = new LinkedHashSet<>();
        Set<String> clearable = new LinkedHashSet<>();
        for (String name : plan.fields()) {
            Optional<AccountEngagementField> known = plan.known(name);
            boolean own = known.isEmpty()
                    && custom.called(plan.nameOfFive(name))
                            .filter(AccountEngagementCustomFields.Listed::editable)
                            .isPresent();
            if (own || known.filter(AccountEngagementField::writable).isPresent()) {
                fields.add(name);
            }
            if (own || known.filter(AccountEngagementField::clearable).isPresent()) {
                clearable.add(name);
            }
        }
        return new Writable(fields, clearable, settings.creates(), true, false, true).matchedBy(Set.of(EMAIL));
    }

    @Override
    public Optional<Batches> batches() {
        return Optional.of(new AccountEngagementImports(plan()));
    }

    @Override
    public Step<Present> read(String key) {
        return prospects().read(key);
    }

    @Override
    public Step<Written> update(String key, Map<String, @Nullable String> values, Optional<Present.Found> present) {
        ApiRequest request =
                AccountEngagementCalls.update(key, body(plan(), values).toString());
        Sent sent = Sent.of(values.values());
        return Step.call(request, answer -> written(request, answer, sent));
    }

    private Written written(ApiRequest request, ApiAnswer answer, Sent sent) {
        Optional<String> gone = AccountEngagementAnswers.gone(request, answer);
        if (gone.isPresent()) {
            return new Written.Gone(gone.get());
        }
        answers().check(request, answer, sent);
        return new Written.Accepted();
    }

    @Override
    public Optional<String> uncreatable(Map<String, @Nullable String> values) {
        return filled(values, EMAIL)
                ? Optional.empty()
                : Optional.of("a prospect is created by its address, and the row has no email");
    }

    private static boolean filled(Map<String, @Nullable String> values, String name) {
        String value = values.get(name);
        return value != null && !value.isBlank();
    }

    /** The vendor has no place for an identifier of the bridge's own, and no call that would look for one. */
    @Override
    public Step<Optional<String>> find(Identifier identifier) {
        throw new ApiException.Refused("Account Engagement cannot look for a prospect by an identifier");
    }

    @Override
    public Step<Created> create(Map<String, @Nullable String> values, Optional<Identifier> identifier) {
        uncreatable(values).ifPresent(lack -> {
            throw new ApiException.Refused(lack);
        });
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("matchEmail", values.get(EMAIL));
        body.putObject("prospect").put(EMAIL, values.get(EMAIL));
        body.put("secondaryDeletedSearch", settings.revives());
        prospects().names().forEach(body.putArray("fields")::add);
        ApiRequest request = AccountEngagementCalls.upsertByEmail(body.toString());
        Sent sent = Sent.of(List.of(String.valueOf(values.get(EMAIL))));
        return Step.call(request, answer -> created(request, answer, sent));
    }

    /**
     * An answer without content says that it is done and that the prospect cannot be shown. Only the status of a creation
     * tells that there was none before.
     */
    private Created created(ApiRequest request, ApiAnswer answer, Sent sent) {
        answers().check(request, answer, sent);
        Optional<String> placed = answer.header("Location")
                .map(LOCATION::matcher)
                .filter(Matcher::matches)
                .map(place -> place.group(1));
        if (answer.body().isBlank()) {
            return new Created(placed);
        }
        Json shown = answers().read(request, answer, sent);
        return new Created(
                shown.text(AccountEngagementObject.KEY).or(() -> placed),
                Optional.of(shown).filter(made -> answer.status() == MADE).map(prospects()::found));
    }

    @Override
    public Step<Written> delete(String key, Map<String, @Nullable String> row) {
        ApiRequest request = AccountEngagementCalls.delete(key);
        return Step.call(request, answer -> written(request, answer, Sent.NOTHING));
    }

    @Override
    public boolean undeletes() {
        return true;
    }

    /**
     * A prospect comes out of the recycle bin by its address. Where another one with the same address came out, it is put
     * back.
     */
    @Override
    public Step<Written> undelete(String key, Map<String, @Nullable String> row) {
        if (!filled(row, EMAIL)) {
            throw new ApiException.Refused("prospect " + key + " lies in the recycle bin and is brought back by its"
                    + " address, which the stream does not hold. Restore it there, then retry");
        }
        ApiRequest request = AccountEngagementCalls.undelete(
                JsonNodeFactory.instance.objectNode().put(EMAIL, row.get(EMAIL)).toString());
        Sent sent = Sent.of(List.of(String.valueOf(row.get(EMAIL))));
        return new Step.Call<>(request, answer -> {
            answers().check(request, answer, sent);
            Optional<String> other = AccountEngagementAnswers.id(answer).filter(id -> !id.equals(key));
            return other.isEmpty() ? Step.done(new Written.Accepted()) : putBack(key, other.get());
        });
    }

    private Step<Written> putBack(String key, String other) {
        return delete(other, Map.of()).map(put -> {
            throw new ApiException.Refused(
                    "prospect " + key + " cannot be brought back: of the deleted prospects with its"
                            + " address another one was active last. Restore it there, then retry");
        });
    }

    /** Refuses what cannot be written. */
    static ObjectNode body(AccountEngagementPlan plan, Map<String, @Nullable String> values) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        values.forEach((name, value) -> put(plan, body, name, value));
        return body;
    }

    private static void put(AccountEngagementPlan plan, ObjectNode body, String name, @Nullable String value) {
        Optional<AccountEngagementField> known = plan.known(name);
        boolean custom = known.isEmpty() && plan.nameOfFive(name).endsWith(AccountEngagementField.CUSTOM);
        if (!custom && known.filter(AccountEngagementField::writable).isEmpty()) {
            throw new ApiException.Refused(name + " cannot be written: Account Engagement sets it itself");
        }
        if (value == null) {
            if (known.isPresent() && !known.get().clearable()) {
                throw new ApiException.Refused(name + " cannot be cleared. Put a value in");
            }
            body.putNull(plan.nameOfFive(name));
            return;
        }
        switch (known.map(AccountEngagementField::type).orElse(FieldType.TEXT)) {
            case BOOLEAN -> body.put(plan.nameOfFive(name), value.equals("true"));
            case INTEGER -> body.put(plan.nameOfFive(name), whole(name, value));
            default -> body.put(plan.nameOfFive(name), value);
        }
    }

    private static long whole(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException noNumber) {
            throw new ApiException.Refused(name + " must be a whole number");
        }
    }
}
