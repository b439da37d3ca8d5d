package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields an export of a stream holds. It is the same for the shape and for every request, so that what the shape
 * relies on is asked for.
 *
 * @param key the key fields, in order
 * @param asked names of the fields to ask for: the configured ones, and the bridge's own that are not core fields
 * @param held the fields of the export in the vendor's order: core fields and those asked for
 * @param changeTime the field with the time of the last change, where there is one
 */
record EveryActionSelection(
        List<EveryActionField> key,
        List<String> asked,
        List<EveryActionField> held,
        Optional<EveryActionField> changeTime) {

    /** Names under which resources keep the time of the last change; the first that exists counts. */
    private static final List<String> CHANGE_TIMES = List.of(
            "LastUpdatedOn",
            "DateModified",
            "DateUpdated",
            "DateLastModified",
            "DateLastUpdated",
            "LastModifiedOn",
            "DateChanged");

    private static final String CREATED = "DateCreated";

    EveryActionSelection {
        key = List.copyOf(key);
        asked = List.copyOf(asked);
        held = List.copyOf(held);
        requireNonNull(changeTime, "changeTime is null");
    }

    static EveryActionSelection of(ExportSpec spec, EveryActionParameters parameters, EveryActionFields fields) {
        List<EveryActionField> key = key(spec, fields);
        Optional<EveryActionField> changeTime = changeTime(fields);
        Set<String> asked = new LinkedHashSet<>(requested(spec, parameters, fields));
        List<EveryActionField> own = new ArrayList<>(key);
        changeTime.ifPresent(own::add);
        fields.find(CREATED).ifPresent(own::add);
        own.addAll(deletionFields(spec, fields));
        own.stream().filter(field -> !field.core()).forEach(field -> asked.add(field.name()));
        return new EveryActionSelection(key, List.copyOf(asked), held(fields, asked), changeTime);
    }

    private static List<EveryActionField> key(ExportSpec spec, EveryActionFields fields) {
        if (!spec.key().isEmpty()) {
            return spec.key().stream()
                    .map(name -> fields.require(name, keyOption(spec) + " names"))
                    .toList();
        }
        return List.of(EveryActionResource.documentedKey(spec.resource())
                .map(name -> fields.require(name, "is its key; set " + keyOption(spec) + " if another field is"))
                .or(() -> fields.find(EveryActionResource.likelyKey(spec.resource())))
                .orElseThrow(() -> noKey(spec, fields)));
    }

    private static ApiException noKey(ExportSpec spec, EveryActionFields fields) {
        return new ApiException.Refused("the key of " + spec.resource() + " is not documented and no field is called "
                + EveryActionResource.likelyKey(spec.resource()) + ". Set " + keyOption(spec)
                + " to the field or fields that tell its records apart. Candidates: "
                + String.join(", ", fields.keyCandidates()));
    }

    static String keyOption(ExportSpec spec) {
        return "tidemark.streams." + spec.stream() + ".key";
    }

    private static List<String> requested(ExportSpec spec, EveryActionParameters parameters, EveryActionFields fields) {
        String option = "tidemark.streams." + spec.stream() + ".export." + EveryActionOptions.REQUESTED_FIELDS;
        return parameters.fields().stream()
                .map(name -> fields.require(name, option + " names").name())
                .toList();
    }

    private static Optional<EveryActionField> changeTime(EveryActionFields fields) {
        return CHANGE_TIMES.stream().flatMap(name -> fields.find(name).stream()).findFirst();
    }

    private static List<EveryActionField> deletionFields(ExportSpec spec, EveryActionFields fields) {
        if (!spec.withDeleted()) {
            return List.of();
        }
        return fields.all().stream()
                .filter(field -> spec.deletion()
                        .map(rule -> field.isCalled(rule.field()))
                        .orElseGet(() -> tellsDeletion(field)))
                .toList();
    }

    private static boolean tellsDeletion(EveryActionField field) {
        return field.isCalled(EveryActionChangeType.COLUMN) || field.isInactiveDate() || field.isInactiveFlag();
    }

    private static List<EveryActionField> held(EveryActionFields fields, Set<String> asked) {
        return fields.all().stream()
                .filter(field -> field.core() || asked.contains(field.name()))
                .toList();
    }

    /** Whether a configured deletion rule looks at a field that the export does not hold. */
    boolean misses(DeletionRule rule) {
        return held.stream().noneMatch(field -> field.isCalled(rule.field()));
    }

    List<String> keyNames() {
        return key.stream().map(EveryActionField::name).toList();
    }

    List<Field> fields() {
        return held.stream()
                .map(field -> key.contains(field) ? field.toKeyField() : field.toField())
                .toList();
    }
}
