package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;

/** Resolves Camel's placeholders in values, with Camel's own resolver. */
final class Placeholders {
    private static final String START = "{{";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final String MASK = "****";

    private final PropertiesComponent resolver;
    private final Problems problems;

    private Placeholders(PropertiesComponent resolver, Problems problems) {
        this.resolver = resolver;
        this.problems = problems;
    }

    /**
     * The values with their placeholders resolved. Values of Camel's own keys stay as they are, Camel resolves them. A
     * value made only of an absent optional placeholder is as if it were not given.
     *
     * @param environment what {@code {{env:NAME}}} reads
     * @param secret whether a key's value is a secret; such a value is masked where another value shows it
     */
    static Map<String, Given> resolve(
            Map<String, Given> given, Map<String, String> environment, Predicate<String> secret, Problems problems) {
        if (given.values().stream().noneMatch(Placeholders::has)) {
            return given;
        }
        try (var context = new DefaultCamelContext()) {
            context.setStartupSummaryLevel(StartupSummaryLevel.Off); // it says nothing when it closes
            PropertiesComponent resolver = context.getPropertiesComponent();
            resolver.setOverrideProperties(properties(given.values()));
            resolver.addPropertiesFunction(new Environment(environment));
            Map<String, Given> resolved = new Placeholders(resolver, problems).all(given, secret);
            return masked(given, resolved, secret);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static boolean has(Given given) {
        return given.key().startsWith(Place.ROOT) && given.text().contains(START);
    }

    private static Properties properties(Collection<Given> given) {
        var properties = new Properties();
        given.forEach(value -> properties.setProperty(value.key(), value.text()));
        return properties;
    }

    private Map<String, Given> all(Map<String, Given> given, Predicate<String> secret) {
        var resolved = new LinkedHashMap<String, Given>();
        given.forEach((key, value) -> {
            if (!has(value)) {
                resolved.put(key, value);
            } else {
                one(value, secret.test(key)).ifPresent(result -> resolved.put(key, result));
            }
        });
        return resolved;
    }

    private Optional<Given> one(Given given, boolean secret) {
        try {
            String text = resolver.parseUri(given.text());
            return text == null ? Optional.empty() : Optional.of(given.resolved(text, text));
        } catch (IllegalArgumentException unresolvable) {
            problems.key(
                    given.key(),
                    "cannot resolve " + String.join(", ", unresolvable(given.text(), secret)) + problems.from(given)
                            + ": set what it names, or give a default after another colon, as in {{env:NAME:default}}");
            return Optional.of(given.unusable());
        }
    }

    /** The placeholders that fail, without defaults where those may be secrets. */
    private List<String> unresolvable(String text, boolean secret) {
        var failing = new ArrayList<String>();
        var placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            String placeholder = placeholders.group();
            try {
                resolver.parseUri(placeholder);
            } catch (IllegalArgumentException unresolvable) {
                failing.add(secret ? withoutDefault(requireNonNull(placeholders.group(1))) : placeholder);
            }
        }
        return failing.isEmpty() ? List.of("a placeholder that is not closed") : failing;
    }

    private static String withoutDefault(String content) {
        int name = content.startsWith("env:") || content.startsWith("sys:") ? 4 : 0;
        int colon = content.indexOf(':', name);
        return START + (colon < 0 ? content : content.substring(0, colon)) + "}}";
    }

    private static Map<String, Given> masked(
            Map<String, Given> given, Map<String, Given> resolved, Predicate<String> secret) {
        List<String> secrets = resolved.values().stream()
                .filter(value -> secret.test(value.key()) && !value.text().isEmpty())
                .map(Given::text)
                .toList();
        resolved.replaceAll((key, value) -> {
            if (!value.usable() || !has(requireNonNull(given.get(key)))) {
                return value;
            }
            String shown = value.shown();
            for (String text : secrets) {
                shown = shown.replace(text, MASK);
            }
            return value.resolved(value.text(), shown);
        });
        return resolved;
    }

    /** The environment as it was handed over, read in the way of Camel's own function. */
    private record Environment(Map<String, String> variables) implements PropertiesFunction {
        @Override
        public String getName() {
            return "env";
        }

        @Override
        public @Nullable String apply(String remainder) {
            int colon = remainder.indexOf(':');
            String name = colon < 0 ? remainder : remainder.substring(0, colon);
            @Nullable String standard = colon < 0 ? null : remainder.substring(colon + 1);
            return variables.getOrDefault(name, standard);
        }
    }
}
