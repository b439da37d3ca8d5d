package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one source, of one stream, or the global ones: checked against the catalogue first, then asked for. A value
 * with a problem is as if it were absent.
 */
final class Section {
    private static final String MASK = "****";
    private static final String DEFAULT = "default";

    private final String prefix;
    private final Path folder;
    private final Problems problems;
    private final Map<String, Given> given = new LinkedHashMap<>();
    private final Map<String, String> standards = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<EffectiveValue> effective = new ArrayList<>();
    private final Set<String> unclaimed = new LinkedHashSet<>();

    Section(String prefix, Path folder, Problems problems) {
        this.prefix = prefix;
        this.folder = folder;
        this.problems = problems;
    }

    void put(String rest, Given value) {
        given.put(rest, value);
        unclaimed.add(rest);
    }

    /** A default that depends on other keys. */
    void standard(Key<?> key, String text) {
        standards.put(key.name(), text);
    }

    /** Reads the values of these keys. */
    void check(List<Key<?>> keys) {
        for (Key<?> key : keys) {
            if (key.perField()) {
                checkPerField(key);
            } else if (key.secret() && unclaimed.remove(key.fileName())) {
                checkFile(key);
            } else {
                checkOne(key);
            }
        }
    }

    /** The given keys that no check has asked for. */
    List<Given> unclaimed() {
        return given.entrySet().stream()
                .filter(entry -> unclaimed.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What follows the prefix in a given key. */
    String rest(Given value) {
        return value.key().substring(prefix.length());
    }

    String keyOf(Key<?> key) {
        return keyNamed(key.name());
    }

    /** The whole key by what follows the prefix. */
    String keyNamed(String rest) {
        return prefix + rest;
    }

    <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable(value(key.name()));
    }

    /** The value of a key that is required or has a default, once there are no problems. */
    <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException("no value for " + keyOf(key)));
    }

    /** Values by field of a key for each field, in the order given. */
    <T> Map<String, T> each(Key<T> key) {
        var fields = new LinkedHashMap<String, T>();
        for (String name : values.keySet()) {
            if (name.startsWith(key.name())) {
                Optional.<T>ofNullable(value(name))
                        .ifPresent(value -> fields.put(name.substring(key.name().length()), value));
            }
        }
        return fields;
    }

    /** Only a checked key's own parser puts a value under its name. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> @Nullable T value(String name) {
        return (T) values.get(name);
    }

    /** Whether a key is given, right or wrong. */
    boolean has(Key<?> key) {
        return given.containsKey(key.name());
    }

    /** The text of a value before it is checked. */
    Optional<String> text(Key<?> key) {
        return Optional.ofNullable(given.get(key.name()))
                .filter(Given::usable)
                .map(value -> value.text().strip());
    }

    /** Says that a key's value, given or default, does not go with another. */
    void refuse(Key<?> key, String message) {
        refuse(key.name(), message);
    }

    /** The same for one field of a key for each field. */
    void refuse(String rest, String message) {
        Given value = given.get(rest);
        if (value == null) {
            problems.key(prefix + rest, message);
        } else {
            problems.value(value, false, message);
        }
    }

    /** A value is in force in another form than the one given. */
    void show(Key<?> key, String text) {
        effective.replaceAll(value -> value.key().equals(keyOf(key))
                ? new EffectiveValue(value.key(), text, value.origin(), value.secret())
                : value);
    }

    List<EffectiveValue> effective() {
        return List.copyOf(effective);
    }

    private void checkPerField(Key<?> key) {
        for (Given value : List.copyOf(given.values())) {
            String rest = rest(value);
            if (rest.startsWith(key.name()) && rest.length() > key.name().length()) {
                unclaimed.remove(rest);
                parse(rest, key, value, value.text());
            }
        }
    }

    private void checkOne(Key<?> key) {
        unclaimed.remove(key.name());
        Given value = given.get(key.name());
        if (value != null) {
            parse(key.name(), key, value, value.text());
            return;
        }
        Optional<String> standard =
                Optional.ofNullable(standards.get(key.name())).or(key::standard);
        if (standard.isPresent()) {
            parse(
                    key.name(),
                    key,
                    new Given(keyOf(key), standard.get(), standard.get(), DEFAULT, true),
                    standard.get());
        } else if (key.required()) {
            problems.key(
                    keyOf(key),
                    "is required (" + key.description() + "): give it in the configuration or in "
                            + EnvironmentVariables.name(keyOf(key))
                            + (key.secret() ? ", or give its file in " + prefix + key.fileName() : ""));
        }
    }

    private void checkFile(Key<?> key) {
        unclaimed.remove(key.name());
        Given path = requireNonNull(given.get(key.fileName()));
        Given direct = given.get(key.name());
        if (direct != null) {
            problems.key(keyOf(key), "is given here and in " + path.key() + problems.from(path) + ": keep one of them");
        }
        if (!path.usable()) {
            return;
        }
        try {
            String secret =
                    Files.readString(folder.resolve(path.text().strip())).replaceFirst("\\r?\\n\\z", "");
            if (parse(key.name(), key, new Given(path.key(), secret, "", path.origin(), true), secret)) {
                effective.add(new EffectiveValue(path.key(), path.shown(), path.origin(), false));
            }
        } catch (IOException | InvalidPathException unreadable) {
            problems.value(path, false, "no file of UTF-8 text can be read there; it must hold the secret alone");
        }
    }

    private boolean parse(String rest, Key<?> key, Given value, String text) {
        if (!value.usable()) {
            return false;
        }
        try {
            values.put(rest, key.parser().parse(text));
        } catch (RefusedValueException refused) {
            problems.value(value, key.secret(), refused.accepted());
            return false;
        }
        String shown = key.secret() ? MASK : DatabaseUrl.masked(value.shown());
        effective.add(new EffectiveValue(prefix + rest, shown, value.origin(), key.secret()));
        return true;
    }
}
