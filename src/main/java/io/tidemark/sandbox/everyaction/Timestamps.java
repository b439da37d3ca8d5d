package io.tidemark.sandbox.everyaction;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The vendor's ways to write a moment. */
final class Timestamps {
    static final ZoneId EASTERN = ZoneId.of("America/New_York");

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)(?:T(\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?))? ?(Z|[+-]\\d\\d:\\d\\d)?");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter SEVEN_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSxxx");

    private Timestamps() {}

    /** Reads leniently: without seconds, with a space before the offset, and without a zone, which means the given one. */
    static Instant read(String text, ZoneId otherwise) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new DateTimeException("not a timestamp");
        }
        String local = matcher.group(1) + "T" + (matcher.group(2) == null ? "00:00" : matcher.group(2));
        return matcher.group(3) == null
                ? LocalDateTime.parse(local).atZone(otherwise).toInstant()
                : OffsetDateTime.parse(local + matcher.group(3)).toInstant();
    }

    /** In Eastern time, with seven digits of a second's fraction only where there is one. */
    static String write(Instant instant) {
        return (instant.equals(instant.truncatedTo(ChronoUnit.SECONDS)) ? SECONDS : SEVEN_DIGITS)
                .format(instant.atZone(EASTERN));
    }

    static String sevenDigits(Instant instant) {
        return SEVEN_DIGITS.format(instant.atZone(EASTERN));
    }
}
