package io.tidemark.sandbox.everyaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.sandbox.Json;
import io.tidemark.sandbox.Request;
import io.tidemark.sandbox.Response;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes contributions, as often as they are sent, and finds them by the identifiers they came with. */
final class Giving {
    private static final BigDecimal MOST = new BigDecimal("999999.99");
    private static final BigDecimal LEAST = new BigDecimal("0.01");
    private static final List<String> STATUSES = List.of("Declined", "Pending", "Settled");

    private final Records records;
    private final People people;
    private final InstantSource clock;

    Giving(Records records, People people, InstantSource clock) {
        this.records = records;
        this.people = people;
        this.clock = clock;
    }

    Response give(ApiUser user, Request request) {
        ObjectNode body = people.allowed(request);
        Map<String, String> row = new TreeMap<>();
        row.put("VanID", contact(body));
        row.put("Designation", body.path("designation").path("designationId").asText("0"));
        row.put("Amount", amount(body).toPlainString());
        row.put("AmountRemaining", amount(body).toPlainString());
        row.put("DateReceived", received(body));
        row.put("Status", status(body));
        row.put("PaymentType", required(body, "paymentType"));
        if (!body.path("designation").hasNonNull("designationId")) {
            throw ApiError.invalid("designation is required", "designation.designationId");
        }
        for (JsonNode identifier : body.path("identifiers")) {
            row.put(
                    PersonShape.IDENTIFIER + identifier.path("type").asText(),
                    identifier.path("externalId").asText());
        }
        long id = records.add(Catalogue.CONTRIBUTIONS, row, user.author());
        return Response.json(201, id > Integer.MAX_VALUE ? LongNode.valueOf(id) : IntNode.valueOf((int) id));
    }

    Response find(String reference) {
        int colon = reference.indexOf(':');
        Optional<Version> found = records.all(Catalogue.CONTRIBUTIONS).stream()
                .filter(row -> colon < 0
                        ? reference.equals(Long.toString(row.id()))
                        : row.value(PersonShape.IDENTIFIER + reference.substring(0, colon))
                                .equals(reference.substring(colon + 1)))
                .findFirst();
        return found.map(row -> Response.json(200, toJson(row)))
                .orElseThrow(() -> ApiError.notFound("there is no such contribution"));
    }

    private String contact(ObjectNode body) {
        String id = body.path("contact").path("vanId").asText("");
        if (id.isEmpty()) {
            throw ApiError.invalid("contact is required", "contact.vanId");
        }
        return Long.toString(people.contact(id).id());
    }

    private static BigDecimal amount(ObjectNode body) {
        BigDecimal amount = body.path("amount").decimalValue();
        if (amount.compareTo(LEAST) < 0 || amount.compareTo(MOST) > 0) {
            throw ApiError.invalid("amount must be from " + LEAST + " to " + MOST, "amount");
        }
        return amount;
    }

    private String received(ObjectNode body) {
        String text = required(body, "dateReceived");
        try {
            Instant at = Timestamps.read(text, Timestamps.EASTERN);
            if (at.isAfter(clock.instant())) {
                throw ApiError.invalid("dateReceived must be in the past", "dateReceived");
            }
            return at.toString();
        } catch (DateTimeException e) {
            throw ApiError.invalid("dateReceived is not a date", "dateReceived");
        }
    }

    private static String status(ObjectNode body) {
        String status = required(body, "status");
        if (!STATUSES.contains(status)) {
            throw ApiError.invalid("status must be one of " + String.join(", ", STATUSES), "status");
        }
        return status;
    }

    private static String required(ObjectNode body, String name) {
        if (!body.hasNonNull(name)) {
            throw ApiError.invalid(name + " is required", name);
        }
        return body.path(name).asText();
    }

    private static ObjectNode toJson(Version row) {
        ObjectNode json = Json.object()
                .put("contributionId", row.id())
                .put("amount", new BigDecimal(row.value("Amount")))
                .put("dateReceived", row.value("DateReceived"))
                .put("status", row.value("Status"))
                .put("paymentType", row.value("PaymentType"));
        json.putObject("contact").put("vanId", Long.parseLong(row.value("VanID")));
        return json;
    }
}
