package io.tidemark.csv;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times. A time without an offset is read in the zone; in an hour that comes twice the first is meant, a
 * time that the clock skipped moves on by the gap, as {@link java.time.ZonedDateTime} has it. For one thread.
 */
final class Times {

    private static final String FORM =
            "yyyy-MM-dd, then T or a space and HH:mm[:ss[.fraction]] with an optional offset";
    private static final Misfit NO_DATE = new Misfit(
            "is no date of the years 0001 to 9999 in the form yyyy-MM-dd; a time of day may follow only if it is midnight");
    private static final Misfit NO_TIME =
            new Misfit("is no date or time of the years 0001 to 9999 in the form " + FORM);
    private static final long LEAST = LocalDateTime.of(1, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long MOST = LocalDateTime.of(9999, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    private final IsoTime iso = new IsoTime();
    private final ZoneRules rules;

    Times(ZoneId zone) {
        this.rules = zone.getRules();
    }

    @Nullable
    Object date(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        if (!iso.read(cell) || iso.secondOfDay != 0 || iso.fraction) {
            return NO_DATE;
        }
        return LocalDate.of(iso.year, iso.month, iso.day);
    }

    @Nullable
    Object local(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        if (!iso.read(cell)) {
            return NO_TIME;
        }
        if (!iso.zoned) {
            return clock();
        }
        long second = clockSecond() - iso.offset;
        long local = second + rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        return inRange(local) ? LocalDateTime.ofEpochSecond(local, iso.nano, ZoneOffset.UTC) : NO_TIME;
    }

    @Nullable
    Object moment(@Nullable String cell) {
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        if (!iso.read(cell)) {
            return NO_TIME;
        }
        long second = second();
        if (!inRange(second)) {
            return NO_TIME;
        }
        return OffsetDateTime.of(LocalDateTime.ofEpochSecond(second, iso.nano, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    /** A moment, null where the cell holds none, only a date, or a time that comes twice or never. */
    @Nullable
    Instant certain(@Nullable String cell) {
        if (cell == null || cell.isEmpty() || !iso.read(cell) || iso.dateOnly) {
            return null;
        }
        if (!iso.zoned && rules.getTransition(clock()) != null) {
            return null;
        }
        return Instant.ofEpochSecond(second(), iso.nano);
    }

    private long second() {
        return clockSecond() - (iso.zoned ? iso.offset : offset());
    }

    private int offset() {
        // both in a gap and in an overlap the rules give the offset before the transition
        return rules.isFixedOffset()
                ? rules.getOffset(Instant.EPOCH).getTotalSeconds()
                : rules.getOffset(clock()).getTotalSeconds();
    }

    private long clockSecond() {
        return LocalDate.of(iso.year, iso.month, iso.day).toEpochDay() * 86_400 + iso.secondOfDay;
    }

    private LocalDateTime clock() {
        return LocalDateTime.ofEpochSecond(clockSecond(), iso.nano, ZoneOffset.UTC);
    }

    private static boolean inRange(long second) {
        return second >= LEAST && second <= MOST;
    }
}
