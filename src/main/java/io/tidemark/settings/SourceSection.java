package io.tidemark.settings;

import io.tidemark.system.Option;
import io.tidemark.system.SystemType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One source: checked, then built. */
final class SourceSection {
    private final String name;
    private final Section section;
    private final Catalogue catalogue;
    private final Optional<SystemType> type;

    private SourceSection(String name, Section section, Catalogue catalogue) {
        this.name = name;
        this.section = section;
        this.catalogue = catalogue;
        this.type = section.find(catalogue.system()).map(catalogue::system);
    }

    static SourceSection check(String name, Section section, Catalogue catalogue, UnknownKeys unknown) {
        section.check(List.of(catalogue.system()));
        var source = new SourceSection(name, section, catalogue);
        source.check();
        unknown.inside(section, Place.Scope.SOURCE, source.type);
        return source;
    }

    private void check() {
        type.ifPresent(system -> {
            section.check(List.copyOf(OptionKeys.of(system.sourceOptions(), "")));
            section.standard(
                    SourceKeys.ZONE,
                    system.zone(Catalogue.options(section, system.sourceOptions(), ""))
                            .getId());
            section.standard(SourceKeys.BASE_URL, system.baseUrl().toString());
            section.standard(SourceKeys.WINDOW_LAG, system.windowLag().toString());
            section.standard(SourceKeys.SETTLE_DELAY, system.settleDelay().toString());
        });
        List<Key<?>> keys = catalogue.common(Place.Scope.SOURCE);
        section.check(keys.stream()
                .filter(key -> !key.name().equals(SourceKeys.SYSTEM))
                .toList());
        checkDownloadHosts();
        type.ifPresent(this::checkConcurrency);
        type.ifPresent(this::checkOptions);
    }

    /** What only the system can tell of its options, once each is right by itself. */
    private void checkOptions(SystemType system) {
        Map<String, String> options = Catalogue.options(section, system.sourceOptions(), "");
        boolean complete = system.sourceOptions().stream()
                .filter(Option::required)
                .allMatch(option -> options.containsKey(option.name()));
        if (complete) {
            system.misfit(options)
                    .ifPresent(words -> section.refuse(
                            options.keySet().stream()
                                    .filter(words::startsWith)
                                    .findFirst()
                                    .orElse(SourceKeys.SYSTEM),
                            words));
        }
    }

    private void checkConcurrency(SystemType system) {
        int most = system.mostConcurrentRequests();
        if (section.find(SourceKeys.MAX_CONCURRENT_REQUESTS)
                .filter(calls -> calls > most)
                .isPresent()) {
            section.refuse(
                    SourceKeys.MAX_CONCURRENT_REQUESTS,
                    "must be " + most + " or less: " + system.name() + " refuses more calls at once");
        }
    }

    private void checkDownloadHosts() {
        boolean api =
                section.find(SourceKeys.BASE_URL).map(SourceSection::isPlain).orElse(false);
        List<URI> hosts = section.find(SourceKeys.DOWNLOAD_HOSTS).orElse(List.of());
        if (!api && hosts.stream().anyMatch(SourceSection::isPlain)) {
            section.refuse(
                    SourceKeys.DOWNLOAD_HOSTS, "must be https, as " + section.keyOf(SourceKeys.BASE_URL) + " is");
        }
    }

    private static boolean isPlain(URI address) {
        return "http".equals(address.getScheme());
    }

    String name() {
        return name;
    }

    /** The source's system, empty where that is a problem. */
    Optional<SystemType> type() {
        return type;
    }

    List<EffectiveValue> effective() {
        return section.effective();
    }

    SourceSettings build() {
        SystemType system = type.orElseThrow();
        return new SourceSettings(
                name,
                system,
                section.get(SourceKeys.BASE_URL),
                Catalogue.options(section, system.sourceOptions(), ""),
                section.get(SourceKeys.REQUESTS_PER_SECOND),
                section.get(SourceKeys.MAX_CONCURRENT_REQUESTS),
                section.get(SourceKeys.ZONE),
                section.get(SourceKeys.WINDOW_LAG),
                section.get(SourceKeys.SETTLE_DELAY),
                section.find(SourceKeys.EXTERNAL_ID_TYPE),
                section.find(SourceKeys.DOWNLOAD_HOSTS).orElse(List.of()));
    }
}
