package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.DeletionRule;
import io.tidemark.system.Export;
import io.tidemark.system.ExportLimits;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPart;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Requested;
import io.tidemark.system.Shape;
import io.tidemark.system.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Contacts or people, read by lists; there is no job at the vendor. */
record MpdxListing(MpdxCalls calls, MpdxKind kind, ExportSpec spec) implements Export {

    private static final ExportLimits LIMITS = new ExportLimits(Instant.EPOCH, Optional.empty(), false, true, false);
    private static final String JOB = "pages";

    MpdxListing {
        requireNonNull(calls, "calls is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(spec, "spec is null");
    }

    @Override
    public ExportLimits limits() {
        return LIMITS;
    }

    @Override
    public Step<Shape> shape() {
        MpdxFilter filter = MpdxFilter.of(spec);
        return Step.done(new Shape(
                spec.key().isEmpty() ? List.of(MpdxField.ID) : spec.key(),
                kind.fields().stream().map(MpdxField::toField).toList(),
                Optional.of(MpdxField.UPDATED_AT),
                deletions(),
                showsDeletions(),
                Optional.empty(),
                notes(filter)));
    }

    private List<DeletionRule> deletions() {
        return spec.deletion()
                .map(List::of)
                .orElseGet(() -> showsDeletions() ? List.of(new DeletionRule(MpdxField.DELETED, Set.of())) : List.of());
    }

    private boolean showsDeletions() {
        return kind == MpdxKind.CONTACTS && spec.withDeleted();
    }

    private List<String> notes(MpdxFilter filter) {
        var notes = new ArrayList<String>();
        if (kind == MpdxKind.PEOPLE && spec.withDeleted()) {
            notes.add("MPDX has no feed of deleted people; a full comparison (reconcile-schedule) finds them");
        }
        if (kind == MpdxKind.CONTACTS && !filter.status().equals(MpdxOptions.EVERY_STATUS)) {
            notes.add("contacts whose status is none of " + filter.status()
                    + " are not listed; one that changes to such a status keeps its last row");
        }
        if (!filter.further().isEmpty()) {
            notes.add("a record that no longer fits the filter keeps its last row");
        }
        return notes;
    }

    @Override
    public Step<Requested> request(ExportRequest request) {
        return Step.done(new Requested(JOB, request.to(), false, List.of()));
    }

    @Override
    public Step<JobStatus> status(String jobId, ExportRequest request) {
        return Step.done(new JobStatus.Ready(JOB, parts(request), OptionalLong.empty(), request.to()));
    }

    /** Deletions come first, so that a record that is there counts as there. */
    private List<ExportPart> parts(ExportRequest request) {
        if (!request.keys().isEmpty()) {
            return List.of(new ExportPages(new MpdxIds(calls, kind).pages(request.keys())));
        }
        Instant to = Optional.ofNullable(request.to())
                .orElseThrow(() -> new IllegalArgumentException("MPDX does not end a window by itself"));
        var parts = new ArrayList<ExportPart>();
        if (showsDeletions()) {
            int days = Integer.parseInt(MpdxOptions.value(spec.parameters(), MpdxOptions.DELETION_OVERLAP_DAYS));
            parts.add(new ExportPages(new MpdxDeletions(calls, days).since(request.from())));
        }
        parts.add(new ExportPages(new MpdxWindow(calls, kind, MpdxFilter.of(spec), to).from(request.from())));
        return parts;
    }
}
