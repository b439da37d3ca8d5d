package io.tidemark.settings;

import io.tidemark.system.SystemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what was probably meant by a key that nobody knows. Its value is never shown: it may be a misspelt secret. */
final class UnknownKeys {
    private static final List<String> SECTIONS = List.of("sources", "streams");

    private final Catalogue catalogue;
    private final Problems problems;

    UnknownKeys(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    /** Outside of every section: a wrong beginning, or a section's name without a key. */
    void outside(Given given) {
        String key = given.key();
        if (key.startsWith(Place.ROOT)) {
            problems.key(
                    key,
                    "is no key" + problems.from(given)
                            + "; keys here are tidemark.sources.NAME.KEY and tidemark.streams.NAME.KEY");
            return;
        }
        int dot = key.indexOf('.');
        String first = dot < 0 ? key : key.substring(0, dot);
        String hint = Nearest.to(first, List.of("tidemark", "camel"))
                .map(meant -> " (nearest: " + completed(meant, dot < 0 ? "" : key.substring(dot)) + ")")
                .orElse("");
        problems.key(key, "is no key" + problems.from(given) + "; keys begin with tidemark. or camel." + hint);
    }

    private String completed(String meant, String rest) {
        String key = meant + rest;
        if (rest.isEmpty() || !key.startsWith(Place.ROOT)) {
            return key;
        }
        return Place.of(key)
                .flatMap(place -> Nearest.to(place.rest(), Catalogue.names(catalogue.possible(place.scope())))
                        .map(nearest -> place.prefix() + nearest))
                .orElse(key);
    }

    /** Below {@code tidemark.} but neither a global key nor in a source or stream. */
    void global(Section section) {
        for (Given given : section.unclaimed()) {
            String rest = section.rest(given);
            var known = new ArrayList<>(Catalogue.names(GlobalKeys.ALL));
            int dot = rest.indexOf('.');
            if (dot > 0) {
                SECTIONS.forEach(name -> known.add(name + rest.substring(dot)));
            }
            report(given, Nearest.to(rest, known).map(nearest -> Place.ROOT + nearest));
        }
    }

    /**
     * In a source or stream.
     *
     * @param type its system, empty where that is not known; then every system's keys pass
     */
    void inside(Section section, Place.Scope scope, Optional<SystemType> type) {
        List<Key<?>> possible = catalogue.possible(scope);
        List<Key<?>> keys = type.map(
                        system -> scope == Place.Scope.SOURCE ? catalogue.source(system) : catalogue.stream(system))
                .orElse(possible);
        for (Given given : section.unclaimed()) {
            String rest = section.rest(given);
            List<String> having = catalogue.systemsWith(scope, rest.endsWith(Key.FILE) ? unfiled(scope, rest) : rest);
            if (type.isPresent() && !having.isEmpty()) {
                problems.key(
                        given.key(),
                        type.get().name() + " has no such key" + problems.from(given) + "; "
                                + String.join(" and ", having) + (having.size() == 1 ? " has it" : " have it"));
            } else if (having.isEmpty()) {
                report(given, nearest(section, rest, keys));
            }
        }
    }

    private String unfiled(Place.Scope scope, String rest) {
        return catalogue.systemsWith(scope, rest).isEmpty()
                ? rest.substring(0, rest.length() - Key.FILE.length())
                : rest;
    }

    private static Optional<String> nearest(Section section, String rest, List<Key<?>> keys) {
        var known = new ArrayList<String>();
        int dot = rest.indexOf('.');
        for (String name : Catalogue.names(keys)) {
            if (!name.endsWith(".")) {
                known.add(name);
            } else if (dot > 0
                    && Nearest.to(rest.substring(0, dot + 1), List.of(name)).isPresent()) {
                known.add(name + rest.substring(dot + 1));
            }
        }
        return Nearest.to(rest, known).map(section::keyNamed);
    }

    private void report(Given given, Optional<String> nearest) {
        problems.key(
                given.key(),
                "is no key" + problems.from(given)
                        + nearest.map(key -> " (nearest: " + key + ")")
                                .orElse("; remove it, the example file lists all keys"));
    }
}
