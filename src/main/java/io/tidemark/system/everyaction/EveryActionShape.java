package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.DeletionRule;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the shape of a stream's export together from what the vendor described.
 *
 * @param customFields those that the key can list, empty where none were asked for
 */
record EveryActionShape(
        ExportSpec spec,
        EveryActionParameters parameters,
        EveryActionSelection selection,
        List<EveryActionChangeType> changeTypes,
        List<CustomField> customFields) {

    /** Filled in a row that the vendor could not export whole. */
    private static final String ROW_ERROR = "ErrorMessage";

    private static final Set<String> YES = Set.of("true", "1", "y", "yes");

    EveryActionShape {
        requireNonNull(spec, "spec is null");
        requireNonNull(parameters, "parameters is null");
        requireNonNull(selection, "selection is null");
        changeTypes = List.copyOf(changeTypes);
        customFields = List.copyOf(customFields);
    }

    Shape shape() {
        return new Shape(
                selection.keyNames(),
                selection.fields(),
                selection.changeTime().map(EveryActionField::name),
                deletions(),
                false,
                Optional.of(ROW_ERROR),
                notes());
    }

    private List<DeletionRule> deletions() {
        return spec.deletion().map(List::of).orElseGet(this::foundDeletions);
    }

    private List<DeletionRule> foundDeletions() {
        var rules = new ArrayList<DeletionRule>();
        Set<String> ids = ending().stream().map(EveryActionChangeType::id).collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            rules.add(new DeletionRule(EveryActionChangeType.COLUMN, ids));
        }
        selection.held().stream().flatMap(field -> inactive(field).stream()).forEach(rules::add);
        return rules;
    }

    private List<EveryActionChangeType> ending() {
        return changeTypes.stream().filter(EveryActionChangeType::endsRecord).toList();
    }

    /** A date says so by being there, a flag only by being set. */
    private static Optional<DeletionRule> inactive(EveryActionField field) {
        if (field.isInactiveDate()) {
            return Optional.of(new DeletionRule(field.name(), Set.of()));
        }
        return field.isInactiveFlag() ? Optional.of(new DeletionRule(field.name(), YES)) : Optional.empty();
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        keyNote().ifPresent(notes::add);
        changeTimeNote().ifPresent(notes::add);
        deletionNote().ifPresent(notes::add);
        inactiveNote().ifPresent(notes::add);
        activistCodeNote().ifPresent(notes::add);
        notes.addAll(customFieldNotes());
        return notes;
    }

    private Optional<String> keyNote() {
        boolean known = !spec.key().isEmpty()
                || EveryActionResource.documentedKey(spec.resource()).isPresent();
        return noteIf(
                !known,
                "the key " + String.join(", ", selection.keyNames()) + " was found by its name; set "
                        + EveryActionSelection.keyOption(spec) + " to confirm it");
    }

    private Optional<String> changeTimeNote() {
        return noteIf(
                selection.changeTime().isEmpty(),
                spec.resource() + " has no known field for the time of a change; newest-wins has no time to compare");
    }

    private Optional<String> deletionNote() {
        if (spec.deletion().isPresent()) {
            return spec.deletion()
                    .filter(selection::misses)
                    .map(rule -> "the field " + rule.field() + " of " + deleted("field")
                            + " is not described by EveryAction; without it in the export no record counts as deleted");
        }
        if (foundDeletions().isEmpty()) {
            return noteIf(
                    spec.withDeleted(),
                    "nothing that EveryAction describes tells a deleted record; set " + deleted("field") + " and "
                            + deleted("values"));
        }
        return noteIf(!ending().isEmpty(), countsAsDeleted());
    }

    private String countsAsDeleted() {
        return ending().stream()
                        .map(EveryActionChangeType::toString)
                        .collect(Collectors.joining(
                                ", ", "a record counts as deleted after the change types ", "; set "))
                + deleted("field") + " and " + deleted("values") + " for another rule";
    }

    private String deleted(String key) {
        return "tidemark.streams." + spec.stream() + ".deleted." + key;
    }

    private Optional<String> inactiveNote() {
        return noteIf(
                spec.withDeleted() && parameters.includeInactive().equals(Optional.of(false)),
                "include-inactive is false, so deleted records stay away and deletions are not seen");
    }

    private Optional<String> activistCodeNote() {
        return noteIf(
                !parameters.activistCodeIds().isEmpty()
                        && !spec.resource().equals(EveryActionResource.CONTACTS_ACTIVIST_CODES),
                "EveryAction ignores requested-activist-code-ids for " + spec.resource() + "; it filters "
                        + EveryActionResource.CONTACTS_ACTIVIST_CODES + " only");
    }

    private List<String> customFieldNotes() {
        if (parameters.customFieldIds().isEmpty()) {
            return List.of();
        }
        var notes = new ArrayList<String>();
        notes.add("how custom fields are headed in an export is not documented; their columns are read as text");
        unlisted().ifPresent(notes::add);
        return notes;
    }

    private Optional<String> unlisted() {
        Set<String> listed = customFields.stream().map(CustomField::id).collect(Collectors.toSet());
        String missing = parameters.customFieldIds().stream()
                .map(String::valueOf)
                .filter(id -> !listed.contains(id))
                .collect(Collectors.joining(", "));
        return noteIf(!missing.isEmpty(), "the key does not list the custom fields " + missing);
    }

    private static Optional<String> noteIf(boolean holds, String note) {
        return holds ? Optional.of(note) : Optional.empty();
    }
}
