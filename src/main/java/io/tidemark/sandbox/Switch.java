package io.tidemark.sandbox;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Something about a pretended system that can be turned: its name, what it is about, the valid values, the default. */
public final class Switch<T> {
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private final String name;
    private final String about;
    private final String valid;
    private final T initially;
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    private Switch(
            String name,
            String about,
            String valid,
            T initially,
            Function<String, T> reader,
            Function<T, String> writer) {
        this.name = name;
        this.about = about;
        this.valid = valid;
        this.initially = initially;
        this.reader = reader;
        this.writer = writer;
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    public static <E extends Enum<E>> Switch<E> choice(String name, E initially, String about) {
        E[] constants = initially.getDeclaringClass().getEnumConstants();
        String valid = Arrays.stream(constants).map(Switch::word).collect(Collectors.joining(", "));
        return new Switch<>(
                name,
                about,
                valid,
                initially,
                text -> Arrays.stream(constants)
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                Switch::word);
    }

    public static Switch<Boolean> flag(String name, boolean initially, String about) {
        return new Switch<>(
                name,
                about,
                "true, false",
                initially,
                text -> {
                    if (!Set.of("true", "false").contains(text)) {
                        throw new IllegalArgumentException();
                    }
                    return text.equals("true");
                },
                value -> Boolean.toString(value));
    }

    public static Switch<Integer> number(String name, int initially, int least, int most, String about) {
        return new Switch<>(
                name,
                about,
                "a whole number from " + least + " to " + most,
                initially,
                text -> {
                    int value = Integer.parseInt(text);
                    if (value < least || value > most) {
                        throw new IllegalArgumentException();
                    }
                    return value;
                },
                value -> Integer.toString(value));
    }

    public static Switch<Duration> duration(String name, Duration initially, String about) {
        return new Switch<>(
                name,
                about,
                "a length of time such as P20D, PT24H, PT90S",
                initially,
                Duration::parse,
                Duration::toString);
    }

    public static Switch<String> text(String name, String initially, String about) {
        return new Switch<>(name, about, "any text", initially, text -> text, text -> text);
    }

    public static Switch<Set<String>> names(String name, String about) {
        return new Switch<>(
                name,
                about,
                "names with commas between them, or nothing",
                Set.of(),
                text -> COMMA.splitAsStream(text)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                value -> String.join(",", new TreeSet<>((Collection<String>) value)));
    }

    public String name() {
        return name;
    }

    public String about() {
        return about;
    }

    /** The valid values, in words. */
    public String valid() {
        return valid;
    }

    public T initially() {
        return initially;
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException for a value that is not valid, naming those that are
     */
    public T read(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException("switch " + name + ": not a valid value; valid is " + valid, e);
        }
    }

    String write(T value) {
        return writer.apply(value);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
