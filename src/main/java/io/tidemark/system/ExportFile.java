package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a finished export. Its address may be a signed link: a secret that is used and forgotten, never stored or
 * shown. That is why {@link #toString} leaves it out.
 *
 * @param address of a file that needs the credentials it may be a path below the source's base URL
 * @param expires when the link stops working, null where the vendor does not say
 * @param access who may download it
 * @param format what it holds; compression, and an archive of several files of the format, are seen by the content
 * @param headers to ask with, besides what the format demands
 * @param once whether the vendor gives it only once: a download that breaks needs a new export
 */
public record ExportFile(
        URI address, @Nullable Instant expires, Access access, Format format, Map<String, String> headers, boolean once)
        implements ExportPart {

    /** What a file's address demands. */
    public enum Access {
        /** The address itself is the permission: no credentials go there, whoever the host is. */
        LINK,
        /** The source's credentials, at its own origin and at the configured download hosts. */
        CREDENTIALS
    }

    /** What a file holds. */
    public enum Format {
        /** RFC 4180, a header in the first record. */
        CSV,
        /** An array of objects; the names of nested members are joined with a slash. */
        JSON,
        /** The first sheet, a header in its first row. */
        XLSX
    }

    public ExportFile {
        requireNonNull(address, "address is null");
        requireNonNull(access, "access is null");
        requireNonNull(format, "format is null");
        headers = Map.copyOf(headers);
    }

    /** A CSV file behind a signed link that can be downloaded again. */
    public static ExportFile csv(URI link, @Nullable Instant expires) {
        return new ExportFile(link, expires, Access.LINK, Format.CSV, Map.of(), false);
    }

    public boolean expiredAt(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    @Override
    public String toString() {
        return "ExportFile[host=" + address.getHost() + ", expires=" + expires + ", " + access + ", " + format + "]";
    }
}
