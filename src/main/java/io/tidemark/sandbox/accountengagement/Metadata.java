package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Response;
import io.tidemark.sandbox.Switches;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What the account is, and the fields that the customer defined. */
record Metadata(Switches switches, Usage usage, Supplier<List<CustomField>> custom) {
    private static final Set<String> ACCOUNT =
            Set.of("id", "company", "level", "website", "maximumDailyApiCalls", "apiCallsUsed");
    private static final Set<String> CUSTOM = Set.of("id", "name", "fieldId", "type");

    Response account(Call call) {
        ObjectNode json = Json.object()
                .put("id", 7001)
                .put("company", "Example Outreach")
                .put("level", "Plus")
                .put("website", "https://www.example.org")
                .put("maximumDailyApiCalls", switches.get(Doubts.DAILY_LIMIT))
                .put("apiCallsUsed", usage.today(call.now()));
        json.retain(wanted(call, ACCOUNT));
        return Response.json(200, json);
    }

    Response customFields(Call call) {
        call.needs(Ability.CONFIGURE_FIELDS);
        Set<String> wanted = wanted(call, CUSTOM);
        Page<CustomField> page = Page.of(call, custom.get());
        ObjectNode json = Json.object();
        ArrayNode values = json.putArray("values");
        page.items().forEach(field -> values.add(shown(field).retain(wanted)));
        page.next(json);
        return Response.json(200, json);
    }

    private static ObjectNode shown(CustomField field) {
        return Json.object()
                .put("id", field.id())
                .put("name", field.name())
                .put("fieldId", field.fieldId())
                .put("type", field.type());
    }

    private static Set<String> wanted(Call call, Set<String> known) {
        List<String> names = List.of(call.request()
                .parameter("fields")
                .orElseThrow(() -> ApiError.missing("fields"))
                .split(",", -1));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw ApiError.field(name);
        });
        return Set.copyOf(names);
    }
}
