package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.DeletionRule;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the shape of a stream's exports together. */
record AccountEngagementShape(AccountEngagementPlan plan, AccountEngagementCustomFields custom) {

    AccountEngagementShape {
        requireNonNull(plan, "plan is null");
        requireNonNull(custom, "custom is null");
    }

    Shape shape() {
        int version = plan.settings().version();
        return new Shape(
                List.of(AccountEngagementObject.KEY),
                plan.fields().stream()
                        .map(name -> new Field(name, type(name), true))
                        .toList(),
                Optional.of(plan.object().changeTime().nameIn(version)),
                plan.spec().withDeleted() ? plan.deletions().stream().toList() : List.<DeletionRule>of(),
                false,
                Optional.empty(),
                notes());
    }

    private FieldType type(String name) {
        return plan.known(name)
                .map(AccountEngagementField::type)
                .or(() -> custom.called(plan.nameOfFive(name)).map(AccountEngagementCustomFields.Listed::fieldType))
                .orElse(FieldType.TEXT);
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        unknownFields().ifPresent(notes::add);
        deletions().ifPresent(notes::add);
        procedure().ifPresent(notes::add);
        if (!plan.fixedAfter().isEmpty() || !plan.fixedBefore().isEmpty()) {
            notes.add("the windows have a configured bound: what changes beyond it is never exported");
        }
        return notes;
    }

    private Optional<String> unknownFields() {
        String unknown = plan.fields().stream()
                .filter(name -> plan.known(name).isEmpty())
                .filter(name -> custom.called(plan.nameOfFive(name)).isEmpty())
                .collect(Collectors.joining(", "));
        return noteIf(
                !unknown.isEmpty(),
                (custom.denied()
                                ? "the API user may not see the custom fields, so that these could not be looked up: "
                                : "the bridge does not know these fields, and Account Engagement may refuse them: ")
                        + unknown + "; they are read as text");
    }

    private Optional<String> deletions() {
        if (!plan.spec().withDeleted()) {
            return Optional.empty();
        }
        if (plan.deletions().isEmpty()) {
            return Optional.of(
                    plan.object().knowsDeleted()
                            ? plan.object().vendorName()
                                    + " shows no flag of deletion; deleted records are not asked for"
                            : plan.object().vendorName() + " has no deletions that exports could tell");
        }
        return noteIf(
                plan.object().knowsDeleted() && plan.deleted().equals("false"),
                "deleted is false, so that deleted records stay away and deletions are not seen");
    }

    private Optional<String> procedure() {
        return noteIf(
                plan.object().procedures().contains(AccountEngagementProcedure.UPDATED)
                        && plan.procedure() != AccountEngagementProcedure.UPDATED,
                "records are chosen by " + plan.procedure().word()
                        + ": what changes later in a record that is not chosen again is not seen");
    }

    private static Optional<String> noteIf(boolean holds, String note) {
        return holds ? Optional.of(note) : Optional.empty();
    }
}
