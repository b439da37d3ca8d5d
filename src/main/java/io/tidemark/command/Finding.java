package io.tidemark.command;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Something that {@code check} found.
 *
 * @param about what it is about: the database, a source or a stream
 * @param words what was found and, unless it is well, what to do
 */
record Finding(Level level, String about, String words) {

    enum Level {
        OK,
        WARNING,
        ERROR
    }

    Finding {
        requireNonNull(level, "level is null");
        requireNonNull(about, "about is null");
        requireNonNull(words, "words is null");
    }

    static Finding ok(String about, String words) {
        return new Finding(Level.OK, about, words);
    }

    static Finding warning(String about, String words) {
        return new Finding(Level.WARNING, about, words);
    }

    static Finding error(String about, String words) {
        return new Finding(Level.ERROR, about, words);
    }

    /** One line. */
    @Override
    public String toString() {
        return "%-8s %s: %s".formatted(level.name().toLowerCase(Locale.ROOT), about, words);
    }
}
