package io.tidemark.system.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({"VanID, vanid, 0", "VanID, VnID, 1", "VnID, VanID, 1", "Prefix, Suffix, 3", "'', abc, 3", "abc, '', 3"})
    void theDistanceCountsLettersThatDiffer(String one, String other, int distance) {
        assertThat(Words.distance(one, other)).isEqualTo(distance);
    }

    @Test
    void theNearestNamesComeFirst() {
        assertThat(Words.nearest("Prefx", List.of("Zip", "Suffix", "Prefix", "PrefixName", "Phone")))
                .containsExactly("Prefix", "Phone", "Suffix");
    }

    @Test
    void wordsAreCutAfterTwoHundredLettersAndStayOnOneLine() {
        assertThat(Words.bounded(" a\r\n\tb\u0000c ")).isEqualTo("a b c");
        assertThat(Words.bounded("x".repeat(200))).hasSize(200);
        assertThat(Words.bounded("x".repeat(201))).isEqualTo("x".repeat(200) + "...");
    }
}
