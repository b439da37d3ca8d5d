package io.tidemark.csv;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A file that cannot be loaded, with its place and the next step. No row of it may be kept. */
public final class CsvException extends RuntimeException {

    /** What the caller should do. */
    public enum Kind {
        /** The bytes are what the source sent and are no CSV that can be trusted; the same bytes fail again. */
        BROKEN,
        /** The file ended before its announced end; asking again may help. */
        CUT,
        /** The connection failed while reading; asking again may help. */
        TRANSPORT
    }

    private final Kind kind;
    private final String file;
    private final long line;

    /**
     * @param line the first physical line of the record concerned, from 1; 0 where no line is
     * @param reason what is wrong and what to do next, without contents of rows
     */
    public CsvException(Kind kind, String file, long line, String reason) {
        this(kind, file, line, reason, null);
    }

    public CsvException(Kind kind, String file, long line, String reason, @Nullable Throwable cause) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + reason, cause);
        this.kind = requireNonNull(kind, "kind is null");
        this.file = requireNonNull(file, "file is null");
        this.line = line;
    }

    public Kind kind() {
        return kind;
    }

    public String file() {
        return file;
    }

    /** The line concerned, from 1; 0 where no line is. */
    public long line() {
        return line;
    }
}
