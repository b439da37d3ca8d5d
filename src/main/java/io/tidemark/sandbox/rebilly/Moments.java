package io.tidemark.sandbox.rebilly;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as the vendor writes them, and the relative ones that a date range may have. */
final class Moments {
    /** Where the pretended organisation is at home. */
    static final ZoneId ORGANISATION = ZoneId.of("America/Chicago");

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final Pattern STEP = Pattern.compile("([+-]?\\d+) (minute|hour|day|week|month|year)s?( ago)?");

    private Moments() {}

    static String iso(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String offset(Instant moment, ZoneId zone) {
        return OFFSET.format(moment.atZone(zone));
    }

    static String local(Instant moment, ZoneId zone) {
        return LOCAL.format(moment.atZone(zone));
    }

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notAMoment) {
            return date(text);
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    /** An argument of a date range, by the clock's now; empty where it is none that is known here. */
    static Optional<Instant> argument(String text, Instant now, ZoneId zone) {
        return parse(text).or(() -> relative(text.strip().toLowerCase(Locale.ROOT), now.atZone(zone)));
    }

    private static Optional<Instant> relative(String text, ZonedDateTime now) {
        ZonedDateTime midnight = now.truncatedTo(ChronoUnit.DAYS);
        Matcher step = STEP.matcher(text);
        if (step.matches()) {
            long count = Long.parseLong(step.group(1)) * (step.group(3) == null ? 1 : -1);
            ChronoUnit unit = ChronoUnit.valueOf(step.group(2).toUpperCase(Locale.ROOT) + "S");
            return Optional.of(now.plus(count, unit).toInstant());
        }
        return Optional.ofNullable(
                        switch (text) {
                            case "now" -> now;
                            case "today", "midnight" -> midnight;
                            case "yesterday" -> midnight.minusDays(1);
                            case "tomorrow" -> midnight.plusDays(1);
                            case "first day of this month midnight" ->
                                midnight.with(TemporalAdjusters.firstDayOfMonth());
                            case "first day of last month midnight" ->
                                midnight.minusMonths(1).with(TemporalAdjusters.firstDayOfMonth());
                            default -> null;
                        })
                .map(ZonedDateTime::toInstant);
    }
}
