package io.tidemark.system.rebilly;

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
import io.tidemark.system.Shape;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Data exports of one stream. Customers that are asked for by their keys, and customers of a stream that reads by the
 * list, come by calls instead.
 *
 * @see <a href="https://www.rebilly.com/docs/dev-docs/export-configuration">Export configuration</a>
 */
record RebillyExport(ExportSpec spec, RebillyCalls calls) implements Export {

    private static final Pattern FIELD = Pattern.compile("fields[./\\[](\\d{1,4})]?");
    private static final int LIST = 100;
    private static final int LAST_OFFSET = 1000;

    RebillyExport {
        requireNonNull(spec, "spec is null");
        requireNonNull(calls, "calls is null");
    }

    @Override
    public ExportLimits limits() {
        boolean byId = spec.key().isEmpty() || spec.key().equals(List.of(RebillyResource.KEY));
        return new ExportLimits(Instant.EPOCH, Optional.empty(), false, byId, false);
    }

    @Override
    public Step<Shape> shape() {
        RebillySelection selection = RebillySelection.of(spec);
        return selection.customFields(calls).map(custom -> new RebillyShape(selection, custom).shape());
    }

    @Override
    public Step<Requested> request(ExportRequest request) {
        RebillySelection selection = RebillySelection.of(spec);
        if (byPages(selection, request)) {
            return Step.done(new Requested(RebillyPages.JOB, request.to(), false, List.of()));
        }
        if (request.keys().isEmpty() && selection.parameters().followed()) {
            return followed(selection, request);
        }
        RebillyOrder order = RebillyOrder.of(selection, request);
        return recent(selection, order)
                .flatMap(found -> found.isPresent()
                        ? Step.done(found.get().requested(order, request))
                        : create(selection, order, request));
    }

    private static boolean byPages(RebillySelection selection, ExportRequest request) {
        boolean readBack = !request.keys().isEmpty() && selection.resource().isCustomers();
        return readBack || selection.parameters().byList();
    }

    /** Looks for the export whose answer was lost; where the list cannot be had, a second export is the price. */
    private Step<Optional<RebillyJob>> recent(RebillySelection selection, RebillyOrder order) {
        ApiRequest call = calls.exportList(LIST, 0);
        return Step.call(call, answer -> {
            if (answer.status() == 404 || answer.status() == 422) {
                return Optional.empty();
            }
            Instant now = RebillyAnswers.serverTime(answer);
            return jobs(selection, RebillyAnswers.read(call, answer, Sent.NOTHING)).stream()
                    .filter(job -> job.answers(order, now))
                    .findFirst();
        });
    }

    private List<RebillyJob> jobs(RebillySelection selection, Json list) {
        return list.elements().stream()
                .map(each -> new RebillyJob(each, selection, calls))
                .toList();
    }

    private Step<Requested> create(RebillySelection selection, RebillyOrder order, ExportRequest request) {
        ApiRequest call = calls.createExport(order.toString());
        return Step.call(call, answer -> {
            refuseTooMuch(answer);
            refuseRangeField(selection, answer);
            refuseFields(selection, answer);
            return new RebillyJob(RebillyAnswers.read(call, answer, Sent.NOTHING), selection, calls)
                    .requested(order, request);
        });
    }

    private static void refuseTooMuch(ApiAnswer answer) {
        RebillyAnswers.problem(answer, RebillyAnswers.TOO_MANY_RECORDS)
                .filter(problem -> !answer.successful())
                .ifPresent(problem -> {
                    throw new ApiException.TooMuch("Rebilly will not export " + count(problem.whole("matchedRecords"))
                            + " records at once, " + count(problem.whole("maxRecords")) + " is the most");
                });
    }

    private static String count(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "so many";
    }

    private static void refuseRangeField(RebillySelection selection, ApiAnswer answer) {
        boolean rangeField = answer.status() == 422
                && RebillyAnswers.invalidFields(answer).stream()
                        .anyMatch(name -> name.replace('/', '.').equals("dateRange.field"));
        if (rangeField) {
            String resource = selection.resource().name();
            throw new ApiException.Refused(
                    "Rebilly does not take "
                            + Words.bounded(selection.parameters().rangeField())
                            + " for the date range of an export of "
                            + resource + RebillyAnswers.reason(answer, Sent.NOTHING) + ". "
                            + (selection.resource().isCustomers()
                                    ? "Set " + selection.option(RebillyOptions.READ_BY)
                                            + "=list to read them by the list call"
                                    : "Set " + selection.option(RebillyOptions.DATE_RANGE_FIELD)
                                            + " to a field it takes, such as createdTime, and use a reconcile for later changes"));
        }
    }

