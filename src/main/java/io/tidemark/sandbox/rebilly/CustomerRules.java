package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What a written customer must be like. Every fault is told by its field. */
final class CustomerRules {
    static final Set<String> READ_ONLY = Set.of(
            "id",
            "email",
            "firstName",
            "lastName",
            "createdTime",
            "updatedTime",
            "revision",
            "tags",
            "averageValue",
            "paymentCount",
            "lastPaymentTime",
            "lifetimeRevenue",
            "invoiceCount",
            "hasFulfilledKyc",
            "organizationId",
            "defaultPaymentInstrument",
            "company",
            "_links",
            "_embedded");
    static final Set<String> WRITE_ONLY = Set.of("paymentToken", "defaultPaymentInstrumentId", "leadSource");
    static final List<String> WRITABLE = List.of(
            "websiteId",
            "preferredPayoutInstrumentId",
            "customFields",
            "primaryAddress",
            "locale",
            "taxNumbers",
            "personId",
            "notificationEmails");

    /** A customer has these always. */
    static final Set<String> NEVER_NULL = Set.of("websiteId", "notificationEmails");

    private static final Map<String, Integer> ADDRESS = Map.of(
            "firstName", 45,
            "lastName", 45,
            "city", 45,
            "region", 45,
            "organization", 255,
            "jobTitle", 255,
            "address", 60,
            "address2", 60);
    private static final Pattern TEXT = Pattern.compile("^[\\x{0000}-\\x{FFFF}]+$", Pattern.DOTALL);
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private final Map<String, String> faults = new LinkedHashMap<>();
    private final CustomFields customFields;
    private final boolean readOnlyRefused;
    private final boolean quoting;

    CustomerRules(CustomFields customFields, boolean readOnlyRefused, boolean quoting) {
        this.customFields = customFields;
        this.readOnlyRefused = readOnlyRefused;
        this.quoting = quoting;
    }

    void check(ObjectNode customer) {
        customer.properties().forEach(entry -> top(entry.getKey(), entry.getValue()));
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    private void top(String name, JsonNode value) {
        if (READ_ONLY.contains(name)) {
            if (readOnlyRefused) {
                fault(name, value, "is read-only");
            }
        } else if (!WRITABLE.contains(name) && !WRITE_ONLY.contains(name)) {
            fault(name, value, "is not a property of a customer");
        } else if (!value.isNull()) {
            written(name, value);
        } else if (NEVER_NULL.contains(name)) {
            fault(name, value, "must not be null");
        }
    }

    private void written(String name, JsonNode value) {
        switch (name) {
            case "primaryAddress" -> object(name, value, this::address);
            case "customFields" -> object(name, value, this::custom);
            case "notificationEmails" -> array(name, value, (path, email) -> email(path, email));
            case "taxNumbers" ->
                array(name, value, (path, number) -> {
                    need(
                            path + "/type",
                            number.path("type"),
                            Set.of("eu-vat", "other")
                                    .contains(number.path("type").asText()));
                    text(path + "/value", number.path("value"), 255);
                });
            default -> text(name, value, 50);
        }
    }

    private void address(String name, JsonNode value) {
        String path = "primaryAddress/" + name;
        if (value.isNull()) {
            return;
        }
        switch (name) {
            case "country" -> need(path, value, value.asText().matches("[A-Z]{2}"));
            case "postalCode" -> need(path, value, value.asText().matches("[\\w\\s\\-]{1,10}"));
            case "dob" -> need(path, value, value.asText().matches("\\d{4}-\\d\\d-\\d\\d"));
            case "emails" ->
                array(path, value, (place, email) -> {
                    text(place + "/label", email.path("label"), 45);
                    email(place + "/value", email.path("value"));
                });
            case "phoneNumbers" ->
                array(path, value, (place, phone) -> {
                    text(place + "/label", phone.path("label"), 45);
                    text(place + "/value", phone.path("value"), 50);
                });
            case "hash" -> {
                if (readOnlyRefused) {
                    fault(path, value, "is read-only");
                }
            }
            default -> {
                Integer longest = ADDRESS.get(name);
                if (longest == null) {
                    fault(path, value, "is not a property of an address");
                } else {
                    text(path, value, longest);
                }
            }
        }
    }

    private void custom(String name, JsonNode value) {
        String path = Resource.CUSTOM + name;
        if (!customFields.defined(name)) {
            fault(path, value, "is not defined");
        } else {
            need(path, value, customFields.accepts(name, value));
        }
    }

    private void email(String path, JsonNode value) {
        need(
                path,
                value,
                value.asText().length() <= 255 && EMAIL.matcher(value.asText()).matches());
    }

    private void text(String path, JsonNode value, int longest) {
        boolean fits = value.isTextual()
                && value.asText().length() <= longest
                && TEXT.matcher(value.asText()).matches();
        need(path, value, fits);
    }

    private void object(String path, JsonNode value, BiConsumer<String, JsonNode> each) {
        need(path, value, value.isObject());
        value.properties().forEach(entry -> each.accept(entry.getKey(), entry.getValue()));
    }

    private void array(String path, JsonNode value, BiConsumer<String, JsonNode> each) {
        need(path, value, value.isArray());
        int place = 0;
        for (JsonNode element : value) {
            each.accept(path + "/" + place, element);
            place++;
        }
    }

    private void need(String path, JsonNode value, boolean fits) {
        if (!fits) {
            fault(path, value, "is not valid");
        }
    }

    private void fault(String path, JsonNode value, String message) {
        faults.put(path.replace('/', '.'), quoting ? message + ": " + Paths.text(value) : message);
    }
}
