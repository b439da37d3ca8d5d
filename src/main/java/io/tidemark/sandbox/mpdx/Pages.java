package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Lists records by pages. */
record Pages(Documents documents, Switches switches) {

    Response of(List<Entity> found, Query query) {
        List<Entity> sorted = new ArrayList<>(found);
        if (switches.get(Doubts.SHUFFLED_TIES)) {
            Collections.shuffle(sorted);
        } else {
            sorted.sort(Comparator.comparing(Entity::id));
        }
        order(query.sort()).ifPresent(sorted::sort);
        int perPage = Math.min(query.perPage(), switches.get(Doubts.LARGEST_PAGE));
        int from = (int) Math.min(sorted.size(), (long) (query.page() - 1) * perPage);
        ObjectNode document = documents.many(sorted.subList(from, Math.min(sorted.size(), from + perPage)), query);
        Documents.paginate(document, query, perPage, sorted.size());
        return Documents.response(200, document);
    }

    private static java.util.Optional<Comparator<Entity>> order(String sort) {
        if (sort.isEmpty()) {
            return java.util.Optional.empty();
        }
        boolean falling = sort.startsWith("-");
        Comparator<Entity> order = switch (falling ? sort.substring(1) : sort) {
            case "created_at" -> Comparator.comparing(Entity::createdAt);
            case "updated_at" -> Comparator.comparing(Entity::updatedAt);
            case "name" -> Comparator.comparing(entity -> entity.text("name").toLowerCase(Locale.ROOT));
            default -> throw ApiError.invalid("sort by exactly one of created_at, updated_at, name", "/sort");
        };
        return java.util.Optional.of(falling ? order.reversed() : order);
    }
}
