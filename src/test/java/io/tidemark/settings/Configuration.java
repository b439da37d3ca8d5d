package io.tidemark.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A configuration in a folder of its own, as a person would write it. */
final class Configuration {
    /** A source that is complete. */
    static final String SOURCE = """
            tidemark.sources.ea.system=everyaction
            tidemark.sources.ea.application-name=app
            tidemark.sources.ea.api-key=a-secret-key
            """;

    /** A stream that is complete, and its source. */
    static final String STREAM = SOURCE + """
            tidemark.streams.contacts.source=ea
            tidemark.streams.contacts.resource=Contacts
            """;

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> overrides = new LinkedHashMap<>();

    Configuration(Path folder) {
        this.folder = folder;
    }

    Configuration file(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return this;
    }

    Configuration main(String content) {
        return file("application.properties", content);
    }

    Configuration environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Configuration override(String key, String value) {
        overrides.put(key, value);
        return this;
    }

    Reading read() {
        return new SettingsReader(FakeSystem.ALL)
                .read(folder.resolve("application.properties"), environment, overrides);
    }

    List<String> problems() {
        try {
            read();
            return List.of();
        } catch (ConfigurationException refused) {
            return refused.problems().stream().map(Problem::message).toList();
        }
    }

    /** Values with where they come from, by key. */
    Map<String, String> effective() {
        return read().effective().stream()
                .collect(Collectors.toMap(
                        EffectiveValue::key,
                        value -> value.value() + " <- " + value.origin(),
                        (one, other) -> one + " and " + other,
                        LinkedHashMap::new));
    }
}
