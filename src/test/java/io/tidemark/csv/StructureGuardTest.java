package io.tidemark.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructureGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\r\n\"1\r\n2\r3\n4\",5\r\n\r\n6,",
                "a\r\r\n\n\"x\"\"y\"\n",
                "\"\r\",\"\n\"\n",
                "a,\"b\"\"\"\r\n\"\"\r"
            })
    void itDoesNotMatterInWhichPiecesTheTextComes(String good) {
        String broken = good + "\"";
        String whole = fault(broken, broken.length());
        assertThat(Stream.of(1, 2, 3, 5).map(piece -> fault(broken, piece))).containsOnly(whole);
        assertThat(whole).startsWith("f, line " + parsersLine(good + "x") + ": the file ends inside the quoted field");
    }

    private static long parsersLine(String text) {
        var in = new ByteArrayInputStream(text.getBytes(UTF_8));
        var records = CsvRecords.read(CsvText.open(in, ContentInfo.unknown("f")));
        long line = 0;
        while (records.hasNext()) {
            line = records.next().line();
        }
        return line;
    }

    private static String fault(String text, int piece) {
        var guard = new StructureGuard("f");
        try {
            for (int i = 0; i < text.length(); i += piece) {
                guard.scan(text.toCharArray(), i, Math.min(i + piece, text.length()));
            }
            guard.end();
            return "none";
        } catch (CsvException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
