package io.tidemark.csv;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a zip archive, one after another, each to be read before the next is asked for. Each file's checksum is
 * checked at its end, so an end is an end.
 */
final class Archive implements Iterator<Archive.Part> {
    private static final int SIGNATURE = 4;

    /** One file's bytes. */
    record Part(InputStream bytes, ContentInfo info) {}

    private final ContentInfo info;
    private final FileBytes packed;
    private final LastBytes last;
    private final ZipInputStream zip;
    private @Nullable ZipEntry ahead;

    Archive(InputStream bytes, ContentInfo info) {
        this.info = info;
        this.packed = new FileBytes(bytes, info);
        this.last = new LastBytes(packed);
        this.zip = new ZipInputStream(last);
    }

    @Override
    public boolean hasNext() {
        try {
            while (ahead == null || ahead.isDirectory()) {
                ahead = zip.getNextEntry();
                if (ahead == null) {
                    last.skipToEnd();
                    if (!last.holdEnd()) {
                        throw new EOFException("no end of the central directory");
                    }
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Override
    public Part next() {
        ZipEntry entry = ahead;
        if (entry == null) {
            throw new NoSuchElementException(info.file() + " holds no further file");
        }
        ahead = null;
        String name = info.file() + ", " + Shown.text(entry.getName(), 100);
        return new Part(
                new EntryBytes(), new ContentInfo(name, info.type(), Optional.empty(), OptionalLong.empty(), true));
    }

    /** Remembers the last bytes, where an archive that is whole has its end mark. */
    private static final class LastBytes extends FilterInputStream {
        private static final int KEPT = 1 << 10;

        private byte[] kept = new byte[0];

        LastBytes(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            if (n > 0) {
                int old = Math.min(kept.length, Math.max(0, KEPT - n));
                int fresh = Math.min(n, KEPT);
                byte[] next = Arrays.copyOfRange(kept, kept.length - old, kept.length + fresh);
                System.arraycopy(into, offset + n - fresh, next, old, fresh);
                kept = next;
            }
            return n;
        }

        void skipToEnd() throws IOException {
            byte[] rest = new byte[KEPT];
            while (read(rest, 0, rest.length) >= 0) {
                // nothing of it is wanted but its end
            }
        }

        boolean holdEnd() {
            return new String(kept, StandardCharsets.ISO_8859_1).contains("PK\5\6");
        }
    }

    private CsvException damaged(IOException e) {
        return new CsvException(
                CsvException.Kind.CUT,
                info.file(),
                0,
                "the zip archive is cut or damaged after " + packed.count() + " bytes; download the file again",
                e);
    }

    /** One file's bytes, with the limits that hold for what is packed; closing it leaves the archive open. */
    private final class EntryBytes extends FilterInputStream {
        private long count;

        EntryBytes() {
            super(zip);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            try {
                int n = super.read(into, offset, length);
                count += Math.max(n, 0);
                GzipBytes.refuseBomb(info.file(), packed.count(), count);
                return n;
            } catch (IOException e) {
                throw damaged(e);
            }
        }

        @Override
        public void close() {}
    }

    /** Looks at the first bytes; names and types say nothing reliable. */
    static boolean begins(BufferedInputStream bytes) throws IOException {
        bytes.mark(SIGNATURE);
        byte[] first = bytes.readNBytes(SIGNATURE);
        bytes.reset();
        return first.length == SIGNATURE && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4;
    }
}
