package io.tidemark.csv;

import java.io.IOException;
import java.io.InputStream;

/** The bytes as they arrive, counted and held against the announced length. */
final class FileBytes extends InputStream {

    private final InputStream in;
    private final ContentInfo info;
    private long count;
    private boolean ended;

    FileBytes(InputStream in, ContentInfo info) {
        this.in = in;
        this.info = info;
    }

    /** The bytes of a file that may be compressed with gzip; refuses a page. */
    static InputStream unpacked(InputStream in, ContentInfo info) {
        info.refusePage();
        var bytes = new FileBytes(in, info);
        return info.gzip() ? new GzipBytes(bytes, info.file()) : bytes;
    }

    static CsvException lost(ContentInfo info, long count, IOException e) {
        return new CsvException(
                CsvException.Kind.TRANSPORT,
                info.file(),
                0,
                "the connection failed after " + count + " bytes ("
                        + e.getClass().getSimpleName() + "); download the file again",
                e);
    }

    long count() {
        return count;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (ended) {
            return -1;
        }
        int n;
        try {
            n = in.read(into, offset, length);
        } catch (IOException e) {
            throw lost(info, count, e);
        }
        if (n < 0) {
            ended = true;
            if (info.length().isPresent() && count < info.length().getAsLong()) {
                throw new CsvException(
                        CsvException.Kind.CUT,
                        info.file(),
                        0,
                        "cut: " + count + " bytes came, " + info.length().getAsLong()
                                + " were announced; download the file again");
            }
            return -1;
        }
        count += n;
        if (info.length().isPresent() && count > info.length().getAsLong()) {
            throw new CsvException(
                    CsvException.Kind.BROKEN,
                    info.file(),
                    0,
                    "more bytes came than the " + info.length().getAsLong() + " announced");
        }
        return n;
    }

    /** Never 0 before the end: a gzip stream takes 0 for the end and would leave later members out. */
    @Override
    public int available() {
        return ended ? 0 : 1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
