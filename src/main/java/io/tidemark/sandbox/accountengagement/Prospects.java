package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Prospects one by one, in version 5. */
final class Prospects {
    private static final String HOME = "/api/v5/objects/prospects";

    private final Records records;
    private final Switches switches;
    private final Supplier<List<Field>> custom;

    Prospects(Records records, Switches switches, Supplier<List<Field>> custom) {
        this.records = records;
        this.switches = switches;
        this.custom = custom;
    }

    Response read(Call call) {
        call.needs(Ability.PROSPECTS_VIEW);
        List<Field> wanted = wanted(call);
        Version version =
                records.find(Catalogue.PROSPECT, call.id()).orElseThrow(() -> ApiError.badId(call.part("id")));
        if (version.deleted()) {
            switch (switches.get(Doubts.RECYCLE_BIN)) {
                case NOT_FOUND -> throw ApiError.badId(call.part("id"));
                case ARCHIVED -> throw ApiError.archived(version.id());
                case FLAGGED -> {}
            }
        }
        return Response.json(200, shown(call, version, wanted));
    }

    Response query(Call call) {
        call.needs(Ability.PROSPECTS_VIEW);
        List<Field> wanted = wanted(call);
        Page<Version> page = Page.of(
                call,
                records.all(Catalogue.PROSPECT).stream()
                        .filter(version -> !version.deleted())
                        .toList());
        ObjectNode json = Json.object();
        ArrayNode values = json.putArray("values");
        page.items().forEach(version -> values.add(shown(call, version, wanted)));
        page.next(json);
        return Response.json(200, json);
    }

    synchronized Response create(Call call) {
        call.needs(Ability.PROSPECTS_CREATE);
        Map<String, String> values = values(call.body());
        String email = values.getOrDefault("email", "");
        checkEmail(email);
        boolean taken = !switches.get(Doubts.SEVERAL_PER_EMAIL)
                && live().stream().anyMatch(other -> other.value("email").equalsIgnoreCase(email));
        if (taken) {
            throw new ApiError(9, quoting("a prospect with this address exists", email));
        }
        return made(call, 201, values, List.of("id"));
    }

    synchronized Response update(Call call) {
        call.needs(Ability.PROSPECTS_CREATE);
        Version before = live(call);
        Map<String, String> values = values(call.body());
        if (values.containsKey("email")) {
            checkEmail(values.getOrDefault("email", ""));
        }
        records.change(Catalogue.PROSPECT, before.id(), values, call.user().id());
        return records.find(Catalogue.PROSPECT, before.id())
                .map(after -> Response.json(200, shown(call, after, fields(List.of("id")))))
                .orElseThrow();
    }

    /** A field by its name in an import's file; empty where it is none that can be written. */
    Optional<Field> importable(String name) {
        return all().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .filter(Field::writable)
                .findFirst();
    }

    /** Whether there is a live prospect with this id. */
    boolean isLive(String id) {
        return id.matches("\\d{1,18}")
                && records.find(Catalogue.PROSPECT, Long.parseLong(id))
                        .filter(version -> !version.deleted())
                        .isPresent();
    }

    /**
     * Changes a live prospect by a row of an import.
     *
     * @param values by the names of version 5, an empty text for an empty field
     * @return whether that changed anything
     */
    synchronized boolean take(String id, Map<String, String> values, ApiUser author) {
        long key = Long.parseLong(id);
        Version before = records.find(Catalogue.PROSPECT, key).orElseThrow();
        values.forEach(this::check);
        boolean changes = values.entrySet().stream()
                .anyMatch(each -> !before.value(each.getKey()).equals(each.getValue()));
        records.change(Catalogue.PROSPECT, key, values, author.id());
        return changes;
    }

    private void check(String name, String value) {
        boolean fits = switch (importable(name).map(Field::type).orElse(Field.Type.TEXT)) {
            case FLAG -> value.matches("true|false|");
            case WHOLE -> value.matches("-?\\d{0,18}");
            default -> true;
        };
        if (!fits) {
            throw ApiError.invalid(name, quoting("has a value of another type", value));
        }
        if (name.equals("email")) {
            checkEmail(value);
        }
    }

    synchronized Response delete(Call call) {
        call.needs(Ability.PROSPECTS_DELETE);
        records.bin(Catalogue.PROSPECT, live(call).id(), true, call.user().id());
        return Response.empty(204);
    }

    /** Takes the deleted prospect with this address out of the bin that was active last. */
    synchronized Response undelete(Call call) {
        call.needs(Ability.PROSPECTS_DELETE);
        String email = call.body().path("email").asText();
        Version binned = latest(email, true).orElseThrow(() -> ApiError.badEmail());
        records.bin(Catalogue.PROSPECT, binned.id(), false, call.user().id());
        return Response.json(200, Json.object().put("id", binned.id()));
    }

