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

    /** How far a clock is from another, to the nearest minute: an answer that took a second makes no hour of a day. */
    static String skew(Duration ahead) {
        Duration off = ahead.abs();
        return of(off.toMinutes() < 2 ? off : off.plusSeconds(30)) + (ahead.isNegative() ? " behind" : " ahead");
    }
}
