package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an export of a stream looks like, and what a person should know of it. */
record RebillyShape(RebillySelection selection, RebillyCustomFields custom) {

    RebillyShape {
        requireNonNull(selection, "selection is null");
        requireNonNull(custom, "custom is null");
    }

    Shape shape() {
        return new Shape(
                selection.key().stream().map(selection.headings()::of).toList(),
                selection.fields(custom),
                Optional.of(RebillyResource.CHANGED).filter(selection::holds).map(selection.headings()::of),
                selection.spec().deletion().stream().toList(),
                false,
                Optional.empty(),
                notes());
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        rangeNote(notes);
        if (!selection.holds(RebillyResource.CHANGED)) {
            notes.add("without " + RebillyResource.CHANGED + " newest-wins has no time to compare");
        }
        if (!selection.unknown().isEmpty()) {
            notes.add("not documented for " + selection.resource().name() + ", read as text: "
                    + String.join(", ", selection.unknown()));
        }
        if (selection.spec().withDeleted()) {
            notes.add(
                    "Rebilly's exports show no deletions; customers are merged and the duplicate stops appearing, which"
                            + " a reconcile finds");
        }
        if (selection.holds("firstName") || selection.holds("lastName")) {
            notes.add("firstName and lastName mirror the primary address and cannot be written; export"
                    + " primaryAddress/firstName and primaryAddress/lastName to edit them");
        }
        return notes;
    }

    private void rangeNote(List<String> notes) {
        RebillyParameters parameters = selection.parameters();
        if (parameters.followed()) {
            notes.add(
                    "a recurring export is followed: what it holds is decided at Rebilly, and a file is loaded when it is"
                            + " newer than the watermark less the overlap");
        } else if (parameters.rangeStart().isPresent()) {
            notes.add("the date range is configured and replaces the window's; changes outside of it are not seen");
        } else if (!parameters.rangeField().equals(RebillyResource.CHANGED)) {
            notes.add("windows go by " + parameters.rangeField() + "; a record that changes later is not seen again");
        } else if (!parameters.byList() && !selection.resource().name().equals("transactions")) {
            notes.add("Rebilly does not document that a date range can go by " + RebillyResource.CHANGED + " for "
                    + selection.resource().name()
                    + (selection.resource().isCustomers()
                            ? "; where it cannot, set " + selection.option(RebillyOptions.READ_BY) + "=list"
                            : ""));
        }
    }
}
