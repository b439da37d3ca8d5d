package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which fields a stream holds, and how they are headed. The same for the shape, for every request and for writing.
 *
 * @param asked the fields by their own names: those that are always asked for, then the stream's
 */
record RebillySelection(
        ExportSpec spec,
        RebillyResource resource,
        RebillyParameters parameters,
        List<String> asked,
        RebillyHeadings headings) {

    RebillySelection {
        requireNonNull(spec, "spec is null");
        requireNonNull(resource, "resource is null");
        requireNonNull(parameters, "parameters is null");
        asked = List.copyOf(asked);
        requireNonNull(headings, "headings is null");
    }

    static RebillySelection of(ExportSpec spec) {
        RebillyResource resource = RebillyResource.named(spec.resource());
        RebillyParameters parameters = RebillyParameters.of(spec).checked(spec, resource);
        Set<String> asked = new LinkedHashSet<>(parameters.alwaysFields().orElseGet(resource::alwaysFields));
        asked.addAll(spec.key());
        asked.addAll(parameters.fields().isEmpty() ? resource.usualFields() : parameters.fields());
        spec.deletion().ifPresent(rule -> asked.add(rule.field()));
        List<String> fields = List.copyOf(asked);
        RebillyHeadings headings = RebillyHeadings.of(
                parameters.headings(), fields, RebillyParameters.key(spec, RebillyOptions.CSV_HEADER));
        var selection = new RebillySelection(spec, resource, parameters, fields, headings);
        selection.refuseCustomFieldsElsewhere();
        return selection;
    }

    private void refuseCustomFieldsElsewhere() {
        if (!custom().isEmpty() && !resource.customFields()) {
            throw new ApiException.Refused(option(RebillyOptions.FIELDS) + " names " + custom().get(0) + ", but "
                    + resource.name() + " have no custom fields");
        }
    }

    String option(String name) {
        return RebillyParameters.key(spec, name);
    }

    List<String> key() {
        return spec.key().isEmpty() ? List.of(RebillyResource.KEY) : spec.key();
    }

    List<String> custom() {
        return asked.stream()
                .filter(name -> name.startsWith(RebillyField.CUSTOM))
                .toList();
    }

    boolean holds(String field) {
        return asked.contains(field);
    }

    /** The custom fields that the stream holds, asked for only where it holds any. */
    Step<RebillyCustomFields> customFields(RebillyCalls calls) {
        return custom().isEmpty() ? Step.done(RebillyCustomFields.NONE) : RebillyCustomFields.of(resource, calls);
    }

    /** The fields under their headings. */
    List<Field> fields(RebillyCustomFields custom) {
        var fields = new ArrayList<Field>();
        for (String name : asked) {
            RebillyField field = name.startsWith(RebillyField.CUSTOM)
                    ? custom.require(name, option(RebillyOptions.FIELDS))
                    : resource.field(name).orElseGet(() -> RebillyField.unknown(name));
            fields.add(new Field(
                    headings.of(name), field.type(), resource.alwaysFields().contains(name)));
        }
        return fields;
    }

    /** Fields that the vendor's documents do not know. */
    List<String> unknown() {
        return asked.stream()
                .filter(name -> !name.startsWith(RebillyField.CUSTOM))
                .filter(name -> resource.field(name).isEmpty())
                .toList();
    }
}
