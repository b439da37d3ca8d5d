package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Export;
import io.tidemark.system.ExportLimits;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Requested;
import io.tidemark.system.ResourceDescription.CustomField;
import io.tidemark.system.Shape;
import io.tidemark.system.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changed entity export jobs of one stream. */
record EveryActionExport(ExportSpec spec, EveryActionParameters parameters) implements Export {

    EveryActionExport {
        requireNonNull(spec, "spec is null");
        requireNonNull(parameters, "parameters is null");
    }

    @Override
    public Optional<Instant> from() {
        return parameters.from();
    }

    @Override
    public Optional<Instant> to() {
        return parameters.to();
    }

    @Override
    public Optional<Boolean> withoutOwnChanges() {
        return parameters.excludeChangesFromSelf();
    }

    @Override
    public ExportLimits limits() {
        return new ExportLimits(Instant.EPOCH, Optional.empty(), true, EveryActionResource.isKeyed(spec), false);
    }

    @Override
    public Step<Shape> shape() {
        return EveryActionSource.visibleResources().flatMap(visible -> {
            refuseUnlessVisible(visible);
            refuseCustomFieldsElsewhere();
            return selection().flatMap(this::shape);
        });
    }

    private Step<Shape> shape(EveryActionSelection selection) {
        return EveryActionChangeType.of(spec.resource())
                .flatMap(changeTypes -> customFields()
                        .map(custom -> new EveryActionShape(spec, parameters, selection, changeTypes, custom).shape()));
    }

    private void refuseUnlessVisible(List<String> visible) {
        if (!visible.contains(spec.resource())) {
            throw new ApiException.Refused("the key cannot export " + spec.resource() + "; it can export "
                    + (visible.isEmpty() ? "nothing" : String.join(", ", visible)) + ". Ask EveryAction to grant "
                    + spec.resource() + " to the key, or change tidemark.streams." + spec.stream() + ".resource");
        }
    }

    private void refuseCustomFieldsElsewhere() {
        if (!parameters.customFieldIds().isEmpty() && !EveryActionResource.hasCustomFields(spec.resource())) {
            throw new ApiException.Refused("tidemark.streams." + spec.stream() + ".export."
                    + EveryActionOptions.REQUESTED_CUSTOM_FIELD_IDS + " is for " + EveryActionResource.CONTACTS
                    + " and "
                    + EveryActionResource.CONTRIBUTIONS + "; " + spec.resource()
                    + " has no custom fields. Take the key out");
        }
    }

    private Step<EveryActionSelection> selection() {
        return EveryActionFields.of(spec.resource()).map(fields -> EveryActionSelection.of(spec, parameters, fields));
    }

    private Step<List<CustomField>> customFields() {
        return parameters.customFieldIds().isEmpty() ? Step.done(List.of()) : EveryActionCustomFields.all();
    }

    /** Asks for the fields first: only what a resource has may be asked for, and keys differ in what they see. */
    @Override
    public Step<Requested> request(ExportRequest request) {
        return selection().flatMap(selection -> {
            var body = EveryActionBody.of(spec, parameters, selection.asked(), request);
            return EveryActionAnswers.call(
                    EveryActionCalls.createJob(body.json()), json -> new EveryActionJob(json).requested(body));
        });
    }

    @Override
    public Step<JobStatus> status(String jobId, ExportRequest asked) {
        ApiRequest request = EveryActionCalls.job(jobId);
        return Step.call(request, answer -> status(request, answer));
    }

    private static JobStatus status(ApiRequest request, ApiAnswer answer) {
        return answer.status() == 404
                ? new JobStatus.Gone("404")
                : new EveryActionJob(EveryActionAnswers.read(request, answer)).status();
    }
}
