package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccountEngagementTimeTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Test
    void theStartIsASecondEarlierBecauseTheVendorLeavesItOut() {
        assertThat(AccountEngagementTime.after(Instant.parse("2026-03-02T12:00:00.7Z")))
                .isEqualTo("2026-03-02T11:59:59Z");
        assertThat(AccountEngagementTime.before(Instant.parse("2026-03-02T12:00:00.7Z")))
                .isEqualTo("2026-03-02T12:00:00Z");
    }

    @Test
    void timesAreWrittenWithAnOffsetOrAsTheUserSeesThem() {
        Instant moment = Instant.parse("2026-03-02T12:00:00Z");
        assertThat(AccountEngagementTime.withOffset(moment)).isEqualTo("2026-03-02T12:00:00+00:00");
        assertThat(AccountEngagementTime.local(moment, NEW_YORK)).isEqualTo("2026-03-02 07:00:00");
    }

    /** New York's clocks go from 02:00 back to 01:00 on 2026-11-01 at 06:00 UTC, and skip 02:00 on 2026-03-08 at 07:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-01T04:59:59Z, 2026-11-01 00:59:59",
        "2026-11-01T05:00:00Z, 2026-11-01 00:59:59",
        "2026-11-01T05:30:00Z, 2026-11-01 00:59:59",
        "2026-11-01T06:00:00Z, 2026-11-01 00:59:59",
        "2026-11-01T06:59:59Z, 2026-11-01 00:59:59",
        "2026-11-01T07:00:00Z, 2026-11-01 02:00:00",
        "2026-03-08T06:59:59Z, 2026-03-08 01:59:59",
        "2026-03-08T07:00:00Z, 2026-03-08 03:00:00"
    })
    void aTimeThatComesTwiceMovesBeforeItsHour(String moment, String local) {
        Instant held = AccountEngagementTime.held(Instant.parse(moment), NEW_YORK);
        assertThat(AccountEngagementTime.local(held, NEW_YORK)).isEqualTo(local);
        assertThat(held).isBeforeOrEqualTo(Instant.parse(moment));
    }
}
