package io.tidemark.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.CharBuffer;
import java.util.Locale;

/**
 * The text of a CSV file, decoded and guarded while it is read. Whatever is wrong with the file, the connection included,
 * comes out of {@link #read} as a {@link CsvException}. For one thread.
 */
public final class CsvText extends Reader {

    private static final int CHARACTERS = 1 << 15;
    /** Enough to tell a page by its start; a page with more blanks before it fails by its missing key column. */
    private static final int SNIFFED = 1 << 10;

    private final ContentInfo info;
    private final FileBytes bytes;
    private final InputStream plain;
    private final TextDecoder decoder;
    private final StructureGuard guard;
    private final char[] buffer = new char[CHARACTERS];
    private int position;
    private int limit;
    private boolean ended;

    private CsvText(FileBytes bytes, ContentInfo info) throws IOException {
        this.info = info;
        this.bytes = bytes;
        this.plain = info.gzip() ? new GzipBytes(bytes, info.file()) : bytes;
        this.decoder = new TextDecoder(plain, info.charset());
        this.guard = new StructureGuard(info.file());
    }

    /**
     * Opens a file, reading its beginning. The caller keeps the stream if this fails; otherwise {@link #close} closes it.
     *
     * @throws CsvException if it is a page, has no bytes, an unknown charset or encoding, or cannot be read
     */
    public static CsvText open(InputStream bytes, ContentInfo info) {
        info.refusePage();
        try {
            var text = new CsvText(new FileBytes(bytes, info), info);
            text.start();
            return text;
        } catch (IOException e) {
            throw transport(info, e);
        }
    }

    public String file() {
        return info.file();
    }

    /** The bytes that came so far, before gzip was undone. */
    public long bytes() {
        return bytes.count();
    }

    /** What the end of the file says; to be asked when the records are read. */
    public Wholeness wholeness() {
        boolean proved = ended && (info.length().isPresent() || info.chunked() || plain instanceof GzipBytes);
        return new Wholeness(proved, guard.lineEnd());
    }

    @Override
    public int read(char[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !refill()) {
            guard.end();
            return -1;
        }
        int n = Math.min(length, limit - position);
        guard.scan(buffer, position, position + n);
        System.arraycopy(buffer, position, into, offset, n);
        position += n;
        return n;
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    private void start() throws IOException {
        if (bytes.count() == 0) {
            throw new CsvException(
                    CsvException.Kind.BROKEN,
                    info.file(),
                    0,
                    "no bytes at all, not even a header; ask for the export again");
        }
        var out = CharBuffer.wrap(buffer);
        while (out.position() < SNIFFED && !ended) {
            ended = !decoder.read(out);
        }
        limit = out.position();
        String start = new String(buffer, 0, Math.min(limit, SNIFFED)).strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
            throw info.pageInstead();
        }
    }

    private boolean refill() {
        if (ended) {
            return false;
        }
        var out = CharBuffer.wrap(buffer);
        try {
            ended = !decoder.read(out);
        } catch (IOException e) {
            throw transport(info, e);
        }
        position = 0;
        limit = out.position();
        return limit > 0;
    }

    private static CsvException transport(ContentInfo info, IOException e) {
        return new CsvException(
                CsvException.Kind.TRANSPORT, info.file(), 0, "the file cannot be read; download it again", e);
    }
}
