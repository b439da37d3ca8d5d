package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A contribution as EveryAction takes one. That its date has passed is left for EveryAction to judge, by its own clock.
 *
 * @see <a href="https://docs.everyaction.com/reference/post-contributions">Contributions</a>
 */
record EveryActionGift(EveryActionRow row) {

    private static final String PERSON = "VanID";
    private static final String AMOUNT = "Amount";
    private static final String RECEIVED = "DateReceived";
    private static final String STATUS = "Status";
    private static final String PAYMENT = "PaymentType";

    /** Exports are known to have the first one, which may hold a name instead of an id. */
    private static final List<String> DESIGNATIONS = List.of("Designation", "DesignationID");

    private static final List<String> STATUSES = List.of("Declined", "Pending", "Settled");
    private static final BigDecimal LEAST = new BigDecimal("0.01");
    private static final BigDecimal MOST = new BigDecimal("999999.99");

    private static final Set<String> SINGLE = Set.of(PERSON, AMOUNT, RECEIVED, STATUS, PAYMENT);

    EveryActionGift {
        requireNonNull(row, "row is null");
    }

    static boolean holds(String name) {
        return SINGLE.stream().anyMatch(name::equalsIgnoreCase)
                || DESIGNATIONS.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** What keeps EveryAction from taking it, empty where nothing does. */
    List<String> lacks() {
        var lacks = new ArrayList<String>();
        if (row.id(PERSON).isEmpty()) {
            lacks.add("VanID, the contact's whole number");
        }
        if (row.number(AMOUNT)
                .filter(amount -> amount.compareTo(LEAST) >= 0 && amount.compareTo(MOST) <= 0)
                .isEmpty()) {
            lacks.add("Amount from " + LEAST + " to " + MOST);
        }
        if (row.text(RECEIVED)
                .filter(text -> text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?"))
                .isEmpty()) {
            lacks.add("DateReceived, a date that has passed");
        }
        if (row.text(STATUS).filter(STATUSES::contains).isEmpty()) {
            lacks.add("Status as " + String.join(", ", STATUSES));
        }
        if (designation().isEmpty()) {
            lacks.add("Designation or DesignationID as the whole number of a designation, not as its name");
        }
        if (row.text(PAYMENT).isEmpty()) {
            lacks.add("PaymentType");
        }
        return lacks;
    }

    private OptionalLong designation() {
        return DESIGNATIONS.stream()
                .map(row::id)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** The request of a contribution that lacks nothing. */
    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("contact").put("vanId", row.id(PERSON).orElseThrow());
        body.putObject("designation").put("designationId", designation().orElseThrow());
        body.put("dateReceived", row.text(RECEIVED).orElseThrow());
        body.put("amount", plain(row.number(AMOUNT).orElseThrow()));
        body.put("status", row.text(STATUS).orElseThrow());
        body.put("paymentType", row.text(PAYMENT).orElseThrow());
        return body;
    }

    /** JSON writes a number without an exponent only where its scale is not negative. */
    private static BigDecimal plain(BigDecimal amount) {
        return new BigDecimal(amount.stripTrailingZeros().toPlainString());
    }
}
