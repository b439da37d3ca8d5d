package io.tidemark.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a downloaded file: the file itself or, where its bytes are a zip archive, each file in it. A text is to be
 * read to its end before the next one is asked for.
 */
public final class FileTexts {
    private final ContentInfo info;
    private final InputStream bytes;
    private final @Nullable Archive archive;
    private boolean taken;

    private FileTexts(ContentInfo info, InputStream bytes, @Nullable Archive archive) {
        this.info = info;
        this.bytes = bytes;
        this.archive = archive;
    }

    /**
     * Opens a file.
     *
     * @throws CsvException if it cannot be read
     */
    public static FileTexts open(InputStream stream, ContentInfo info) {
        var bytes = new BufferedInputStream(stream);
        try {
            return new FileTexts(info, bytes, Archive.begins(bytes) ? new Archive(bytes, info) : null);
        } catch (IOException e) {
            throw FileBytes.lost(info, 0, e);
        }
    }

    public boolean hasNext() {
        return archive == null ? !taken : archive.hasNext();
    }

    public CsvText next() {
        if (archive != null) {
            Archive.Part part = archive.next();
            return CsvText.open(part.bytes(), part.info());
        }
        if (taken) {
            throw new NoSuchElementException(info.file() + " is one text");
        }
        taken = true;
        return CsvText.open(bytes, info);
    }
}
