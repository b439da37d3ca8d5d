package io.tidemark.settings;

import io.tidemark.settings.StreamSettings.StartFrom;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.quartz.CronExpression;

/** How times, lengths of time and schedules are written. */
final class TimeParsers {
    /** The word for a schedule that never fires. */
    static final String OFF = "off";

    private static final String WITH_OFFSET = "an instant with offset such as 2026-01-31T00:00:00Z";
    private static final String DURATION = "a duration above zero such as PT5M or P90D";

    private TimeParsers() {}

    static Duration duration(String text) throws RefusedValueException {
        Duration duration = atLeastZero(text, "must be " + DURATION);
        if (duration.isZero()) {
            throw new RefusedValueException("must be " + DURATION);
        }
        return duration;
    }

    static Duration durationOrZero(String text) throws RefusedValueException {
        return atLeastZero(text, "must be a duration such as PT5M, or PT0S for none");
    }

    private static Duration atLeastZero(String text, String message) throws RefusedValueException {
        try {
            Duration duration = Duration.parse(text.strip());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // refused below
        }
        throw new RefusedValueException(message);
    }

    static Instant instant(String text) throws RefusedValueException {
        return instant(text, "must be " + WITH_OFFSET);
    }

    private static Instant instant(String text, String message) throws RefusedValueException {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException notAnInstant) {
            throw new RefusedValueException(message);
        }
    }

    static StartFrom startFrom(String text) throws RefusedValueException {
        if (text.strip().matches("[-+]?[Pp].*")) {
            return new StartFrom.Back(duration(text));
        }
        return new StartFrom.At(
                instant(text, "must be " + WITH_OFFSET + ", or " + DURATION + " that is counted back from now"));
    }

    static ZoneId zone(String text) throws RefusedValueException {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException unknown) {
            throw new RefusedValueException("must be a time zone such as UTC or America/New_York"
                    + Nearest.hint(
                            text.strip(),
                            ZoneId.getAvailableZoneIds().stream().sorted().toList()));
        }
    }

    static String cron(String text) throws RefusedValueException {
        try {
            return new CronExpression(text.strip()).getCronExpression();
        } catch (ParseException | IllegalArgumentException invalid) {
            throw new RefusedValueException(
                    "must be a Quartz cron expression such as 0 0/15 * * * ? (" + invalid.getMessage() + ")");
        }
    }

    static Optional<String> cronOrOff(String text) throws RefusedValueException {
        return text.strip().equals(OFF) ? Optional.empty() : Optional.of(cron(text));
    }
}
