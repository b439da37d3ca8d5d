package io.tidemark.system.everyaction;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Times as EveryAction's JSON writes them.
 *
 * @see <a href="https://docs.everyaction.com/reference/changed-entities-common-models">Common models</a>
 */
final class EveryActionTime {

    /** The zone of a time that names none. */
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final DateTimeFormatter SENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'.00Z'").withZone(ZoneOffset.UTC);

    /** The documentation prints a space before the offset, the server's answers have none. */
    private static final DateTimeFormatter RECEIVED = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .toFormatter();

    private EveryActionTime() {}

    /** In UTC and whole seconds; a fraction is dropped. */
    static String format(Instant time) {
        return SENT.format(time);
    }

    /** A time with or without an offset, empty where the text is none. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(instant(RECEIVED.parseBest(text.trim(), OffsetDateTime::from, LocalDateTime::from)));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private static Instant instant(TemporalAccessor time) {
        return time instanceof OffsetDateTime exact ? exact.toInstant() : earliest((LocalDateTime) time);
    }

    /** Of the two readings around a change of the clocks the earlier one: a window that ends too early loses nothing. */
    private static Instant earliest(LocalDateTime time) {
        ZoneOffsetTransition change = ZONE.getRules().getTransition(time);
        if (change == null) {
            return time.atZone(ZONE).toInstant();
        }
        Instant before = time.toInstant(change.getOffsetBefore());
        Instant after = time.toInstant(change.getOffsetAfter());
        return before.isBefore(after) ? before : after;
    }
}
