package io.tidemark.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.util.SensitiveUtils;

/** The configuration by section: global keys, sources, streams and Camel's own. */
final class Sections {
    private static final String CAMEL = "camel.";
    private static final Set<String> PORTS = Set.of("camel.management.port", "camel.server.port");
    private static final Parser<Integer> PORT = Parsers.whole(0, 65_535);

    private final Path folder;
    private final Problems problems;
    private final Section global;
    private final Map<String, Section> sources = new LinkedHashMap<>();
    private final Map<String, Section> streams = new LinkedHashMap<>();
    private final Map<String, Given> camel = new LinkedHashMap<>();

    private Sections(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
        this.global = new Section(Place.ROOT, folder, problems);
    }

    /** Sorts the keys into sections and checks each; what is wrong is with the problems afterwards. */
    static Checked check(Map<String, Given> given, Path folder, Catalogue catalogue, Problems problems) {
        var sections = new Sections(folder, problems);
        var unknown = new UnknownKeys(catalogue, problems);
        given.values().forEach(value -> sections.put(value, unknown));
        return sections.check(catalogue, unknown);
    }

    private void put(Given given, UnknownKeys unknown) {
        if (given.key().startsWith(CAMEL)) {
            camel.put(given.key(), given);
            return;
        }
        Place.of(given.key())
                .ifPresentOrElse(place -> sectionOf(place).put(place.rest(), given), () -> unknown.outside(given));
    }

    private Section sectionOf(Place place) {
        Function<String, Section> fresh = name -> {
            if (!name.matches(Parsers.NAME)) {
                problems.key(
                        place.prefix() + "*",
                        "the name " + name + " must be 1 to 31 of a-z, 0-9 and -, a letter first");
            }
            return new Section(place.prefix(), folder, problems);
        };
        return switch (place.scope()) {
            case GLOBAL -> global;
            case SOURCE -> sources.computeIfAbsent(place.name(), fresh);
            case STREAM -> streams.computeIfAbsent(place.name(), fresh);
        };
    }

    /** Camel takes what it cannot read for a default, or fails without the key. */
    private void checkPort(Given given) {
        if (given.usable() && PORTS.contains(given.key())) {
            try {
                PORT.parse(given.text());
            } catch (RefusedValueException refused) {
                problems.value(given, false, refused.accepted());
            }
        }
    }

    private Checked check(Catalogue catalogue, UnknownKeys unknown) {
        camel.values().forEach(this::checkPort);
        var checkedSources = new LinkedHashMap<String, SourceSection>();
        sources.forEach(
                (name, section) -> checkedSources.put(name, SourceSection.check(name, section, catalogue, unknown)));
        var checkedStreams = new ArrayList<StreamSection>();
        var streamsByTable = new HashMap<String, String>();
        streams.forEach((name, section) -> {
            var stream = StreamSection.check(name, section, checkedSources, catalogue, unknown);
            stream.checkTable(streamsByTable);
            checkedStreams.add(stream);
        });
        return new Checked(
                folder,
                GlobalSection.check(global, folder, unknown),
                checkedSources,
                checkedStreams,
                List.copyOf(camel.values()));
    }

    /** All sections, checked; to be built only if there was no problem. */
    record Checked(
            Path folder,
            GlobalSection global,
            Map<String, SourceSection> sources,
            List<StreamSection> streams,
            List<Given> camel) {

        Reading build() {
            var settings = new LinkedHashMap<String, SourceSettings>();
            sources.forEach((name, source) -> settings.put(name, source.build()));
            var passed = new LinkedHashMap<String, String>();
            camel.forEach(given -> passed.put(given.key(), given.text()));
            return new Reading(
                    new Settings(
                            folder,
                            global.database(),
                            global.outbound(),
                            global.timeZone(),
                            global.retention(),
                            settings,
                            streams.stream().map(StreamSection::build).toList()),
                    effective(),
                    passed);
        }

        private List<EffectiveValue> effective() {
            var effective = new ArrayList<>(global.effective());
            sources.values().forEach(source -> effective.addAll(source.effective()));
            streams.forEach(stream -> effective.addAll(stream.effective()));
            camel.forEach(given -> {
                boolean secret = SensitiveUtils.containsSensitive(given.key());
                String shown = secret ? "****" : DatabaseUrl.masked(given.text());
                effective.add(new EffectiveValue(given.key(), shown, given.origin(), secret));
            });
            return effective;
        }
    }
}
