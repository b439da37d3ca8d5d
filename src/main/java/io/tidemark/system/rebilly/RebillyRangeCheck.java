package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether an export of customers may have gone by another time than that of the change, which the vendor does not rule
 * out and which would lose edits unseen. The list of customers is the witness: where it shows more customers that changed
 * inside the window than the export holds, the export did not go by their change. A customer that changes again
 * meanwhile only leaves the list, and a list that does not honour the filter proves nothing.
 */
record RebillyRangeCheck(RebillySelection selection, RebillyCalls calls, ExportRequest request) {

    RebillyRangeCheck {
        requireNonNull(selection, "selection is null");
        requireNonNull(calls, "calls is null");
        requireNonNull(request, "request is null");
    }

    Step<JobStatus> of(JobStatus status) {
        return status instanceof JobStatus.Ready ready && ready.records().isPresent() && applies()
                ? look(ready, RebillyResource.CHANGED)
                        .flatMap(first -> first.isEmpty()
                                ? Step.done(status)
                                : look(ready, "-" + RebillyResource.CHANGED)
                                        .map(last -> last.isEmpty() ? status : distrusted(ready, last.get())))
                : Step.done(status);
    }

    private boolean applies() {
        RebillyParameters parameters = selection.parameters();
        return parameters.verifyRange()
                && selection.resource().isCustomers()
                && request.keys().isEmpty()
                && request.to() != null
                && parameters.filter().isEmpty()
                && parameters.search().isEmpty()
                && parameters.rangeStart().isEmpty()
                && parameters.rangeField().equals(RebillyResource.CHANGED);
    }

    /** How many customers the list has inside the window where they are more, seen from one end of it. */
    private Step<Optional<Long>> look(JobStatus.Ready ready, String sort) {
        String filter = RebillyResource.CHANGED + ":" + start() + ".." + end();
        ApiRequest call = calls.customers(filter, "", sort, 1, 0);
        return Step.call(call, answer -> more(answer, ready));
    }

    /** An answer that cannot be read proves nothing. */
    private Optional<Long> more(ApiAnswer answer, JobStatus.Ready ready) {
        List<Json> shown = RebillyAnswers.listed(answer);
        boolean inside = !shown.isEmpty()
                && new RebillyRecord(shown.get(0))
                        .text(RebillyResource.CHANGED)
                        .filter(this::inside)
                        .isPresent();
        OptionalLong total = RebillyAnswers.total(answer);
        return inside && total.orElse(0) > ready.records().orElse(Long.MAX_VALUE)
                ? Optional.of(total.getAsLong())
                : Optional.empty();
    }

    private boolean inside(String time) {
        try {
            Instant changed = OffsetDateTime.parse(time).toInstant();
            return !changed.isBefore(start()) && !changed.isAfter(end());
        } catch (DateTimeException notATime) {
            return false;
        }
    }

    /** The ends are left out: whether they belong to a range is not known. */
    private Instant start() {
        return request.from().plusSeconds(1);
    }

    private Instant end() {
        return requireNonNull(request.to()).minusSeconds(1);
    }

    private JobStatus distrusted(JobStatus.Ready ready, long listed) {
        return new JobStatus.Failed(
                ready.word(),
                "the export holds " + ready.records().orElse(0) + " customers, but Rebilly lists " + listed
                        + " that changed inside the window, so that its range did not go by "
                        + RebillyResource.CHANGED + ". Set " + selection.option(RebillyOptions.READ_BY)
                        + "=list to read the list instead, or " + selection.option(RebillyOptions.VERIFY_DATE_RANGE)
                        + "=false if you know better");
    }
}
