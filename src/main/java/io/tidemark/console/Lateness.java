package io.tidemark.console;

import io.tidemark.settings.Settings;
import io.tidemark.settings.StreamSettings;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** When a stream should have done something, by its schedule. Immutable; safe for use by many threads. */
public final class Lateness {
    /** So many cycles may be missed, and an hour on top: an export job takes its time. */
    private static final int CYCLES = 4;

    private static final Duration GRACE = Duration.ofHours(1);

    private final ZoneId zone;
    private final Map<String, String> schedules = new LinkedHashMap<>();

    public Lateness(Settings settings) {
        this.zone = settings.timeZone();
        settings.streams().forEach(stream -> schedules.put(stream.name(), stream.schedule()));
    }

    /** The first firing of a stream's schedule after the given time; empty if it never fires again. */
    public static Optional<Instant> nextFiring(StreamSettings stream, ZoneId zone, Instant after) {
        return Optional.ofNullable(expression(stream.schedule(), zone).getNextValidTimeAfter(Date.from(after)))
                .map(Date::toInstant);
    }

    /** Until when a stream that last did its work then may go without; empty if its schedule sets no limit. */
    Optional<Instant> limit(String stream, Instant last) {
        CronExpression schedule = expression(schedules.getOrDefault(stream, ""), zone);
        Date firing = Date.from(last);
        for (int cycle = 0; cycle < CYCLES && firing != null; cycle++) {
            firing = schedule.getNextValidTimeAfter(firing);
        }
        return Optional.ofNullable(firing).map(limit -> limit.toInstant().plus(GRACE));
    }

    private static CronExpression expression(String schedule, ZoneId zone) {
        try {
            var expression = new CronExpression(schedule);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException impossible) {
            throw new IllegalStateException("a schedule that the settings let through: " + schedule, impossible);
        }
    }
}
