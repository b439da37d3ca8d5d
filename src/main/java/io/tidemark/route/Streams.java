package io.tidemark.route;

import io.tidemark.settings.Settings;
import io.tidemark.settings.SourceSettings;
import io.tidemark.settings.StreamSettings;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Source;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The streams and sources of the configuration, opened. Immutable; safe for use by many threads. */
public final class Streams {
    private final Settings settings;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, SourceClock> clocks = new LinkedHashMap<>();
    private final Map<String, Budget> budgets = new LinkedHashMap<>();
    private final Map<String, ActiveStream> streams = new LinkedHashMap<>();

    public Streams(Settings settings, InstantSource clock) {
        this.settings = settings;
        for (SourceSettings source : settings.sources().values()) {
            sources.put(source.name(), source.system().open(source.options()));
            clocks.put(source.name(), new SourceClock(clock));
            budgets.put(
                    source.name(),
                    new Budget(source.name(), source(source.name()).dailyCalls(), clock(source.name())));
        }
        for (StreamSettings stream : settings.streams()) {
            streams.put(stream.name(), activate(stream));
        }
    }

    private ActiveStream activate(StreamSettings stream) {
        Source source = source(stream.source());
        ExportSpec spec = specOf(stream);
        boolean writes = settings.outbound() && stream.direction() != StreamSettings.Direction.INBOUND;
        return new ActiveStream(
                stream,
                settings.sourceOf(stream),
                source,
                source.export(spec),
                writes,
                source.writing(spec),
                clock(stream.source()),
                budget(stream.source()));
    }

    private static ExportSpec specOf(StreamSettings stream) {
        Optional<DeletionRule> deletion = stream.deletion();
        return new ExportSpec(
                stream.name(),
                stream.resource(),
                stream.key(),
                stream.export(),
                stream.deletes() != StreamSettings.Deletes.IGNORE,
                deletion);
    }

    public Settings settings() {
        return settings;
    }

    public Optional<ActiveStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    public Collection<ActiveStream> all() {
        return streams.values();
    }

    Source source(String name) {
        return known(sources.get(name), name);
    }

    SourceClock clock(String name) {
        return known(clocks.get(name), name);
    }

    Budget budget(String name) {
        return known(budgets.get(name), name);
    }

    private static <T> T known(@org.jspecify.annotations.Nullable T value, String source) {
        if (value == null) {
            throw new IllegalArgumentException("no source " + source);
        }
        return value;
    }
}
