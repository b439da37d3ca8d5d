package io.tidemark.command;

import java.time.Duration;

/** Lengths of time and numbers of things as people say them. */
final class Words {
    private Words() {}

    /** The largest unit that says enough. */
    static String of(Duration length) {
        if (length.toHours() >= 48) {
            return length.toDays() + " days";
        }
        if (length.toMinutes() >= 120) {
            return length.toHours() + " hours";
        }
        return length.toSeconds() >= 120 ? length.toMinutes() + " minutes" : length.toSeconds() + " seconds";
    }

    /** A number of things with an s. */
    static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** How far a clock is from another. */
    static String skew(Duration ahead) {
        return of(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead");
    }
}
