package io.tidemark.csv;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Bytes out of gzip, with limits against bombs. The trailer is checked: an end that is reached is the end. */
final class GzipBytes extends InputStream {

    /** Below this output no ratio is looked at: a small export of equal rows packs very well. */
    static final long RATIO_FROM = 16L << 20;

    static final int MOST_RATIO = 300;
    static final long MOST_BYTES = 64L << 30;

    private final FileBytes packed;
    private final String file;
    private final GZIPInputStream in;
    private long count;

    GzipBytes(FileBytes packed, String file) {
        this.packed = packed;
        this.file = file;
        try {
            this.in = new GZIPInputStream(packed, 1 << 16);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int n;
        try {
            n = in.read(into, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
        if (n < 0) {
            return -1;
        }
        count += n;
        refuseBomb(file, packed.count(), count);
        return n;
    }

    /** Refuses what unpacks to more than a table can be. */
    static void refuseBomb(String file, long packed, long unpacked) {
        if (unpacked > MOST_BYTES || (unpacked > RATIO_FROM && unpacked / MOST_RATIO > packed)) {
            throw new CsvException(
                    CsvException.Kind.BROKEN,
                    file,
                    0,
                    packed + " packed bytes unpack to more than " + unpacked + "; the limits are " + MOST_RATIO
                            + " times and " + MOST_BYTES + " bytes");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private CsvException failed(IOException e) {
        return e instanceof EOFException
                ? new CsvException(
                        CsvException.Kind.CUT,
                        file,
                        0,
                        "cut: the gzip stream ends after " + packed.count()
                                + " bytes without its end mark; download the file again",
                        e)
                : new CsvException(
                        CsvException.Kind.BROKEN,
                        file,
                        0,
                        "Content-Encoding says gzip, but the bytes are damaged or no gzip; download the file again",
                        e);
    }
}
