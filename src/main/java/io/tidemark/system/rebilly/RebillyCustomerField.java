package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field of a customer that can be written, and what its values must be like. Where the vendor would refuse a value, it
 * is refused before the call, in words that name the field and not the value.
 *
 * @param limit of characters, 0 for none
 * @param clearable whether it can be made empty again
 * @see <a href="https://www.rebilly.com/catalog/all/customers">Customers</a>
 */
record RebillyCustomerField(String path, Kind kind, int limit, boolean clearable) {

    /** What a value is, and how it is written. */
    enum Kind {
        TEXT,
        COUNTRY,
        POSTAL_CODE,
        EMAIL,
        DATE,
        BOOLEAN,
        INTEGER,
        NUMBER,
        /** A list, written as JSON. */
        LIST,
        /** An object, written as JSON. */
        OBJECT
    }

    /** The address that the vendor shows as the customer's; it is kept in a list. */
    static final String EMAIL = "email";

    static final String EMAILS = "primaryAddress/emails";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern POSTAL_CODE = Pattern.compile("[\\w\\s\\-]+");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private static final List<RebillyCustomerField> FIELDS = List.of(
            text("primaryAddress/firstName", 45),
            text("primaryAddress/lastName", 45),
            text("primaryAddress/city", 45),
            text("primaryAddress/region", 45),
            text("primaryAddress/organization", 255),
            text("primaryAddress/jobTitle", 255),
            text("primaryAddress/address", 60),
            text("primaryAddress/address2", 60),
            new RebillyCustomerField("primaryAddress/country", Kind.COUNTRY, 2, true),
            new RebillyCustomerField("primaryAddress/postalCode", Kind.POSTAL_CODE, 10, true),
            new RebillyCustomerField("primaryAddress/dob", Kind.DATE, 0, true),
            new RebillyCustomerField(EMAIL, Kind.EMAIL, 255, true),
            text("locale", 0),
            new RebillyCustomerField("websiteId", Kind.TEXT, 50, false),
            text("personId", 50),
            text("preferredPayoutInstrumentId", 50));

    private static final Set<String> LISTS =
            Set.of(EMAILS, "primaryAddress/phoneNumbers", "taxNumbers", "notificationEmails");

    RebillyCustomerField {
        requireNonNull(path, "path is null");
        requireNonNull(kind, "kind is null");
    }

    private static RebillyCustomerField text(String path, int limit) {
        return new RebillyCustomerField(path, Kind.TEXT, limit, true);
    }

    /**
     * The field of a path, empty where it cannot be written.
     *
     * @param structured whether lists and objects come as JSON, so that they can go back as JSON
     */
    static Optional<RebillyCustomerField> of(String path, RebillyCustomFields custom, boolean structured) {
        if (path.startsWith(RebillyField.CUSTOM)) {
            return custom.kind(path)
                    .map(kind -> new RebillyCustomerField(path, kind(kind), kind.equals("string") ? 255 : 0, true))
                    .filter(field -> structured || !field.structural());
        }
        if (LISTS.contains(path)) {
            return Optional.of(new RebillyCustomerField(path, Kind.LIST, 0, true))
                    .filter(field -> structured);
        }
        return FIELDS.stream().filter(field -> field.path.equals(path)).findFirst();
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "boolean" -> Kind.BOOLEAN;
            case "date" -> Kind.DATE;
            case "integer" -> Kind.INTEGER;
            case "number" -> Kind.NUMBER;
            case "array" -> Kind.LIST;
            case "monetary" -> Kind.OBJECT;
            default -> Kind.TEXT;
        };
    }

    private boolean structural() {
        return kind == Kind.LIST || kind == Kind.OBJECT;
    }

    /** What is wrong with a value, in words without it; empty where nothing is. */
    Optional<String> fault(String value) {
        if (value.isEmpty()) {
            return Optional.of(path + " cannot be an empty text; use NULL");
        }
        if (value.codePoints().anyMatch(character -> character > 0xFFFF)) {
            return Optional.of(
                    path + " has a character outside of the basic plane, such as an emoji, which Rebilly does not"
                            + " take");
        }
        if (limit > 0 && value.length() > limit) {
            return Optional.of(path + " has " + value.length() + " characters; Rebilly takes " + limit);
        }
        return form(value).map(expected -> path + " must be " + expected);
    }

    private Optional<String> form(String value) {
        return switch (kind) {
            case TEXT -> Optional.empty();
            case COUNTRY -> unless(COUNTRY, value, "a country's code of two capital letters");
            case POSTAL_CODE -> unless(POSTAL_CODE, value, "of letters, digits, spaces and hyphens");
            case EMAIL -> unless(ADDRESS, value, "an e-mail address");
            case DATE -> unless(Pattern.compile("\\d{4}-\\d\\d-\\d\\d"), value, "a date");
            case BOOLEAN -> unless(Pattern.compile("true|false"), value, "true or false");
            case INTEGER, NUMBER -> number(value).isPresent() ? Optional.empty() : Optional.of("a number");
            case LIST ->
                json(value).filter(JsonNode::isArray).isPresent() ? Optional.empty() : Optional.of("a list in JSON");
            case OBJECT ->
                json(value).filter(JsonNode::isObject).isPresent()
                        ? Optional.empty()
                        : Optional.of("an object in JSON");
        };
    }

    private static Optional<String> unless(Pattern form, String value, String expected) {
        return form.matcher(value).matches() ? Optional.empty() : Optional.of(expected);
    }

    private static Optional<BigDecimal> number(String value) {
        try {
            return Optional.of(new BigDecimal(value));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    static Optional<JsonNode> json(String value) {
        try {
            return Optional.of(MAPPER.readTree(value)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    /** A value without a fault, in the vendor's type. */
    JsonNode written(String value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (kind) {
            case BOOLEAN -> nodes.booleanNode(value.equals("true"));
            case INTEGER -> nodes.numberNode(new BigDecimal(value).toBigInteger());
            case NUMBER -> nodes.numberNode(new BigDecimal(value));
            case LIST, OBJECT -> json(value).orElseThrow();
            case TEXT, COUNTRY, POSTAL_CODE, EMAIL, DATE -> nodes.textNode(value);
        };
    }
}
