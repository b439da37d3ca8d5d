package io.tidemark.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the keys that {@code TIDEMARK_} variables stand for. A variable fits a key if the two are equal without regard to
 * case once each {@code .} and {@code -} of the key is a {@code _}. The keys it may fit are
 *
 * <ul>
 *   <li>the global ones,
 *   <li>those of every source and stream that a file or {@code -D} names,
 *   <li>those of sources and streams that the environment itself brings in, which it does with the one key each of them
 *       must have: {@code TIDEMARK_SOURCES_X_SYSTEM} and {@code TIDEMARK_STREAMS_X_SOURCE}, {@code X} being the name with
 *       {@code _} for {@code -},
 *   <li>every other key that a file or {@code -D} gives: a key with a field's name in it can be overridden, not brought in,
 *       because a variable does not keep the name's case.
 * </ul>
 */
final class EnvironmentVariables {
    private static final String PREFIX = "TIDEMARK_";

    /** What the start script gives to the JVM. */
    private static final String OF_THE_SCRIPT = "TIDEMARK_JAVA_OPTIONS";

    private static final Pattern BRINGS_SOURCE = Pattern.compile("tidemark_sources_(.+)_system");
    private static final Pattern BRINGS_STREAM = Pattern.compile("tidemark_streams_(.+)_source");

    private final Catalogue catalogue;
    private final Map<String, Set<String>> keysByFold = new TreeMap<>();

    private EnvironmentVariables(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * The values that the environment gives, by key.
     *
     * @param known the keys that files and {@code -D} give
     */
    static Map<String, Given> read(
            Map<String, String> environment, Collection<String> known, Catalogue catalogue, Problems problems) {
        var ours = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.toUpperCase(Locale.ROOT).startsWith(PREFIX) && !name.equals(OF_THE_SCRIPT)) {
                ours.put(name, value);
            }
        });
        var variables = new EnvironmentVariables(catalogue);
        variables.addKeys(Place.Scope.GLOBAL, "");
        variables.addKnown(known);
        ours.keySet().forEach(variables::addBroughtIn);
        return variables.match(ours, problems);
    }

    /** The variable that stands for a key. */
    static String name(String key) {
        return fold(key).toUpperCase(Locale.ROOT);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private void addKnown(Collection<String> known) {
        for (String key : known) {
            if (key.startsWith(Place.ROOT)) {
                add(key);
            }
            Place.of(key).ifPresent(place -> addKeys(place.scope(), place.name()));
        }
    }

    private void addBroughtIn(String variable) {
        String folded = fold(variable);
        if (!keysByFold.containsKey(folded)) {
            broughtIn(BRINGS_SOURCE, folded, name -> addKeys(Place.Scope.SOURCE, name));
            broughtIn(BRINGS_STREAM, folded, name -> addKeys(Place.Scope.STREAM, name));
        }
    }

    private static void broughtIn(Pattern pattern, String folded, Consumer<String> add) {
        Matcher matcher = pattern.matcher(folded);
        if (matcher.matches()) {
            Optional.ofNullable(matcher.group(1))
                    .map(name -> name.replace('_', '-'))
                    .ifPresent(add);
        }
    }

    private void addKeys(Place.Scope scope, String name) {
        for (String key : Catalogue.names(catalogue.possible(scope))) {
            if (!key.endsWith(".")) {
                add(scope.prefix(name) + key);
            }
        }
    }

    private void add(String key) {
        keysByFold.computeIfAbsent(fold(key), fold -> new TreeSet<>()).add(key);
    }

    private Map<String, Given> match(Map<String, String> ours, Problems problems) {
        var values = new LinkedHashMap<String, Given>();
        ours.forEach((variable, value) -> {
            Set<String> keys = keysByFold.getOrDefault(fold(variable), Set.of());
            if (keys.size() == 1) {
                String key = keys.iterator().next();
                Given earlier = values.put(key, Given.of(key, value, variable));
                if (earlier != null) {
                    problems.key(
                            variable, "stands for " + key + ", as " + earlier.origin() + " does: keep one of them");
                }
            } else if (keys.isEmpty()) {
                problems.key(variable, "fits no key" + nearest(variable) + ": correct its name or unset it");
            } else {
                problems.key(
                        variable,
                        "fits more than one key (" + String.join(", ", keys)
                                + "): give these in the configuration file and unset it");
            }
        });
        return values;
    }

    private String nearest(String variable) {
        var names = new LinkedHashSet<String>();
        keysByFold.keySet().forEach(fold -> names.add(fold.toUpperCase(Locale.ROOT)));
        return Nearest.hint(variable.toUpperCase(Locale.ROOT), List.copyOf(names));
    }
}
