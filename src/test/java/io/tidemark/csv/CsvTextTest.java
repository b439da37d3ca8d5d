package io.tidemark.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.csv.CsvException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

    private static final String TWO = "a,b\n1,é\n";

    @Test
    void theAnnouncedLengthProvesTheEnd() {
        var text = CsvText.open(in(TWO.getBytes(UTF_8)), info(null, null, 9, false));
        assertThat(read(text)).containsExactly("a|b", "1|é");
        assertThat(text.bytes()).isEqualTo(9);
        assertThat(text.wholeness()).isEqualTo(new Wholeness(true, true));
    }

    @Test
    void theEndOfAChunkedTransferProvesIt() {
        var text = CsvText.open(in("a\n1".getBytes(UTF_8)), info(null, null, -1, true));
        read(text);
        assertThat(text.wholeness()).isEqualTo(new Wholeness(true, false));
    }

    @Test
    void fewerBytesThanAnnouncedAreACut() {
        broken(
                Kind.CUT,
                "f.csv: cut: 9 bytes came, 10 were announced; download the file again",
                () -> read(CsvText.open(in(TWO.getBytes(UTF_8)), info(null, null, 10, false))));
    }

    @Test
    void noBytesOfAnAnnouncedLengthAreACut() {
        broken(
                Kind.CUT,
                "f.csv: cut: 0 bytes came, 10 were announced; download the file again",
                () -> CsvText.open(in(new byte[0]), info(null, null, 10, false)));
    }

    @Test
    void moreBytesThanAnnouncedAreRefused() {
        broken(
                Kind.BROKEN,
                "f.csv: more bytes came than the 5 announced",
                () -> read(CsvText.open(in(TWO.getBytes(UTF_8)), info(null, null, 5, false))));
    }

    @Test
    void aFailedConnectionIsNoBrokenCsv() {
        var start = "a,b\n".repeat(50_000).getBytes(UTF_8);
        var failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketException("Connection reset by https://host/?secret");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new SocketException("Connection reset by https://host/?secret");
            }
        };
        var text = CsvText.open(new SequenceInputStream(in(start), failing), info(null, null, -1, true));
        broken(
                Kind.TRANSPORT,
                "f.csv: the connection failed after 200000 bytes (SocketException); download the file again",
                () -> read(text));
    }

    @Test
    void theDeclaredCharsetIsRead() {
        assertThat(read(CsvText.open(
                        in(TWO.getBytes(ISO_8859_1)), info("text/csv; charset=\"ISO-8859-1\"", null, -1, false))))
                .containsExactly("a|b", "1|é");
        assertThat(read(CsvText.open(
                        in(TWO.getBytes(java.nio.charset.StandardCharsets.UTF_16BE)),
                        info("text/csv;charset=utf-16;header=present", null, -1, false))))
                .containsExactly("a|b", "1|é");
    }

    @Test
    void anUnknownCharsetIsRefused() {
        broken(
                Kind.BROKEN,
                "f.csv: Content-Type names the charset 'klingon', which is unknown here; expected UTF-8, UTF-16 or a"
                        + " name that Java knows",
                () -> CsvText.open(in(TWO.getBytes(UTF_8)), info("text/csv; charset=klingon", null, -1, false)));
    }

    @Test
    void aPageIsRefusedByItsType() {
        broken(
                Kind.BROKEN,
                "f.csv: an HTML page instead of CSV; the link has expired or needs a login, ask the job for a new one",
                () -> CsvText.open(in(TWO.getBytes(UTF_8)), info("text/html; charset=utf-8", null, -1, false)));
    }

    @Test
    void anotherEncodingIsRefused() {
        broken(
                Kind.BROKEN,
                "f.csv: Content-Encoding is 'br', only gzip and identity are read; ask the source for one of them",
                () -> CsvText.open(in(TWO.getBytes(UTF_8)), info(null, "br", -1, false)));
    }

    @Test
    void gzipIsUndoneAndItsTrailerProvesTheEnd() throws IOException {
        byte[] packed = gzip(TWO.getBytes(UTF_8));
        var text = CsvText.open(in(packed), info(null, "gzip", packed.length, false));
        assertThat(read(text)).containsExactly("a|b", "1|é");
        assertThat(text.bytes()).isEqualTo(packed.length);
        assertThat(text.wholeness().proved()).isTrue();
        var unannounced = CsvText.open(in(packed), info(null, "gzip", -1, false));
        read(unannounced);
        assertThat(unannounced.wholeness().proved()).isTrue();
    }

    @Test
    void everyMemberOfAGzipIsRead() throws IOException {
        byte[] second = gzip("2,z\n".getBytes(UTF_8));
        var both = new SequenceInputStream(in(gzip(TWO.getBytes(UTF_8))), in(second));
        assertThat(read(CsvText.open(both, info(null, "gzip", -1, false)))).containsExactly("a|b", "1|é", "2|z");
    }

    @Test
    void gzipIsNeverGuessed() throws IOException {
        byte[] packed = gzip(TWO.getBytes(UTF_8));
        assertThat(read(CsvText.open(in(packed), info(null, null, -1, false))))
                .isNotEmpty()
                .doesNotContain("a|b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 12, 100})
    void halfAGzipIsACut(int missing) throws IOException {
        byte[] packed = gzip(noise(10_000).getBytes(UTF_8));
        byte[] half = Arrays.copyOf(packed, packed.length - missing);
        assertThatThrownBy(() -> read(CsvText.open(in(half), info(null, "gzip", -1, false))))
                .isInstanceOfSatisfying(CsvException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.CUT);
                    assertThat(e)
                            .hasMessage("f.csv: cut: the gzip stream ends after " + half.length
                                    + " bytes without its end mark; download the file again");
                });
    }

    @Test
    void aDamagedGzipIsBroken() throws IOException {
        byte[] packed = gzip(noise(10_000).getBytes(UTF_8));
        packed[packed.length - 6] ^= 1;
        broken(
                Kind.BROKEN,
                "f.csv: Content-Encoding says gzip, but the bytes are damaged or no gzip; download the file again",
                () -> read(CsvText.open(in(packed), info(null, "gzip", -1, false))));
    }

    @Test
    void aGzipBombIsRefused() throws IOException {
        byte[] bomb = gzip("1\n".repeat(20 << 20).getBytes(UTF_8));
        assertThatThrownBy(() -> read(CsvText.open(in(bomb), info(null, "gzip", -1, false))))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("the limits are 300 times and 68719476736 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void itDoesNotMatterHowTheBytesArrive(int piece) {
        byte[] bytes = Cases.bytes("\\xEF\\xBB\\xBFa,b\\r\\n\"é\\r\\n😀\",\\xE9x\\r\\n");
        var dripping = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(piece, length));
            }
        };
        assertThat(read(CsvText.open(dripping, info(null, null, bytes.length, false))))
                .containsExactly("a|b", "é\r\n😀|\uDCE9x");
    }

    @ParameterizedTest
    @ValueSource(ints = {32_764, 32_765, 32_766, 32_767, 32_768, 65_533, 65_534, 65_535, 65_536})
    void charactersAndBadBytesSurviveTheEdgesOfBuffers(int before) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("x".repeat(before).getBytes(UTF_8));
        bytes.writeBytes("😀é".getBytes(UTF_8));
        bytes.write(0xE2);
        bytes.write(0x82);
        bytes.writeBytes("\r\n1".getBytes(UTF_8));
        assertThat(read(CsvText.open(in(bytes.toByteArray()), info(null, null, bytes.size(), false))))
                .containsExactly("x".repeat(before) + "😀é\uDCE2\uDC82", "1");
    }

    @Test
    void aFieldHasALimit() {
        String most = "x".repeat(StructureGuard.MOST_FIELD);
        assertThat(read(of("a\n\"" + most + "\"\n"))).hasSize(2);
        broken(
                Kind.BROKEN,
                "f.csv, line 2: field 1 has more than 1048576 characters, which is the limit",
                () -> read(of("a\n\"" + most + "x\"\n")));
    }

    @Test
    void columnsHaveALimit() {
        String most = ",".repeat(StructureGuard.MOST_COLUMNS - 1);
        assertThat(read(of(most + "\n"))).hasSize(1);
        broken(Kind.BROKEN, "f.csv, line 1: more than 2000 columns, which is the limit", () -> read(of(most + ",\n")));
    }

    @Test
    void aRecordHasALimit() {
        String row = ("x".repeat(1_000_000) + ",").repeat(5) + "\n";
        broken(
                Kind.BROKEN,
                "f.csv, line 2: the record has more than 4194304 characters, which is the limit",
                () -> read(of("a\n" + row)));
    }

    @Test
    void anEndlessQuoteIsRefusedLongBeforeTheHeapIsFull() {
        var endless = new InputStream() {
            private boolean opened;

            @Override
            public int read() {
                opened = true;
                return '"';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                into[offset] = (byte) (opened ? '\n' : '"');
                opened = true;
                return length;
            }
        };
        broken(
                Kind.BROKEN,
                "f.csv, line 1: field 1 has more than 1048576 characters, which is the limit",
                () -> read(CsvText.open(endless, info(null, null, -1, true))));
    }

    private static CsvText of(String text) {
        return CsvText.open(in(text.getBytes(UTF_8)), info(null, null, -1, false));
    }

    private static List<String> read(CsvText text) {
        var found = new ArrayList<String>();
        CsvRecords.read(text).forEachRemaining(record -> found.add(String.join("|", record.cells())));
        return found;
    }

    private static void broken(Kind kind, String message, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(CsvException.class, e -> {
            assertThat(e).hasMessage(message);
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.file()).isEqualTo("f.csv");
        });
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static ContentInfo info(
            @org.jspecify.annotations.Nullable String type,
            @org.jspecify.annotations.Nullable String encoding,
            long length,
            boolean chunked) {
        return new ContentInfo(
                "f.csv",
                Optional.ofNullable(type),
                Optional.ofNullable(encoding),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                chunked);
    }

    private static String noise(int rows) {
        var random = new java.util.Random(7);
        var text = new StringBuilder("a\n");
        for (int i = 0; i < rows; i++) {
            text.append(random.nextLong()).append('\n');
        }
        return text.toString();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
