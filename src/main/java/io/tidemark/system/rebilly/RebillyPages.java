package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Sweep;
import io.tidemark.system.answer.Sweep.Swept;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Customers read by calls: those of a window by the list, ascending by the time of their change and going on from the
 * last time seen, because the list ends after some 2,000 customers; and those of a read-back one by one. In which order
 * the list shows customers that changed at one time is not documented, and may be another one in each call: where they do
 * not fit on a page, they are read until as many are seen as the list counts. A list that does not keep to what it was
 * asked for is refused, because customers may be missing from it.
 *
 * @see <a href="https://www.rebilly.com/docs/dev-docs/search-filters">Search filters</a>
 */
record RebillyPages(RebillySelection selection, RebillyCalls calls) {

    /** The job id of what no job is made for. */
    static final String JOB = "pages";

    static final int LIMIT = 100;

    /** The most that a call shows, and the last place at which one can begin. */
    private static final int MOST = 1000;

    RebillyPages {
        requireNonNull(selection, "selection is null");
        requireNonNull(calls, "calls is null");
    }

    ExportPages of(ExportRequest request) {
        return new ExportPages(
                request.keys().isEmpty()
                        ? window(request.from(), Optional.ofNullable(request.to()))
                        : byKey(request.keys()));
    }

    private Step<Page> window(Instant start, Optional<Instant> end) {
        ApiRequest call = list(start, end, LIMIT, 0);
        return Step.call(call, answer -> {
            List<RebillyRecord> shown = shown(call, answer, start, end);
            OptionalLong total = RebillyAnswers.total(answer);
            boolean all = total.isPresent() ? shown.size() >= total.getAsLong() : shown.size() < LIMIT;
            return new Page(headings(), rows(shown), all ? Optional.empty() : Optional.of(after(shown, start, end)));
        });
    }

    private Supplier<Step<Page>> after(List<RebillyRecord> shown, Instant start, Optional<Instant> end) {
        if (shown.isEmpty()) {
            throw new ApiException.Refused(
                    "Rebilly counts customers for " + range(start, end) + " and shows none. " + byExport());
        }
        Instant last = time(shown.get(shown.size() - 1));
        return last.isAfter(start)
                ? () -> window(last, end)
                : () -> oneSecond(start.truncatedTo(ChronoUnit.SECONDS), end).first();
    }

    /** Everything from one second to the next, so that it does not matter whether the list shows parts of a second. */
    private Sweep oneSecond(Instant second, Optional<Instant> end) {
        Instant next = second.plusSeconds(1);
        Optional<Instant> sooner = end.filter(to -> !to.isAfter(next));
        Optional<Instant> until = Optional.of(sooner.orElse(next));
        return new Sweep(
                "Rebilly counts %d customers that changed at " + second,
                headings(),
                (page, before) -> swept(second, until, before),
                sooner.isPresent() ? Optional.empty() : Optional.of(() -> window(next, end)));
    }

    private Step<Swept> swept(Instant second, Optional<Instant> until, long before) {
        if (before > MOST) {
            throw tooMany(second);
        }
        ApiRequest call = list(second, until, MOST, (int) before);
        return Step.call(call, answer -> {
            List<RebillyRecord> shown = shown(call, answer, second, until);
            return new Swept(
                    shown.stream()
                            .map(customer -> customer.text(RebillyResource.KEY)
                                    .orElseThrow(() -> customer.json().unexpected(RebillyResource.KEY)))
                            .toList(),
                    rows(shown),
                    RebillyAnswers.total(answer)
                            .orElseThrow(
                                    () -> new ApiException.Refused("Rebilly does not say how many customers changed"
                                            + " at " + second + ", so that none can be told from all. "
                                            + byExport())));
        });
    }

    private ApiException.Refused tooMany(Instant second) {
        return new ApiException.Refused(
                "more customers changed at " + second + " than Rebilly's list shows. " + byExport());
    }

    private String byExport() {
        return "Load this window by exports, with " + selection.option(RebillyOptions.READ_BY) + "=export";
    }

    private ApiRequest list(Instant start, Optional<Instant> end, int limit, int offset) {
        String filter = range(start, end);
        String all =
                selection.parameters().filter().map(more -> filter + ";" + more).orElse(filter);
        return calls.customers(all, selection.parameters().search().orElse(""), RebillyResource.CHANGED, limit, offset);
    }

    private static String range(Instant start, Optional<Instant> end) {
        return RebillyResource.CHANGED + ":" + start + ".."
                + end.map(Instant::toString).orElse("");
    }

    /** What a list shows, where it keeps to the range and to the order; times may be shown without parts of a second. */
    private List<RebillyRecord> shown(ApiRequest call, ApiAnswer answer, Instant start, Optional<Instant> end) {
        List<RebillyRecord> shown = RebillyAnswers.read(call, answer, Sent.NOTHING).elements().stream()
                .map(RebillyRecord::new)
                .toList();
        Instant before = start.truncatedTo(ChronoUnit.SECONDS);
        for (RebillyRecord customer : shown) {
            Instant time = time(customer);
            if (time.isBefore(before)
                    || end.filter(to -> time.isAfter(to.plusSeconds(1))).isPresent()) {
                throw new ApiException.Refused("Rebilly listed a customer that changed at " + time
                        + " although it was asked for " + range(start, end)
                        + " in ascending order: its list does not keep"
                        + " to that, so that customers may be missing. " + byExport());
            }
            before = time;
        }
        return shown;
    }

    private static Instant time(RebillyRecord customer) {
        try {
            return OffsetDateTime.parse(customer.text(RebillyResource.CHANGED)
                            .orElseThrow(() -> customer.json().unexpected(RebillyResource.CHANGED)))
                    .toInstant();
        } catch (DateTimeException notATime) {
            throw customer.json().unexpected(RebillyResource.CHANGED + " that is a time");
        }
    }

    private List<List<@Nullable String>> rows(List<RebillyRecord> shown) {
        var rows = new ArrayList<List<@Nullable String>>();
        shown.forEach(customer -> rows.add(customer.cells(selection.asked())));
        return rows;
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
