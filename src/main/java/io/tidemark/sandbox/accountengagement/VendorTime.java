package io.tidemark.sandbox.accountengagement;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The vendor's ways to write a moment, in one user's zone: exact ones, its five words, and some of the GNU syntax. */
record VendorTime(ZoneId zone, Instant now) {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final Pattern EXACT =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d(?::\\d\\d)?))? ?(Z|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern AGO = Pattern.compile("(\\d{1,4}) (second|minute|hour|day|week|month|year)s? ago");

    /**
     * A moment of an argument. Of a time that comes twice the first is meant, one that is skipped moves on, as with most
     * calendars.
     *
     * @throws DateTimeException where the text is none
     */
    Instant read(String text, boolean offsets) {
        Matcher exact = EXACT.matcher(text.strip());
        if (exact.matches()) {
            return exact(exact, offsets);
        }
        Matcher ago = AGO.matcher(text.strip());
        if (ago.matches()) {
            return here().minus(Long.parseLong(ago.group(1)), unit(ago.group(2)))
                    .toInstant();
        }
        return word(text.strip());
    }

    private Instant exact(Matcher matcher, boolean offsets) {
        String time = matcher.group(2) == null ? "00:00" : matcher.group(2);
        String local = matcher.group(1) + "T" + time;
        if (matcher.group(3) == null) {
            return LocalDateTime.parse(local).atZone(zone).toInstant();
        }
        if (!offsets) {
            throw new DateTimeException("an offset is not understood");
        }
        String offset = matcher.group(3);
        return OffsetDateTime.parse(local + (offset.length() == 5 ? offset.replaceAll("(..)$", ":$1") : offset))
                .toInstant();
    }

    private Instant word(String word) {
        LocalDate today = here().toLocalDate();
        return switch (word) {
            case "now" -> now;
            case "today" -> start(today);
            case "yesterday" -> start(today.minusDays(1));
            case "last_7_days" -> start(today.minusDays(7));
            case "this_month" -> start(today.withDayOfMonth(1));
            case "last_month" -> start(today.withDayOfMonth(1).minusMonths(1));
            default -> throw new DateTimeException("not a time");
        };
    }

    private static ChronoUnit unit(String word) {
        return ChronoUnit.valueOf(word.toUpperCase(Locale.ROOT) + "S");
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private ZonedDateTime here() {
        return now.atZone(zone);
    }

    String local(Instant moment) {
        return LOCAL.format(moment.atZone(zone));
    }

    String local(String moment) {
        return local(Instant.parse(moment));
    }

    String withOffset(Instant moment) {
        return OFFSET.format(moment.atZone(zone));
    }

    String withOffset(String moment) {
        return withOffset(Instant.parse(moment));
    }
}
