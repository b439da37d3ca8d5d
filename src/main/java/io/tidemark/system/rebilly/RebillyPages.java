package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Customers read by calls: those of a window by the list, ascending by the time of their change and going on from the
 * last time seen, because the list ends after some 2,000 customers; and those of a read-back one by one.
 *
 * @see <a href="https://www.rebilly.com/docs/dev-docs/search-filters">Search filters</a>
 */
record RebillyPages(RebillySelection selection, RebillyCalls calls) {

    /** The job id of what no job is made for. */
    static final String JOB = "pages";

    static final int LIMIT = 100;

    /** Less than a page: whoever leaves the page before lets nobody be skipped. */
    private static final int STEP = 75;

    private static final int LAST_OFFSET = 1000;

    RebillyPages {
        requireNonNull(selection, "selection is null");
        requireNonNull(calls, "calls is null");
    }

    ExportPages of(ExportRequest request) {
        return new ExportPages(
                request.keys().isEmpty() ? window(request, request.from().toString(), 0) : byKey(request.keys()));
    }

    private Step<Page> window(ExportRequest request, String start, int offset) {
        String filter = RebillyResource.CHANGED + ":" + start + ".." + (request.to() == null ? "" : request.to());
        String all =
                selection.parameters().filter().map(more -> filter + ";" + more).orElse(filter);
        ApiRequest call = calls.customers(
                all, selection.parameters().search().orElse(""), RebillyResource.CHANGED, LIMIT, offset);
        return RebillyAnswers.call(call, list -> page(list, request, start, offset));
    }

    private Page page(Json list, ExportRequest request, String start, int offset) {
        var rows = new ArrayList<List<@Nullable String>>();
        String last = start;
        for (Json element : list.elements()) {
            var customer = new RebillyRecord(element);
            rows.add(customer.cells(selection.asked()));
            last = customer.text(RebillyResource.CHANGED)
                    .orElseThrow(() -> element.unexpected(RebillyResource.CHANGED));
        }
        return new Page(
                headings(),
                rows,
                rows.size() < LIMIT ? Optional.empty() : Optional.of(next(request, start, last, offset)));
    }

    private Supplier<Step<Page>> next(ExportRequest request, String start, String last, int offset) {
        if (!last.equals(start)) {
            return () -> window(request, last, 0);
        }
        if (offset + STEP > LAST_OFFSET) {
            throw new ApiException.Refused("more customers changed at " + start
                    + " than Rebilly's list shows; load this window by exports, with "
                    + selection.option(RebillyOptions.READ_BY) + "=export");
        }
        return () -> window(request, start, offset + STEP);
    }

    private Step<Page> byKey(List<String> keys) {
        ApiRequest call = calls.customer(keys.get(0));
        return Step.call(call, answer -> one(call, answer, keys));
    }

    private Page one(ApiRequest call, ApiAnswer answer, List<String> keys) {
        boolean gone = RebillyAnswers.missing(call, answer, Sent.NOTHING).isPresent();
        List<List<@Nullable String>> rows = gone
                ? List.of()
                : List.of(new RebillyRecord(RebillyAnswers.read(call, answer, Sent.NOTHING)).cells(selection.asked()));
        List<String> rest = keys.subList(1, keys.size());
        return new Page(headings(), rows, rest.isEmpty() ? Optional.empty() : Optional.of(() -> byKey(rest)));
    }

    private List<String> headings() {
        return selection.asked().stream().map(selection.headings()::of).toList();
    }
}
