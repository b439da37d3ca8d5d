package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list by numbered pages until every record that MPDX counts was seen. The order of records that sort alike may be
 * another one on each page, so that one pass can miss some; then there is another pass.
 *
 * @param what the records, for messages
 * @param calls the call for a page, by its number from 1 on
 * @param reader what is in its answer
 * @param after the page behind the last one, empty where there is none
 */
record MpdxSweep(
        String what,
        List<String> fields,
        Function<Integer, ApiRequest> calls,
        Function<Json, Swept> reader,
        Optional<Supplier<Step<Page>>> after) {

    private static final int MOST_PASSES = 20;

    MpdxSweep {
        requireNonNull(what, "what is null");
        fields = List.copyOf(fields);
        requireNonNull(calls, "calls is null");
        requireNonNull(reader, "reader is null");
        requireNonNull(after, "after is null");
    }

    /**
     * What is on a page.
     *
     * @param ids of all its records
     * @param rows of those that are wanted
     * @param total how many records there are on all pages
     */
    record Swept(List<String> ids, List<List<@Nullable String>> rows, long total) {
        Swept {
            ids = List.copyOf(ids);
            rows = List.copyOf(rows);
        }
    }

    Step<Page> first() {
        return page(new Place(1, 1, 0, Set.of(), -1));
    }

    private Step<Page> page(Place place) {
        return MpdxAnswers.call(calls.apply(place.page), json -> {
            Swept swept = reader.apply(json);
            return new Page(fields, swept.rows(), next(place.passed(swept), swept));
        });
    }

    private Optional<Supplier<Step<Page>>> next(Place place, Swept swept) {
        boolean passOver = swept.ids().isEmpty() || place.counted >= swept.total();
        if (!passOver) {
            return Optional.of(() -> page(place.nextPage()));
        }
        if (place.seen.size() >= swept.total()) {
            return after;
        }
        if (place.pass == MOST_PASSES) {
            throw new ApiException.RetryLater(
                    "MPDX counts " + swept.total() + " " + what + " and showed " + place.seen.size() + " of them in "
                            + MOST_PASSES + " passes",
                    Optional.empty());
        }
        return Optional.of(() -> page(place.nextPass()));
    }

    /**
     * How far it is.
     *
     * @param counted records of this pass
     * @param seen ids since the total last changed
     * @param total as the last page told, -1 before the first
     */
    private record Place(int page, int pass, long counted, Set<String> seen, long total) {

        /** A changed total means that records came or went: what was seen before no longer proves anything. */
        Place passed(Swept swept) {
            var all = new HashSet<String>(total < 0 || total == swept.total() ? seen : Set.of());
            all.addAll(swept.ids());
            return new Place(page, pass, counted + swept.ids().size(), all, swept.total());
        }

        Place nextPage() {
            return new Place(page + 1, pass, counted, seen, total);
        }

        Place nextPass() {
            return new Place(1, pass + 1, 0, seen, total);
        }
    }
}
