package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.Option;
import io.tidemark.system.SystemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every key there is. What a key is called, takes and defaults to stands in the lists that it is made of. */
final class Catalogue {
    private final Map<String, SystemType> systems;
    private final Key<String> system;

    Catalogue(Map<String, SystemType> systems) {
        this.systems = systems;
        this.system = SourceKeys.system(systems.keySet().stream().sorted().toList());
    }

    SystemType system(String name) {
        return requireNonNull(systems.get(name), name);
    }

    /** The key that says which system a source is. */
    Key<String> system() {
        return system;
    }

    List<Key<?>> source(SystemType type) {
        return joined(SourceKeys.all(system), OptionKeys.of(type.sourceOptions(), ""));
    }

    List<Key<?>> stream(SystemType type) {
        return joined(StreamKeys.ALL, OptionKeys.of(type.exportOptions(), StreamKeys.EXPORT));
    }

    /** The keys of a section whose system is not known: those that every system has. */
    List<Key<?>> common(Place.Scope scope) {
        return switch (scope) {
            case GLOBAL -> GlobalKeys.ALL;
            case SOURCE -> SourceKeys.all(system);
            case STREAM -> StreamKeys.ALL;
        };
    }

    /** The keys that a section could have, whatever its system. */
    List<Key<?>> possible(Place.Scope scope) {
        var keys = new ArrayList<>(common(scope));
        if (scope != Place.Scope.GLOBAL) {
            systems.values().forEach(type -> keys.addAll(ofSystem(scope, type)));
        }
        return List.copyOf(keys);
    }

    /** The systems that have a key of their own by this name, in order. */
    List<String> systemsWith(Place.Scope scope, String name) {
        return systems.values().stream()
                .filter(type -> names(ofSystem(scope, type)).contains(name))
                .map(SystemType::name)
                .sorted()
                .toList();
    }

    /** Whether a key's value is a secret in any system. */
    boolean secret(String key) {
        return Place.of(key)
                .filter(place -> possible(place.scope()).stream()
                        .anyMatch(known -> known.secret() && known.name().equals(place.rest())))
                .isPresent();
    }

    /** The keys' names, those of secret files among them, those for each field with their dot. */
    static Set<String> names(Collection<? extends Key<?>> keys) {
        var names = new LinkedHashSet<String>();
        for (Key<?> key : keys) {
            names.add(key.name());
            if (key.secret()) {
                names.add(key.fileName());
            }
        }
        return names;
    }

    private static List<Key<String>> ofSystem(Place.Scope scope, SystemType type) {
        return switch (scope) {
            case GLOBAL -> List.of();
            case SOURCE -> OptionKeys.of(type.sourceOptions(), "");
            case STREAM -> OptionKeys.of(type.exportOptions(), StreamKeys.EXPORT);
        };
    }

    private static List<Key<?>> joined(List<? extends Key<?>> first, List<? extends Key<?>> second) {
        var keys = new ArrayList<Key<?>>(first);
        keys.addAll(second);
        return List.copyOf(keys);
    }

    /** The values of a system's options by name, in a checked section. */
    static Map<String, String> options(Section section, List<Option> options, String prefix) {
        var values = new TreeMap<String, String>();
        for (Key<String> key : OptionKeys.of(options, prefix)) {
            section.find(key).ifPresent(value -> values.put(key.name().substring(prefix.length()), value));
        }
        return values;
    }
}
