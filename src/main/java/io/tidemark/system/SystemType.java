package io.tidemark.system;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of SaaS API. It says which configuration it takes and opens sources; it does no I/O. Implementations are
 * stateless and safe for use by many threads.
 */
public interface SystemType {

    /** The value of {@code tidemark.sources.S.system}. */
    String name();

    /** The vendor's production address. */
    URI baseUrl();

    /** The keys below {@code tidemark.sources.S.} that are this system's own. */
    List<Option> sourceOptions();

    /** The keys below {@code tidemark.streams.N.export.} that this system takes. */
    List<Option> exportOptions();

    /** The documented resources; others are refused. */
    Set<String> resources();

    /** The key fields of a resource, empty where they are not documented and must be configured or found. */
    List<String> keyOf(String resource);

    /** The resources of which anything can be written; the others come in, and nothing of them goes back. */
    Set<String> writable();

    /**
     * How the vendor's times without an offset are read unless {@code tidemark.sources.S.zone} says otherwise.
     *
     * @param options as for {@link #open}
     */
    default ZoneId zone(Map<String, String> options) {
        return ZoneOffset.UTC;
    }

    /** The most calls at once that the vendor takes. */
    default int mostConcurrentRequests() {
        return Integer.MAX_VALUE;
    }

    /** How far before the server's time a window ends where the bridge sets the end, unless the source says otherwise. */
    default Duration windowLag() {
        return Duration.ofSeconds(5);
    }

    /** How long the vendor may take to show a write, unless the source says otherwise. */
    default Duration settleDelay() {
        return Duration.ofMinutes(1);
    }

    /**
     * What is wrong with options that are each right by themselves, in words that name the key; empty where they fit.
     *
     * @param options as for {@link #open}
     */
    default Optional<String> misfit(Map<String, String> options) {
        return Optional.empty();
    }

    /**
     * Opens a source.
     *
     * @param options values of {@link #sourceOptions} by name, defaults filled in, already checked
     */
    Source open(Map<String, String> options);
}
