package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the exports of a stream ask for: the same for its shape and for every request, so that what the shape relies on is
 * asked for.
 *
 * @param fields names of the fields in the spelling of the version, what the bridge needs first
 */
record AccountEngagementPlan(
        ExportSpec spec,
        AccountEngagementSettings settings,
        AccountEngagementObject object,
        AccountEngagementProcedure procedure,
        List<String> fields) {

    /** See <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/export-v5.html">Limitations</a>. */
    static final int MOST_FIELDS = 150;

    AccountEngagementPlan {
        requireNonNull(spec, "spec is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(object, "object is null");
        requireNonNull(procedure, "procedure is null");
        fields = List.copyOf(fields);
    }

    /** Refuses what the object does not have, naming the key to correct. */
    static AccountEngagementPlan of(ExportSpec spec, AccountEngagementSettings settings) {
        AccountEngagementObject object = AccountEngagementObject.called(spec.resource())
                .orElseThrow(() -> new ApiException.Refused("tidemark.streams." + spec.stream()
                        + ".resource must be one of " + String.join(", ", AccountEngagementObject.names())));
        if (!spec.key().isEmpty() && !spec.key().equals(List.of(AccountEngagementObject.KEY))) {
            throw new ApiException.Refused("tidemark.streams." + spec.stream() + ".key must be "
                    + AccountEngagementObject.KEY + ", the key of every object. Take it out");
        }
        AccountEngagementProcedure procedure = procedure(spec, object);
        refuseForeign(spec, object, procedure);
        return new AccountEngagementPlan(spec, settings, object, procedure, fields(spec, settings, object));
    }

    private static AccountEngagementProcedure procedure(ExportSpec spec, AccountEngagementObject object) {
        Optional<String> chosen = Optional.ofNullable(spec.parameters().get(AccountEngagementOptions.PROCEDURE));
        return chosen.isEmpty()
                ? object.procedures().get(0)
                : object.procedures().stream()
                        .filter(procedure -> procedure.word().equals(chosen.get()))
                        .findFirst()
                        .orElseThrow(() -> refusal(
                                spec,
                                AccountEngagementOptions.PROCEDURE,
                                "must be "
                                        + String.join(
                                                " or ",
                                                object.procedures().stream()
                                                        .map(AccountEngagementProcedure::word)
                                                        .toList())
                                        + " for " + object.vendorName()));
    }

    private static void refuseForeign(
            ExportSpec spec, AccountEngagementObject object, AccountEngagementProcedure procedure) {
        Set<String> foreign = new LinkedHashSet<>();
        Arrays.stream(AccountEngagementProcedure.values())
                .filter(other -> other != procedure)
                .flatMap(other -> Stream.of(other.after(), other.before(), other.deletedArgument()))
                .forEach(foreign::add);
        if (object.knowsDeleted()) {
            foreign.remove(procedure.deletedArgument());
        } else {
            foreign.add(procedure.deletedArgument());
        }
        if (!object.isOfActivities()) {
            foreign.addAll(List.of("type", "prospect_only"));
        }
        if (!object.equals(AccountEngagementObject.PROSPECT)) {
            foreign.add("custom_fields");
        }
        foreign.stream()
                .map(AccountEngagementPlan::option)
                .filter(spec.parameters()::containsKey)
                .findFirst()
                .ifPresent(option -> {
                    throw refusal(
                            spec,
                            option,
                            "is not for " + object.vendorName() + " by " + procedure.word() + ". Take it out, or set "
                                    + AccountEngagementOptions.PROCEDURE);
                });
    }

    private static String option(String argument) {
        return argument.replace('_', '-');
    }

    private static ApiException.Refused refusal(ExportSpec spec, String option, String why) {
        return new ApiException.Refused("tidemark.streams." + spec.stream() + ".export." + option + " " + why);
    }

    private static List<String> fields(
            ExportSpec spec, AccountEngagementSettings settings, AccountEngagementObject object) {
        int version = settings.version();
        var asked = new LinkedHashSet<String>();
        object.needed().forEach(field -> asked.add(field.nameIn(version)));
        deletionField(spec, settings, object).ifPresent(asked::add);
        List<String> configured = listed(spec, AccountEngagementOptions.FIELDS);
        asked.addAll(
                configured.isEmpty()
                        ? object.fields(version).stream()
                                .filter(AccountEngagementField::usual)
                                .map(field -> field.nameIn(version))
                                .toList()
                        : configured);
        asked.addAll(listed(spec, AccountEngagementOptions.CUSTOM_FIELDS));
        if (asked.size() > MOST_FIELDS) {
            throw refusal(
                    spec,
                    AccountEngagementOptions.FIELDS,
                    "and " + AccountEngagementOptions.CUSTOM_FIELDS + " make " + asked.size()
                            + " fields with those that the bridge needs, and an export has " + MOST_FIELDS
                            + " at most. Take some out");
        }
        return List.copyOf(asked);
    }

    /** The field that tells deleted records, asked for where they are wanted. */
    private static Optional<String> deletionField(
            ExportSpec spec, AccountEngagementSettings settings, AccountEngagementObject object) {
        return spec.withDeleted()
                ? spec.deletion()
                        .map(DeletionRule::field)
                        .or(() -> object.deletedFlag().map(flag -> flag.nameIn(settings.version())))
                : Optional.empty();
    }

    private static List<String> listed(ExportSpec spec, String option) {
        return Arrays.stream(spec.parameters().getOrDefault(option, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    Optional<String> parameter(String option) {
        return Optional.ofNullable(spec.parameters().get(option))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** How a deleted record is known, empty where the stream does not want them or the object does not show it. */
    Optional<DeletionRule> deletions() {
        return spec.deletion()
                .or(() ->
                        deletionField(spec, settings, object).map(flag -> new DeletionRule(flag, Set.of("true", "1"))));
    }

    /** A deleted record that cannot be told from a live one is better not asked for. */
    String deleted() {
        return parameter(option(procedure.deletedArgument())).orElse(deletions().isPresent() ? "all" : "false");
    }

    String fixedAfter() {
        return parameter(option(procedure.after())).orElse("");
    }

    String fixedBefore() {
        return parameter(option(procedure.before())).orElse("");
    }

    /** The body of a request for an export. */
    ObjectNode body(ExportRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("object", object.vendorName());
        fields.forEach(body.putArray("fields")::add);
        ObjectNode plan = body.putObject("procedure")
                .put("name", parameter(AccountEngagementOptions.PROCEDURE_NAME).orElse(procedure.vendorName()));
        ObjectNode arguments = plan.putObject("arguments");
        bounds(arguments, request);
        if (object.knowsDeleted()) {
            arguments.put(settings.argument(procedure.deletedArgument()), deleted());
        }
        parameter(AccountEngagementOptions.TYPE)
                .ifPresent(types -> Arrays.stream(types.split(",", -1))
                        .map(String::strip)
                        .map(Long::valueOf)
                        .forEach(arguments.withArray(settings.argument("type"))::add));
        parameter(AccountEngagementOptions.PROSPECT_ONLY)
                .map(only -> only.toLowerCase(Locale.ROOT))
                .ifPresent(only -> arguments.put(settings.prospectOnlyArgument(procedure), only));
        return body;
    }

    private void bounds(ObjectNode arguments, ExportRequest request) {
        String after = fixedAfter().isEmpty() ? written(start(request)) : fixedAfter();
        arguments.put(settings.argument(procedure.after()), after);
        Optional<String> before =
                fixedBefore().isEmpty() ? end(request).map(this::written) : Optional.of(fixedBefore());
        before.ifPresent(text -> arguments.put(settings.argument(procedure.before()), text));
    }

    private String written(Instant moment) {
        return settings.offsets()
                ? AccountEngagementTime.withOffset(moment)
                : AccountEngagementTime.local(moment, settings.zone());
    }

    private Instant start(ExportRequest request) {
        return held(AccountEngagementTime.after(request.from()));
    }

    /** Where the window ends that is asked for, which can be before the one that is wanted; empty for no end at all. */
    Optional<Instant> end(ExportRequest request) {
        return Optional.ofNullable(request.to())
                .map(AccountEngagementTime::before)
                .map(this::held)
                .filter(end -> end.isAfter(start(request)) && end.isAfter(request.from()));
    }

    private Instant held(Instant moment) {
        return settings.offsets() ? moment : AccountEngagementTime.held(moment, settings.zone());
    }

    /** The version 5 name of a field that the stream exports. */
    String nameOfFive(String name) {
        if (settings.isFive()) {
            return name;
        }
        return object.field(name, settings.version())
                .map(AccountEngagementField::name)
                .orElse(name.endsWith(AccountEngagementField.CUSTOM) ? name : name + AccountEngagementField.CUSTOM);
    }

    /** What is known of a field that the stream exports. */
    Optional<AccountEngagementField> known(String name) {
        return object.field(name, settings.version());
    }

    /** Whether it asks for fields that only the vendor's list of custom fields can tell of. */
    boolean hasCustomFields() {
        return object.equals(AccountEngagementObject.PROSPECT)
                && fields.stream().anyMatch(name -> known(name).isEmpty());
    }
}
