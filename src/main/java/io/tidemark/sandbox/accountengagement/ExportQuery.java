package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.accountengagement.Export.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The filters and the order of a query for exports. */
record ExportQuery(Call call) {
    private static final Set<String> SORTS = Set.of("id", "created_at", "updated_at");

    List<Export> of(Collection<Export> newestFirst) {
        return newestFirst.stream()
                .filter(time("created_after", (moment, bound) -> moment.isAfter(bound), true))
                .filter(time("created_before", (moment, bound) -> moment.isBefore(bound), true))
                .filter(time("updated_after", (moment, bound) -> moment.isAfter(bound), false))
                .filter(time("updated_before", (moment, bound) -> moment.isBefore(bound), false))
                .filter(time("updatedAtAfterOrEqualTo", (moment, bound) -> !moment.isBefore(bound), false))
                .filter(time("updatedAtBeforeOrEqualTo", (moment, bound) -> !moment.isAfter(bound), false))
                .filter(status())
                .filter(export -> given("object")
                        .map(export.request.type().name()::equals)
                        .orElse(true))
                .sorted(order())
                .toList();
    }

    private interface Bound {
        boolean holds(Instant moment, Instant bound);
    }

    private Predicate<Export> time(String parameter, Bound bound, boolean created) {
        Optional<Instant> given = given(parameter).map(text -> {
            try {
                return call.time().read(text, true);
            } catch (DateTimeException e) {
                throw ApiError.invalid(parameter, "is not a time");
            }
        });
        return export -> given.map(limit -> bound.holds(created ? export.created : export.updated(), limit))
                .orElse(true);
    }

    private Predicate<Export> status() {
        Optional<String> given = given("status");
        given.ifPresent(word -> {
            if (List.of(State.values()).stream()
                    .noneMatch(state -> state != State.CANCELED && state.word.equals(word))) {
                throw ApiError.invalid("status", "must be Complete, Failed, Processing or Waiting");
            }
        });
        return export -> given.map(export.state().word::equals).orElse(true);
    }

    private Comparator<Export> order() {
        String by = given("sort_by").orElse("id");
        if (!SORTS.contains(by)) {
            throw ApiError.invalid("sort_by", "must be id, created_at or updated_at");
        }
        Comparator<Export> order = switch (by) {
            case "created_at" -> Comparator.comparing((Export export) -> export.created);
            case "updated_at" -> Comparator.comparing(Export::updated);
            default -> Comparator.comparing((Export export) -> export.id);
        };
        return given("sort_order").filter("ascending"::equals).isPresent() ? order : order.reversed();
    }

    private Optional<String> given(String parameter) {
        return call.request().parameter(parameter);
    }
}
