package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration, checked.
 *
 * @param folder absolute; relative paths in values are resolved against it
 * @param sources by name, in the order of the configuration
 * @param streams in the order of the configuration; each one's source is among the sources
 */
public record Settings(
        Path folder,
        DatabaseSettings database,
        boolean outbound,
        ZoneId timeZone,
        Duration retention,
        Map<String, SourceSettings> sources,
        List<StreamSettings> streams) {

    public Settings {
        requireNonNull(folder, "folder is null");
        requireNonNull(database, "database is null");
        requireNonNull(timeZone, "timeZone is null");
        requireNonNull(retention, "retention is null");
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        streams = List.copyOf(streams);
    }

    public SourceSettings sourceOf(StreamSettings stream) {
        return requireNonNull(sources.get(stream.source()), stream.source());
    }
}
