package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to ask an export for.
 *
 * @param from start of the window, in whole seconds
 * @param to end of the window, null to let the vendor set it
 * @param keys records to ask for by their key instead of by the window; empty for a plain window
 * @param withoutOwnChanges leave out what this API user changed, where the vendor can
 */
public record ExportRequest(Instant from, @Nullable Instant to, List<String> keys, boolean withoutOwnChanges) {

    public ExportRequest {
        requireNonNull(from, "from is null");
        keys = List.copyOf(keys);
        if (to != null && !to.isAfter(from)) {
            throw new IllegalArgumentException("a window must end after it starts: " + from + " to " + to);
        }
    }
}