    /** The vendor names a field by its place among those asked for, which tells a person nothing. */
    private static void refuseFields(RebillySelection selection, ApiAnswer answer) {
        List<String> refused = answer.status() == 422
                ? RebillyAnswers.invalidFields(answer).stream()
                        .flatMap(name -> asked(selection, name).stream())
                        .toList()
                : List.of();
        if (!refused.isEmpty()) {
            throw new ApiException.Refused("Rebilly does not export " + String.join(", ", refused) + " of "
                    + selection.resource().name() + RebillyAnswers.reason(answer, Sent.NOTHING)
                    + ". Leave them out: set " + selection.option(RebillyOptions.FIELDS) + " or "
                    + selection.option(RebillyOptions.ALWAYS_FIELDS));
        }
    }

    private static Optional<String> asked(RebillySelection selection, String invalid) {
        Matcher place = FIELD.matcher(invalid);
        return Optional.of(place)
                .filter(Matcher::matches)
                .map(found -> Integer.parseInt(found.group(1)))
                .filter(index -> index < selection.asked().size())
                .map(selection.asked()::get);
    }

    private Step<Requested> followed(RebillySelection selection, ExportRequest request) {
        Optional<String> id = selection.parameters().follow();
        if (id.isPresent()) {
            return Step.done(new Requested(id.get(), request.to(), false, List.of()));
        }
        RebillyOrder order = RebillyOrder.recurring(selection);
        return repeating(selection, order, 0)
                .flatMap(found -> found.isPresent()
                        ? Step.done(found.get().requested(order, request))
                        : create(selection, order, request));
    }

    /** The recurring export that was made before, through the whole list. */
    private Step<Optional<RebillyJob>> repeating(RebillySelection selection, RebillyOrder order, int offset) {
        return RebillyAnswers.call(calls.exportList(LIST, offset), list -> jobs(selection, list))
                .flatMap(jobs -> {
                    Optional<RebillyJob> found =
                            jobs.stream().filter(job -> job.repeats(order)).findFirst();
                    boolean last = jobs.size() < LIST || offset + LIST > LAST_OFFSET;
                    return found.isPresent() || last ? Step.done(found) : repeating(selection, order, offset + LIST);
                });
    }

    @Override
    public Step<JobStatus> status(String jobId, ExportRequest request) {
        RebillySelection selection = RebillySelection.of(spec);
        if (jobId.equals(RebillyPages.JOB)) {
            return Step.done(new JobStatus.Ready(
                    RebillyPages.JOB,
                    List.of(new RebillyPages(selection, calls).of(request)),
                    OptionalLong.empty(),
                    request.to()));
        }
        boolean follows = request.keys().isEmpty() && selection.parameters().followed();
        ApiRequest call = calls.export(jobId, selection.parameters().expand());
        Step<JobStatus> status = Step.call(call, answer -> status(selection, call, answer, follows, request));
        return follows ? status : status.flatMap(new RebillyRangeCheck(selection, calls, request)::of);
    }

    private JobStatus status(
            RebillySelection selection, ApiRequest call, ApiAnswer answer, boolean follows, ExportRequest request) {
        if (answer.status() == 404 && selection.parameters().follow().isPresent() && follows) {
            throw new ApiException.Refused("Rebilly has no data export with the id of "
                    + selection.option(RebillyOptions.FOLLOW) + RebillyAnswers.reason(answer, Sent.NOTHING));
        }
        if (answer.status() == 404) {
            return new JobStatus.Gone("404");
        }
        var job = new RebillyJob(RebillyAnswers.read(call, answer, Sent.NOTHING), selection, calls);
        return follows ? job.followed(request) : job.status();
    }

    /** Deleting is all the cancelling there is; whether it stops an export at work is not documented. */
    @Override
    public Optional<Step<Boolean>> cancel(String jobId) {
        return own(jobId) ? Optional.of(delete(jobId)) : Optional.empty();
    }

    /** Removes a finished export of the bridge's own; one that is followed stays. */
    @Override
    public Optional<Step<Boolean>> finished(String jobId) {
        return own(jobId) && RebillyParameters.of(spec).deleteFinished()
                ? Optional.of(delete(jobId))
                : Optional.empty();
    }

    private boolean own(String jobId) {
        RebillyParameters parameters = RebillyParameters.of(spec);
        return !jobId.equals(RebillyPages.JOB) && !parameters.followed();
    }

    private Step<Boolean> delete(String jobId) {
        ApiRequest call = calls.deleteExport(jobId);
        return Step.call(call, answer -> {
            if (answer.status() == 404 || answer.status() == 422) {
                return answer.status() == 404;
            }
            RebillyAnswers.check(call, answer, Sent.NOTHING);
            return true;
        });
    }
}
