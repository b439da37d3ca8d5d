package io.tidemark.sandbox.mpdx;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of times as a filter writes it. What is not written exactly as it should be silently becomes the whole UTC
 * day of the first date in it, as at the vendor.
 *
 * @param to the first moment that no longer belongs to it
 */
record DateRange(Instant from, Instant to) {
    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";
    private static final String SECOND = DAY + "T\\d{2}:\\d{2}:\\d{2}(?:Z|\\+\\d{2}:\\d{2})";
    private static final Pattern DAYS = Pattern.compile("(" + DAY + ")(\\.{2,3})(" + DAY + ")");
    private static final Pattern SECONDS = Pattern.compile("(" + SECOND + ")(\\.{2,3})(" + SECOND + ")");
    private static final Pattern ANY_DAY = Pattern.compile(DAY);

    static DateRange of(String text) {
        try {
            return read(text);
        } catch (DateTimeParseException e) {
            throw noRange();
        }
    }

    boolean holds(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    private static DateRange read(String text) {
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            return new DateRange(
                    second(seconds.group(1)), end(seconds, second(seconds.group(3)), Duration.ofSeconds(1)));
        }
        Matcher days = DAYS.matcher(text);
        if (days.matches()) {
            return new DateRange(day(days.group(1)), end(days, day(days.group(3)), Duration.ofDays(1)));
        }
        Matcher any = ANY_DAY.matcher(text);
        if (!any.find()) {
            throw noRange();
        }
        return new DateRange(day(any.group()), day(any.group()).plus(Duration.ofDays(1)));
    }

    private static Instant end(Matcher range, Instant last, Duration step) {
        return range.group(2).length() == 2 ? last.plus(step) : last;
    }

    private static Instant second(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static Instant day(String text) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static RuntimeException noRange() {
        return ApiError.invalid("the format of the date range is wrong", "/filter/updated_at");
    }
}
