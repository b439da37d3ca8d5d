package io.tidemark.csv;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is known about a file before its first byte.
 *
 * @param file how messages and rejects call the file; never an address with its query
 * @param type the Content-Type, as sent
 * @param encoding the Content-Encoding, as sent
 * @param length the Content-Length: of the bytes as they arrive, before gzip is undone
 * @param chunked whether the transfer marks its end, so that a cut is an error of the connection
 */
public record ContentInfo(
        String file, Optional<String> type, Optional<String> encoding, OptionalLong length, boolean chunked) {

    private static final Pattern CHARSET =
            Pattern.compile("(?i);\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^;\\s]*))");
    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

    public ContentInfo {
        requireNonNull(file, "file is null");
        requireNonNull(type, "type is null");
        requireNonNull(encoding, "encoding is null");
        requireNonNull(length, "length is null");
        if (file.isBlank()) {
            throw new IllegalArgumentException("a file needs a name for messages");
        }
    }

    /** A local file: UTF-8 unless a byte order mark says otherwise. */
    public static ContentInfo ofFile(String file, long length) {
        return new ContentInfo(file, Optional.empty(), Optional.empty(), OptionalLong.of(length), false);
    }

    /** A file of which nothing is known but its name. */
    public static ContentInfo unknown(String file) {
        return new ContentInfo(file, Optional.empty(), Optional.empty(), OptionalLong.empty(), false);
    }

    /**
     * Refuses a page in place of a file.
     *
     * @throws CsvException if the type says that it is one
     */
    void refusePage() {
        if (page()) {
            throw pageInstead();
        }
    }

    CsvException pageInstead() {
        return broken("an HTML page instead of CSV; the link has expired or needs a login, ask the job for a new one");
    }

    private boolean page() {
        String media = type.orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return PAGES.contains(media);
    }

    boolean gzip() {
        String word = encoding.orElse("").strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw broken("Content-Encoding is '" + Shown.text(word, 40)
                        + "', only gzip and identity are read; ask the source for one of them");
        };
    }

    Optional<Charset> charset() {
        var found = CHARSET.matcher(type.orElse(""));
        if (!found.find()) {
            return Optional.empty();
        }
        String name =
                found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
        try {
            return Optional.of(Charset.forName(name.strip()));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new CsvException(
                    CsvException.Kind.BROKEN,
                    file,
                    0,
                    "Content-Type names the charset '" + Shown.text(name, 40) + "', which is unknown here;"
                            + " expected UTF-8, UTF-16 or a name that Java knows",
                    e);
        }
    }

    private CsvException broken(String reason) {
        return new CsvException(CsvException.Kind.BROKEN, file, 0, reason);
    }
}
