package io.tidemark.system.answer;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list by pages until every record that the vendor counts was seen. The order of records that sort alike may be
 * another one in each call, so that one pass can miss some; then there is another pass.
 *
 * @param what who counts and what, for messages, such as {@code "MPDX counts %d deleted contacts"}
 * @param pages asks for a page
 * @param after the page behind the last one, empty where there is none
 */
public record Sweep(String what, List<String> fields, Pages pages, Optional<Supplier<Step<Page>>> after) {

    private static final int MOST_PASSES = 20;

    public Sweep {
        requireNonNull(what, "what is null");
        fields = List.copyOf(fields);
        requireNonNull(pages, "pages is null");
        requireNonNull(after, "after is null");
    }

    /** The call for a page of one pass. */
    @FunctionalInterface
    public interface Pages {

        /**
         * Asks for a page.
         *
         * @param number its number from 1 on
         * @param before how many records the pages before it had
         */
        Step<Swept> read(int number, long before);
    }

    /**
     * What is on a page.
     *
     * @param ids of all its records
     * @param rows of those that are wanted
     * @param total how many records there are on all pages
     */
    public record Swept(List<String> ids, List<List<@Nullable String>> rows, long total) {
        public Swept {
            ids = List.copyOf(ids);
            rows = List.copyOf(rows);
        }
    }

    /** The first page of the first pass. */
    public Step<Page> first() {
        return page(new Place(1, 1, 0, Set.of(), -1));
    }

    private Step<Page> page(Place place) {
        return pages.read(place.page, place.counted)
                .map(swept -> new Page(fields, swept.rows(), next(place.passed(swept), swept)));
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
                    what.formatted(swept.total()) + " and showed " + place.seen.size() + " of them in " + MOST_PASSES
                            + " passes",
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
