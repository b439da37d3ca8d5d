package io.tidemark.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {

    @ParameterizedTest
    @ValueSource(ints = {1_996, 1_997, 1_998, 1_999, 2_000, 2_001})
    void aRecordIsNeverLongerThanItsLimit(int first) {
        String shown = Shown.record(new String[] {"x".repeat(first), "😀", "", "y"});
        assertThat(shown.length()).isLessThanOrEqualTo(2_000);
        assertThat(shown).startsWith("x".repeat(1_995)).doesNotContain("\uD83D…");
    }

    @Test
    void whatFitsIsNotMarked() {
        assertThat(Shown.text("x".repeat(40), 40)).isEqualTo("x".repeat(40));
        assertThat(Shown.text("x".repeat(41), 40)).isEqualTo("x".repeat(39) + "…");
        assertThat(Shown.record(Collections.nCopies(3, "").toArray(String[]::new)))
                .isEqualTo(",,");
    }

    @Test
    void whatNobodyCanStoreIsReplacedVisibly() {
        assertThat(Shown.text("a\0b\uDC80\uDCFF\uD800c😀", 100)).isEqualTo("a␀b\\x80\\xFF\uFFFDc😀");
    }
}
