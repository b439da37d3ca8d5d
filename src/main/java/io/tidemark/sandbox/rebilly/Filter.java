package io.tidemark.sandbox.rebilly;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The vendor's search filter: commas between the values of a field, semicolons between fields, two dots for a range
 * whose ends belong to it.
 */
record Filter(List<Condition> conditions) {
    record Condition(String field, List<String> values) {}

    static Filter read(String text) {
        return new Filter(Arrays.stream(text.split(";", -1))
                .filter(part -> !part.isBlank())
                .map(Filter::condition)
                .toList());
    }

    private static Condition condition(String part) {
        String[] sides = part.split(":", 2);
        if (sides.length < 2 || sides[0].isBlank()) {
            throw Problem.invalid("filter", "a condition is written field:value");
        }
        return new Condition(sides[0].strip().replace('.', '/'), List.of(sides[1].split(",", -1)));
    }

    boolean names(String field) {
        return conditions.stream().anyMatch(condition -> condition.field.equals(field));
    }

    Filter without(String field) {
        return new Filter(conditions.stream()
                .filter(condition -> !condition.field.equals(field))
                .toList());
    }

    boolean fits(JsonNode record) {
        return conditions.stream()
                .allMatch(condition ->
                        condition.values.stream().anyMatch(wanted -> fits(Paths.get(record, condition.field), wanted)));
    }

    private static boolean fits(JsonNode value, String wanted) {
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (fits(element, wanted)) {
                    return true;
                }
            }
            return false;
        }
        if (value.isMissingNode() || value.isNull()) {
            return wanted.isEmpty();
        }
        int dots = wanted.indexOf("..");
        if (dots < 0) {
            return compare(value.asText(), wanted) == 0;
        }
        String least = wanted.substring(0, dots);
        String most = wanted.substring(dots + 2);
        return (least.isEmpty() || compare(value.asText(), least) >= 0)
                && (most.isEmpty() || compare(value.asText(), most) <= 0);
    }

    /** By time, by number, or by text, whichever both sides are. */
    static int compare(String one, String other) {
        Optional<Instant> time = Moments.parse(one);
        Optional<Instant> otherTime = Moments.parse(other);
        if (time.isPresent() && otherTime.isPresent()) {
            return time.get().compareTo(otherTime.get());
        }
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other));
        } catch (NumberFormatException notNumbers) {
            return one.toLowerCase(Locale.ROOT).compareTo(other.toLowerCase(Locale.ROOT));
        }
    }
}
