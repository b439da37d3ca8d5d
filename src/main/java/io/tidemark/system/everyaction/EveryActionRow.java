package io.tidemark.system.everyaction;

import io.tidemark.system.Present;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values by the export's fields, whatever the case of their names. */
record EveryActionRow(Map<String, @Nullable String> values) {

    /** Who is not there yet has no phone and no address. */
    static final EveryActionRow EMPTY_PERSON = new EveryActionRow(Stream.of(
                    EveryActionPersonField.PHONE,
                    EveryActionPersonField.STREET,
                    EveryActionPersonField.CITY,
                    EveryActionPersonField.STATE,
                    EveryActionPersonField.ZIP)
            .collect(Collectors.toMap(field -> field.seenName, field -> "")));

    EveryActionRow {
        var folded = new TreeMap<String, @Nullable String>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(values);
        values = Collections.unmodifiableMap(folded);
    }

    static EveryActionRow of(Optional<Present.Found> present) {
        return new EveryActionRow(present.map(Present.Found::values).orElse(Map.of()));
    }

    /** Whether the value is known, even to be none. */
    boolean holds(String name) {
        return values.containsKey(name);
    }

    /** The value, empty where there is none. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    Optional<BigDecimal> number(String name) {
        return text(name).flatMap(EveryActionRow::decimal);
    }

    private static Optional<BigDecimal> decimal(String text) {
        try {
            return text.length() > 40 ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** A positive whole number, as the vendor's ids are. */
    OptionalLong id(String name) {
        return number(name)
                .filter(number -> number.signum() > 0 && number.precision() - number.scale() <= 18)
                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                .map(number -> OptionalLong.of(number.longValueExact()))
                .orElse(OptionalLong.empty());
    }

    /** The names of those that have a value. */
    List<String> filled() {
        return values.keySet().stream().filter(name -> text(name).isPresent()).toList();
    }
}
