package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.sandbox.MovableClock;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.DailyCalls;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:30:00Z"));
    private final SourceClock vendors = new SourceClock(clock);
    private final Budget budget = new Budget(
            "ae", Optional.of(new DailyCalls(3, ZoneId.of("America/Los_Angeles"), BudgetTest::counted)), vendors);

    private static OptionalLong counted(ApiAnswer answer) {
        return answer.body().isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(answer.body()));
    }

    private void hear(String count) {
        budget.hear(new ApiAnswer(200, Map.of(), count, clock.instant()));
    }

    private ApiException.RetryLater refusal() {
        return catchThrowableOfType(ApiException.RetryLater.class, budget::spend);
    }

    @Test
    void so_many_calls_are_made_in_a_day_and_none_more_before_midnight() {
        budget.spend();
        budget.spend();
        budget.spend();

        assertThat(refusal())
                .hasMessage("source ae: 3 calls are counted today of the 3 that tidemark.sources.ae.daily-calls allows;"
                        + " no call is made before 2026-03-03T08:01:00Z");
        assertThat(refusal().delay()).contains(Duration.parse("PT19H31M"));
        assertThat(refusal().isCertain()).isTrue();

        clock.advance(Duration.parse("PT19H30M"));
        assertThatCode(budget::spend).doesNotThrowAnyException();
    }

    @Test
    void the_vendors_count_knows_of_other_clients_and_of_an_earlier_process() {
        budget.spend();
        hear("3");

        assertThat(refusal()).hasMessageContaining("3 calls");
    }

    @Test
    void an_answer_that_came_late_does_not_give_calls_back() {
        budget.spend();
        budget.spend();
        budget.spend();
        hear("1");
        hear("");

        assertThat(refusal()).isNotNull();
    }

    @Test
    void the_day_is_the_vendors_by_the_vendors_clock() {
        hear("3");
        vendors.hear(new ApiAnswer(200, Map.of("Date", "Tue, 03 Mar 2026 08:00:01 GMT"), "", clock.instant()));
        hear("1");

        budget.spend();
        budget.spend();
        assertThat(refusal()).isNotNull();
    }

    @Test
    void without_a_limit_nothing_is_counted() {
        var free = new Budget("ae", Optional.empty(), vendors);
        for (int call = 0; call < 1000; call++) {
            free.spend();
        }
    }
}
