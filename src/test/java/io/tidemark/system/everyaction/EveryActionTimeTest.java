package io.tidemark.system.everyaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryActionTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T12:30:00Z, 2026-03-02T12:30:00Z",
        "2026-03-02t12:30:00z, 2026-03-02T12:30:00Z",
        "2026-03-02T12:30:00.00Z, 2026-03-02T12:30:00Z",
        "2026-03-02T07:30:00-05:00, 2026-03-02T12:30:00Z",
        "2026-03-02T16:30:00.00 +04:00, 2026-03-02T12:30:00Z",
        "2026-03-22T08:31:12.1234567-04:00, 2026-03-22T12:31:12.123456700Z",
        "2026-01-02T12:00:00, 2026-01-02T17:00:00Z",
        "2026-07-02T12:00:00.5, 2026-07-02T16:00:00.5Z",
        "2026-07-02T12:00, 2026-07-02T16:00:00Z"
    })
    void aTimeIsReadWithItsOffsetOrInTheVendorsZone(String text, Instant time) {
        assertThat(EveryActionTime.parse(text)).contains(time);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-01T01:30:00, 2026-11-01T05:30:00Z", "2026-03-08T02:30:00, 2026-03-08T06:30:00Z"})
    void aTimeThatExistsTwiceOrNeverIsTheEarlierReading(String text, Instant time) {
        assertThat(EveryActionTime.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-03-02", "2026-13-02T12:30:00Z", "1772454600"})
    void aTextThatIsNoTimeIsNone(String text) {
        assertThat(EveryActionTime.parse(text)).isEmpty();
    }

    @Test
    void aTimeIsSentInUtcAndWholeSeconds() {
        assertThat(EveryActionTime.format(Instant.parse("2026-03-02T12:30:59.999Z")))
                .isEqualTo("2026-03-02T12:30:59.00Z");
    }
}
