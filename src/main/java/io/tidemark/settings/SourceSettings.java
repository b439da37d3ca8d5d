package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Option;
import io.tidemark.system.SystemType;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One account of one system.
 *
 * @param options the system's own keys by name, secrets among them
 * @param requestsPerSecond the most calls a second that the bridge makes of itself
 * @param maxConcurrentRequests the most calls at once, shared by all streams of the source
 * @param zone how the vendor's times without an offset are read
 * @param windowLag how far before the server's time a window ends where the bridge sets the end
 * @param settleDelay how long the vendor may take to show a write
 * @param downloadHosts origins besides the base URL's that get the credentials
 */
public record SourceSettings(
        String name,
        SystemType system,
        URI baseUrl,
        Map<String, String> options,
        double requestsPerSecond,
        int maxConcurrentRequests,
        ZoneId zone,
        Duration windowLag,
        Duration settleDelay,
        Optional<String> externalIdType,
        List<URI> downloadHosts) {

    public SourceSettings {
        requireNonNull(name, "name is null");
        requireNonNull(system, "system is null");
        requireNonNull(baseUrl, "baseUrl is null");
        options = Map.copyOf(options);
        requireNonNull(zone, "zone is null");
        requireNonNull(windowLag, "windowLag is null");
        requireNonNull(settleDelay, "settleDelay is null");
        requireNonNull(externalIdType, "externalIdType is null");
        downloadHosts = List.copyOf(downloadHosts);
    }

    /**
     * The address of a path below the base URL.
     *
     * @param path with a slash at its start
     */
    public URI at(String path) {
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** The addresses whose origins may have the credentials. */
    public List<URI> credentialHosts() {
        var hosts = new ArrayList<>(downloadHosts);
        hosts.add(baseUrl);
        return hosts;
    }

    /** The options that nobody may see. */
    public List<String> secrets() {
        return system.sourceOptions().stream()
                .filter(Option::secret)
                .map(option -> options.get(option.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Without the options, some of which are secret. */
    @Override
    public String toString() {
        return "SourceSettings[name=" + name + ", system=" + system.name() + ", baseUrl=" + baseUrl + "]";
    }
}
