package io.tidemark.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"0, PT5S", "1, PT10S", "2, PT20S", "3, PT40S", "4, PT1M", "1000000, PT1M"})
    void the_wait_between_polls_doubles_up_to_the_most(int polls, Duration wait) {
        assertThat(Backoff.poll(polls, Duration.ofSeconds(5), Duration.ofMinutes(1)))
                .isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, PT5S", "2, 0, PT10S", "2, 0.999999, PT12.499S", "9, 0, PT15M", "1000000, 0, PT15M"})
    void the_wait_after_failures_doubles_up_to_a_quarter_of_an_hour_and_is_spread(
            int failures, double chance, Duration wait) {
        assertThat(Backoff.failure(failures, Duration.ofSeconds(5), chance)).isEqualTo(wait);
    }
}
