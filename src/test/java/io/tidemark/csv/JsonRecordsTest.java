package io.tidemark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    @Test
    void an_archive_is_the_objects_of_all_the_files_in_it() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String part : List.of("[{\"a\":1},{\"a\":2}]\n", "[]", "[{\"c\":3}]")) {
                zip.putNextEntry(new ZipEntry("part" + part.length() + ".json"));
                zip.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(records(bytes.toByteArray())).containsExactly("[a, b, c]", "[1, , ]", "[2, , ]", "[, , 3]");

        byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 30);
        assertThatThrownBy(() -> records(cut)).isInstanceOf(CsvException.class).hasMessageContaining("cut or damaged");
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
        return records(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> records(byte[] bytes) {
        var shown = new ArrayList<String>();
        JsonRecords.read(new ByteArrayInputStream(bytes), ContentInfo.unknown("f"), List.of("a", "b"))
                .forEachRemaining(record -> shown.add(List.of(record.cells()).toString()));
        return shown;
    }
}
