package io.tidemark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordsTest {

    @Test
    void the_header_holds_the_expected_fields_and_what_else_there_is() {
        assertThat(records("[{\"b\":1},{\"a\":\"x\",\"c\":true}]"))
                .containsExactly("[a, b, c]", "[, 1, ]", "[x, , true]");
    }

    @Test
    void nested_members_have_the_path_for_a_name_and_arrays_are_their_text() {
        assertThat(records("[{\"a\":{\"x\":{\"y\":1.50}},\"b\":[\"p\",null]}]"))
                .containsExactly("[a, b, a/x/y]", "[, [\"p\",null], 1.5]");
    }

    @Test
    void null_is_no_value() {
        assertThat(records("[{\"a\":null,\"b\":\"\"}]")).containsExactly("[a, b]", "[, ]");
    }

    @Test
    void an_empty_array_is_a_header_alone() {
        assertThat(records("[]")).containsExactly("[a, b]");
    }

    @Test
    void more_objects_than_are_looked_at_come_all() {
        assertThat(records("[" + "{\"a\":1},".repeat(2_500) + "{\"a\":2,\"late\":3}]"))
                .hasSize(2_502)
                .endsWith("[2, ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | no JSON array",
                "x | no JSON array",
                "[1] | something else than objects",
                "[{},7] | something else than objects",
                "[{} | broken",
                "[{\"a\": | broken"
            })
    void anything_else_is_refused(String json, String reason) {
        assertThatThrownBy(() -> records(json)).isInstanceOf(CsvException.class).hasMessageContaining(reason);
    }

    private static List<String> records(String json) {
        var shown = new ArrayList<String>();
        JsonRecords.read(
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                        ContentInfo.unknown("f"),
                        List.of("a", "b"))
                .forEachRemaining(record -> shown.add(List.of(record.cells()).toString()));
        return shown;
    }
}
