package io.tidemark.sandbox.rebilly;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When a recurring export runs: the common part of the recurrence rules of RFC 5545, frequency, interval and count. */
record Recurrence(Instant start, ChronoUnit unit, long interval, long count) {
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "MINUTELY",
            ChronoUnit.MINUTES,
            "HOURLY",
            ChronoUnit.HOURS,
            "DAILY",
            ChronoUnit.DAYS,
            "WEEKLY",
            ChronoUnit.WEEKS,
            "MONTHLY",
            ChronoUnit.MONTHS);

    /** Empty for a rule that is none that is known here. */
    static Optional<Recurrence> read(String rule, Instant start) {
        Map<String, String> parts = new HashMap<>();
        for (String part : rule.replaceFirst("^RRULE:", "").split(";", -1)) {
            String[] sides = part.split("=", 2);
            if (sides.length < 2) {
                return Optional.empty();
            }
            parts.put(sides[0], sides[1]);
        }
        ChronoUnit unit = UNITS.get(parts.getOrDefault("FREQ", ""));
        String interval = parts.getOrDefault("INTERVAL", "1");
        String count = parts.getOrDefault("COUNT", "1000000");
        if (unit == null || !interval.matches("[1-9]\\d{0,5}") || !count.matches("[1-9]\\d{0,6}")) {
            return Optional.empty();
        }
        return Optional.of(new Recurrence(start, unit, Long.parseLong(interval), Long.parseLong(count)));
    }

    /** The latest run that is due; empty before the first. */
    Optional<Instant> latest(Instant now) {
        ZonedDateTime first = start.atZone(ZoneOffset.UTC);
        if (now.isBefore(start)) {
            return Optional.empty();
        }
        long steps = unit.between(first, now.atZone(ZoneOffset.UTC)) / interval;
        return Optional.of(
                first.plus(Math.min(steps, count - 1) * interval, unit).toInstant());
    }
}
