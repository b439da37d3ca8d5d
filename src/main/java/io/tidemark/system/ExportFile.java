package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of a finished export. Its address may be a signed link: a secret that is used and forgotten, never stored or
 * shown. That is why {@link #toString} leaves it out.
 *
 * @param expires when the link stops working, null where the vendor does not say
 */
public record ExportFile(URI address, @Nullable Instant expires) {

    public ExportFile {
        requireNonNull(address, "address is null");
    }

    public boolean expiredAt(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    @Override
    public String toString() {
        return "ExportFile[host=" + address.getHost() + ", expires=" + expires + "]";
    }
}
