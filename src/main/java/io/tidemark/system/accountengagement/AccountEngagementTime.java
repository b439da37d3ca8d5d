package io.tidemark.system.accountengagement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The bounds of a window, which the vendor keeps out of it on both sides. A window of the bridge holds its start and
 * leaves its end to the next one: so a second is taken from the start, and nothing is done to the end. The vendor's
 * times are whole seconds.
 *
 * <p>Times without an offset are the API user's. In the hour that comes twice nobody says which of the two the vendor
 * means: a start there moves before it, and so does an end, if that still lies behind the start. If it does not, there
 * is none: the vendor then ends the window at the export's creation, later than was asked for, which loses nothing.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/export-v5.html">Procedures</a>
 */
final class AccountEngagementTime {

    private static final DateTimeFormatter OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private AccountEngagementTime() {}

    /** The moment after which rows are asked for. */
    static Instant after(Instant from) {
        return from.truncatedTo(ChronoUnit.SECONDS).minus(SECOND);
    }

    /** The moment before which rows are asked for. */
    static Instant before(Instant to) {
        return to.truncatedTo(ChronoUnit.SECONDS);
    }

    static String withOffset(Instant moment) {
        return OFFSET.format(moment);
    }

    static String local(Instant moment, ZoneId zone) {
        return LOCAL.format(moment.atZone(zone));
    }

    /** The moment itself, or the last one before it whose local time comes only once. */
    static Instant held(Instant moment, ZoneId zone) {
        return repeated(moment, zone)
                .map(change ->
                        change.getDateTimeAfter().minus(SECOND).atZone(zone).toInstant())
                .orElse(moment);
    }

    private static Optional<ZoneOffsetTransition> repeated(Instant moment, ZoneId zone) {
        return Optional.ofNullable(zone.getRules().getTransition(LocalDateTime.ofInstant(moment, zone)));
    }
}
