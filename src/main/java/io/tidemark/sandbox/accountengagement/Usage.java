package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.Switches;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Counts calls: per day of the account's zone, per minute. Safe for use by several threads. */
final class Usage {
    private final Switches switches;
    private final ZoneId zone;
    private LocalDate day = LocalDate.MIN;
    private long minute;
    private int today;
    private int thisMinute;

    Usage(Switches switches, ZoneId zone) {
        this.switches = switches;
        this.zone = zone;
    }

    /** Counts a call, or refuses it without counting. */
    synchronized void count(Instant now) {
        turn(now);
        if (today >= switches.get(Doubts.DAILY_LIMIT)) {
            throw new ApiError(122, "the daily limit of calls is used up");
        }
        int limit = switches.get(Doubts.MINUTE_LIMIT);
        if (limit > 0 && thisMinute >= limit) {
            throw new ApiError(202, "too many calls in a minute");
        }
        today++;
        thisMinute++;
    }

    synchronized int today(Instant now) {
        turn(now);
        return today;
    }

    private void turn(Instant now) {
        LocalDate date = now.atZone(zone).toLocalDate();
        if (!date.equals(day)) {
            day = date;
            today = 0;
        }
        if (now.getEpochSecond() / 60 != minute) {
            minute = now.getEpochSecond() / 60;
            thisMinute = 0;
        }
    }
}
