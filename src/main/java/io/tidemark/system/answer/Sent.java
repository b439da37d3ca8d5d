package io.tidemark.system.answer;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values that a request carried, which a refusal may repeat and a message must not. */
public record Sent(List<String> values) {

    public static final Sent NOTHING = new Sent(List.of());

    private static final String HIDDEN = "(value)";

    public Sent {
        values = List.copyOf(values);
    }

    /** Longer values first, so that one that is part of another leaves nothing of it. */
    public static Sent of(Collection<? extends @Nullable String> values) {
        return new Sent(values.stream()
                .flatMap(Sent::stripped)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static Stream<String> stripped(@Nullable String value) {
        return Stream.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The words with each value, where it stands as a word of its own, hidden. */
    public String hiddenIn(String words) {
        String shown = words;
        for (String value : values) {
            shown = asWord(value).matcher(shown).replaceAll(HIDDEN);
        }
        return shown;
    }

    private static Pattern asWord(String value) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
