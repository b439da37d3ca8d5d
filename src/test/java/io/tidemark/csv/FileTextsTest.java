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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTextsTest {

    @Test
    void a_file_is_one_text() {
        assertThat(texts("id\n1\n".getBytes(StandardCharsets.UTF_8))).containsExactly("f: [id] [1]");
    }

    @Test
    void an_archive_is_the_files_in_it_in_their_order() throws IOException {
        assertThat(texts(zip("export-part1.csv", "id\n1\n", "deeper/", "", "export-part2.csv", "id\n2\n")))
                .containsExactly("f, export-part1.csv: [id] [1]", "f, export-part2.csv: [id] [2]");
    }

    @Test
    void an_archive_with_nothing_in_it_holds_no_text() throws IOException {
        assertThat(texts(zip("deeper/", ""))).isEmpty();
    }

    @Test
    void a_last_line_without_its_end_is_whole_because_the_archive_proves_it() throws IOException {
        FileTexts texts = FileTexts.open(new ByteArrayInputStream(zip("a.csv", "id\n1")), ContentInfo.unknown("f"));
        texts.hasNext();
        CsvText text = texts.next();
        var records = CsvRecords.read(text);
        records.forEachRemaining(record -> {});
        assertThat(records.wholeness().doubtful(false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.7})
    void a_cut_archive_is_refused(double share) throws IOException {
        byte[] whole = zip("a.csv", "id\n" + "12345\n".repeat(2_000) + "7\n");
        byte[] cut = Arrays.copyOf(whole, (int) (whole.length * share));
        assertThatThrownBy(() -> texts(cut))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("the zip archive is cut or damaged");
    }

    @Test
    void an_archive_that_ends_between_two_files_is_shorter_than_announced() throws IOException {
        byte[] whole = zip("a.csv", "id\n1\n", "b.csv", "id\n2\n");
        int second = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\3\4", 4);
        var info = new ContentInfo("f", Optional.empty(), Optional.empty(), OptionalLong.of(whole.length), false);
        assertThatThrownBy(() -> texts(Arrays.copyOf(whole, second), info))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("were announced");
    }

    @Test
    void what_unpacks_to_far_more_than_it_is_is_refused() throws IOException {
        assertThatThrownBy(() -> texts(zip("a.csv", "id\n" + "1\n".repeat(20_000_000))))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("the limits are");
    }

    private static List<String> texts(byte[] bytes) {
        return texts(bytes, ContentInfo.unknown("f"));
    }

    private static List<String> texts(byte[] bytes, ContentInfo info) {
        FileTexts texts = FileTexts.open(new ByteArrayInputStream(bytes), info);
        var shown = new ArrayList<String>();
        while (texts.hasNext()) {
            CsvText text = texts.next();
            var line = new StringBuilder(text.file()).append(":");
            CsvRecords.read(text).forEachRemaining(record -> {
                if (line.length() < 1_000) {
                    line.append(' ').append(List.of(record.cells()));
                }
            });
            shown.add(line.toString());
        }
        return shown;
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
