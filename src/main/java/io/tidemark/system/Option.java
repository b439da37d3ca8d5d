package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A configuration key that a system takes.
 *
 * @param name in kebab case, without the prefix
 * @param kind how its value is written
 * @param choices the only values accepted, empty where the kind alone decides
 */
public record Option(
        String name,
        Kind kind,
        boolean required,
        boolean secret,
        Optional<String> standard,
        List<String> choices,
        String description) {

    /** How a value is written. A list is separated by commas; a range is checked by the option's own limits. */
    public sealed interface Kind {
        record Text() implements Kind {}

        record Bool() implements Kind {}

        record Whole(long least, long most) implements Kind {}

        record WholeList(long least, long most) implements Kind {}

        record TextList() implements Kind {}

        /** An instant with offset, ISO-8601. */
        record Time() implements Kind {}
    }

    public Option {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(standard, "standard is null");
        choices = List.copyOf(choices);
        requireNonNull(description, "description is null");
    }

    public static Option of(String name, Kind kind, String description) {
        return new Option(name, kind, false, false, Optional.empty(), List.of(), description);
    }

    public static Option requiredText(String name, String description) {
        return new Option(name, new Kind.Text(), true, false, Optional.empty(), List.of(), description);
    }

    public static Option requiredSecret(String name, String description) {
        return new Option(name, new Kind.Text(), true, true, Optional.empty(), List.of(), description);
    }

    public static Option choice(String name, String standard, List<String> choices, String description) {
        return new Option(name, new Kind.Text(), false, false, Optional.of(standard), choices, description);
    }
}
