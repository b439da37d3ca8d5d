package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiRequest;
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
import io.tidemark.system.answer.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The exports of one stream. Records that are asked for by their keys are read one by one instead. */
record AccountEngagementExport(ExportSpec spec, AccountEngagementSettings settings) implements Export {

    /** Nothing in the vendor's system is older than itself. */
    private static final Instant EARLIEST = Instant.parse("2007-01-01T00:00:00Z");

    /** A year at most, and nobody says whether it has 365 or 366 days. A second at the start is the bridge's. */
    private static final Duration LONGEST = Duration.ofDays(364);

    /** The id of what is no export at the vendor. */
    private static final String PAGES = "pages";

    AccountEngagementExport {
        requireNonNull(spec, "spec is null");
        requireNonNull(settings, "settings is null");
    }

    private AccountEngagementAnswers answers() {
        return new AccountEngagementAnswers(settings.accountZone(), spec.stream());
    }

    private AccountEngagementPlan plan() {
        return AccountEngagementPlan.of(spec, settings);
    }

    @Override
    public ExportLimits limits() {
        boolean byKeys = spec.resource().equals(AccountEngagementObject.PROSPECT.vendorName());
        return new ExportLimits(EARLIEST, Optional.of(LONGEST), false, byKeys, true);
    }

    @Override
    public Step<Shape> shape() {
        AccountEngagementPlan plan = plan();
        Step<AccountEngagementCustomFields> custom = plan.hasCustomFields()
                ? AccountEngagementCustomFields.all(answers())
                : Step.done(AccountEngagementCustomFields.NONE);
        return custom.map(known -> new AccountEngagementShape(plan, known).shape());
    }

    @Override
    public Step<Requested> request(ExportRequest request) {
        if (!request.keys().isEmpty()) {
            return Step.done(new Requested(PAGES, request.to(), false, List.of()));
        }
        AccountEngagementPlan plan = plan();
        return answers()
                .call(
                        AccountEngagementCalls.create(
                                settings, plan.body(request).toString()),
                        json -> new Requested(
                                AccountEngagementJob.of(json).id(),
                                plan.end(request).orElse(request.to()),
                                false,
                                List.of()));
    }

    @Override
    public Step<JobStatus> status(String jobId, ExportRequest request) {
        if (jobId.equals(PAGES)) {
            return Step.done(new JobStatus.Ready(PAGES, pages(request.keys()), OptionalLong.empty(), request.to()));
        }
        return status(jobId, settings.stateField(), true);
    }

    private List<ExportPart> pages(List<String> keys) {
        return keys.isEmpty()
                ? List.of()
                : List.of(new ExportPages(
                        new AccountEngagementPages(new AccountEngagementProspects(plan()), keys).first()));
    }

    /** Nobody says for sure what version 5 calls the state, and an unknown field is refused: the other name may do. */
    private Step<JobStatus> status(String jobId, String stateField, boolean first) {
        ApiRequest request = AccountEngagementCalls.read(settings, jobId, stateField);
        return new Step.Call<>(request, answer -> {
            boolean unknownField = AccountEngagementError.in(answer)
                    .filter(AccountEngagementError::isOfField)
                    .isPresent();
            if (first && unknownField && settings.isFive()) {
                return status(jobId, otherThan(stateField), false);
            }
            return Step.done(status(request, answer));
        });
    }

    private static String otherThan(String stateField) {
        return stateField.equals(AccountEngagementOptions.STATE)
                ? AccountEngagementOptions.STATUS
                : AccountEngagementOptions.STATE;
    }

    private JobStatus status(ApiRequest request, ApiAnswer answer) {
        Optional<AccountEngagementError> error = AccountEngagementError.in(answer);
        boolean gone = error.map(known -> known.saysGone() || known.isOfState()).orElse(answer.status() == 404);
        return gone
                ? new JobStatus.Gone(error.map(known -> "code " + known.code()).orElse("404"))
                : AccountEngagementJob.of(answers().read(request, answer, Sent.NOTHING))
                        .status();
    }

    /** An expired export, and a token that ended meanwhile, are mended by asking the export again. */
    @Override
    public Optional<String> noFile(ApiAnswer answer) {
        return AccountEngagementError.in(answer).map(error -> {
            if (!error.isOfState() && !error.saysGone() && !error.isOfToken()) {
                throw answers().failure("the download of a file", answer, error);
            }
            return "code " + error.code();
        });
    }

    @Override
    public Optional<Step<Boolean>> cancel(String jobId) {
        if (jobId.equals(PAGES)) {
            return Optional.empty();
        }
        ApiRequest request = AccountEngagementCalls.cancel(settings, jobId);
        return Optional.of(Step.call(request, answer -> canceled(request, answer)));
    }

    /** One that is at its end, or not there any more, is not canceled. */
    private boolean canceled(ApiRequest request, ApiAnswer answer) {
        boolean over = AccountEngagementError.in(answer)
                .map(error -> error.isOfState() || error.saysGone())
                .orElse(answer.status() == 404);
        if (!over) {
            answers().check(request, answer, Sent.NOTHING);
        }
        return !over;
    }
}
