package io.tidemark.sandbox.mpdx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Switches;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A document that somebody sent to create or change a record, with everything that can be wrong with it. */
final class Draft {
    private static final Set<String> NEWSLETTERS = Set.of("Physical", "Email", "Both", "None");

    private final Kind kind;
    private final JsonNode data;
    private final Switches switches;

    private Draft(Kind kind, JsonNode data, Switches switches) {
        this.kind = kind;
        this.data = data;
        this.switches = switches;
        if (!data.path("type").asText().equals(kind.type())) {
            throw ApiError.misplaced("the type must be " + kind.type(), "/data/type");
        }
        data.path("attributes").fieldNames().forEachRemaining(name -> {
            if (name.equals("id") || name.endsWith("_id")) {
                throw ApiError.misplaced("keys do not belong into attributes", "/data/attributes/" + name);
            }
        });
    }

    static Draft of(Kind kind, Request request, Switches switches) {
        return of(kind, body(request), switches);
    }

    static Draft of(Kind kind, JsonNode document, Switches switches) {
        return new Draft(kind, document.path("data"), switches);
    }

    static ObjectNode body(Request request) {
        return Json.readObject(request.body())
                .orElseThrow(() -> ApiError.invalid("the body must be a JSON object", ""));
    }

    /** The key that the client chose, where it did. */
    Optional<String> id() {
        return Optional.of(data.path("id").asText()).filter(id -> !id.isEmpty());
    }

    String related(String name) {
        return data.path("relationships").path(name).path("data").path("id").asText();
    }

    boolean isFalse(String attribute) {
        JsonNode value = attribute(attribute);
        return value.isBoolean() && !value.asBoolean();
    }

    /** Refuses who does not know the present version, unless asked to overwrite it. */
    void unlock(Entity stored) {
        if (switches.get(Doubts.LOCK) == Doubts.Lock.IGNORED
                || attribute("overwrite").asBoolean()) {
            return;
        }
        String known = attribute("updated_in_db_at").asText("");
        if (known.isEmpty() || known.equals("null")) {
            throw ApiError.invalid("must be given", "/data/attributes/updated_in_db_at");
        }
        if (!isSame(known, stored.updatedAt())) {
            throw ApiError.stale(Values.time(stored.updatedAt()));
        }
    }

    /** The new values, checked and in the form in which they are kept; what nobody can write is passed over. */
    Map<String, JsonNode> changes(Optional<Entity> stored) {
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        for (String name : kind.writable()) {
            if (data.path("attributes").has(name)) {
                changes.put(name, kept(name, attribute(name)));
            }
        }
        stored.ifPresent(entity -> keepForeign(entity, changes));
        check(changes, stored);
        return changes;
    }

    private void keepForeign(Entity stored, Map<String, JsonNode> changes) {
        boolean foreign = stored.kind() == Kind.EMAIL && !Set.of("", "MPDX").contains(stored.text("source"));
        for (String name : List.of("email", "location")) {
            boolean differs = changes.containsKey(name)
                    && !changes.getOrDefault(name, stored.attribute(name)).equals(stored.attribute(name));
            if (foreign && differs && switches.get(Doubts.FOREIGN_SOURCE) == Doubts.ForeignSource.REFUSED) {
                throw invalid(name, "cannot be changed, because another system brought it", "");
            }
            if (foreign) {
                changes.remove(name);
            }
        }
    }

    private void check(Map<String, JsonNode> changes, Optional<Entity> stored) {
        switch (kind) {
            case CONTACT -> {
                need("name", changes, stored);
                oneOf("status", changes, concat(Filter.ACTIVE, Filter.HIDDEN));
                oneOf("send_newsletter", changes, NEWSLETTERS);
                number("pledge_amount", changes);
                number("pledge_frequency", changes);
            }
            case PERSON -> need("first_name", changes, stored);
            case EMAIL -> {
                need("email", changes, stored);
                JsonNode email = changes.get("email");
                if (email != null && !email.asText().contains("@")) {
                    throw invalid("email", "is no email address", email.asText());
                }
            }
            case PHONE -> need("number", changes, stored);
            case ADDRESS -> {}
        }
    }

    private void need(String name, Map<String, JsonNode> changes, Optional<Entity> stored) {
        boolean missing = changes.containsKey(name)
                ? changes.getOrDefault(name, Values.of("")).isNull()
                : stored.isEmpty();
        if (missing) {
            throw invalid(name, "cannot be blank", "");
        }
    }

    private void oneOf(String name, Map<String, JsonNode> changes, Set<String> valid) {
        JsonNode value = changes.get(name);
        if (value != null && !value.isNull() && !valid.contains(value.asText())) {
            throw invalid(name, "is not included in the list", value.asText());
        }
    }

    private void number(String name, Map<String, JsonNode> changes) {
        JsonNode value = changes.get(name);
        if (value != null && !value.isNull() && !value.asText().matches("-?\\d+(\\.\\d+)?")) {
            throw invalid(name, "is not a number", value.asText());
        }
    }

    private RuntimeException invalid(String name, String title, String value) {
        String quote = switches.get(Doubts.REFUSALS_QUOTE) && !value.isEmpty() ? " (" + value + ")" : "";
        return ApiError.invalid(title + quote, "/data/attributes/" + name);
    }

    private JsonNode kept(String name, JsonNode given) {
        if (name.equals("tag_list")) {
            return Values.of(Values.list(given));
        }
        if (given.isNull()) {
            return given;
        }
        if (Kind.isTruth(name)) {
            return Values.truth(given.asBoolean());
        }
        String text = given.isContainerNode() ? given.toString() : given.asText();
        boolean lower = name.equals("email") && switches.get(Doubts.LOWER_CASES_EMAILS);
        return Values.of(lower ? text.toLowerCase(Locale.ROOT) : text);
    }

    private JsonNode attribute(String name) {
        return data.path("attributes").path(name);
    }

    private static boolean isSame(String known, Instant stored) {
        try {
            return OffsetDateTime.parse(known).toEpochSecond() == stored.getEpochSecond();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Set<String> concat(List<String> one, List<String> other) {
        Set<String> both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both;
    }
}