    synchronized Response upsert(Call call) {
        call.needs(Ability.PROSPECTS_CREATE);
        ObjectNode body = call.body();
        String email = body.path("matchEmail").asText();
        if (email.isEmpty()) {
            throw ApiError.missing("matchEmail");
        }
        Map<String, String> values = values(body.path("prospect"));
        checkEmail(email);
        if (values.containsKey("email")) {
            checkEmail(values.getOrDefault("email", ""));
        }
        List<String> asked = new ArrayList<>();
        body.path("fields").forEach(field -> asked.add(field.asText()));
        fields(asked);
        Optional<Version> match = latest(email, false)
                .or(() -> body.path("secondaryDeletedSearch").asBoolean() ? latest(email, true) : Optional.empty());
        if (match.isEmpty()) {
            values.putIfAbsent("email", email);
            return made(call, switches.get(Doubts.UPSERT_STATUS), values, asked);
        }
        long id = match.get().id();
        if (match.get().deleted()) {
            records.bin(Catalogue.PROSPECT, id, false, call.user().id());
        }
        records.change(Catalogue.PROSPECT, id, values, call.user().id());
        return records.find(Catalogue.PROSPECT, id)
                .map(after -> Response.json(200, shown(call, after, fields(asked))))
                .orElseThrow();
    }

    private Response made(Call call, int status, Map<String, String> values, List<String> asked) {
        int campaign = switches.get(Doubts.DEFAULT_CAMPAIGN);
        if (campaign != 0) {
            values.putIfAbsent("campaignId", Integer.toString(campaign));
        }
        long id = records.add(Catalogue.PROSPECT, values, call.user().id());
        if (switches.get(Doubts.CREATE_ANSWER) == Doubts.CreateAnswer.NOTHING) {
            return Response.empty(204);
        }
        Version version = records.find(Catalogue.PROSPECT, id).orElseThrow();
        return Response.json(status, shown(call, version, fields(asked.isEmpty() ? List.of("id") : asked)))
                .with("Location", HOME + "/" + id);
    }

    private Version live(Call call) {
        Version version =
                records.find(Catalogue.PROSPECT, call.id()).orElseThrow(() -> ApiError.badId(call.part("id")));
        if (version.deleted()) {
            throw switches.get(Doubts.RECYCLE_BIN) == Doubts.RecycleBin.NOT_FOUND
                    ? ApiError.badId(call.part("id"))
                    : ApiError.archived(version.id());
        }
        return version;
    }

    private List<Version> live() {
        return records.all(Catalogue.PROSPECT).stream()
                .filter(version -> !version.deleted())
                .toList();
    }

    private Optional<Version> latest(String email, boolean deleted) {
        return records.all(Catalogue.PROSPECT).stream()
                .filter(version -> version.deleted() == deleted && matches(version.value("email"), email))
                .max(Comparator.comparing((Version version) -> version.value("lastActivityAt"))
                        .thenComparing(Version::updated)
                        .thenComparing(Version::id));
    }

    private boolean matches(String one, String other) {
        return switches.get(Doubts.MATCH_BY_CASE) ? one.equals(other) : one.equalsIgnoreCase(other);
    }

    private void checkEmail(String email) {
        if (!email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw new ApiError(4, quoting("the email address is not valid", email));
        }
    }

    private String quoting(String words, String value) {
        return switches.get(Doubts.REFUSALS_QUOTE) ? words + ": " + value : words;
    }

    private Map<String, String> values(JsonNode body) {
        Map<String, String> values = new LinkedHashMap<>();
        body.properties().forEach(entry -> {
            Field field = all().stream()
                    .filter(known -> known.name().equals(entry.getKey()))
                    .findFirst()
                    .filter(Field::writable)
                    .orElseThrow(() -> ApiError.invalid(entry.getKey(), "cannot be written"));
            values.put(field.name(), text(field, entry.getValue()));
        });
        return values;
    }

    private String text(Field field, JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        boolean fits = switch (field.type()) {
            case FLAG -> value.isBoolean();
            case WHOLE -> value.isIntegralNumber();
            default -> value.isTextual() || value.isNumber() || value.isBoolean();
        };
        if (!fits) {
            throw ApiError.invalid(field.name(), quoting("has a value of another type", value.asText()));
        }
        return value.asText();
    }

    private List<Field> wanted(Call call) {
        return fields(List.of(call.request()
                .parameter("fields")
                .orElseThrow(() -> ApiError.missing("fields"))
                .split(",", -1)));
    }

    private List<Field> fields(List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(all().stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ApiError.field(name)));
        }
        return fields;
    }

    private List<Field> all() {
        List<Field> all = new ArrayList<>(Catalogue.PROSPECT.fields());
        all.addAll(custom.get());
        return all;
    }

    private static ObjectNode shown(Call call, Version version, List<Field> fields) {
        ObjectNode json = Json.object();
        fields.forEach(field -> field.show(json, version.value(field.name()), call.time()));
        return json;
    }
}
