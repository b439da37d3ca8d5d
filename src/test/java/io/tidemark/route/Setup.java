package io.tidemark.route;

import io.tidemark.command.Systems;
import io.tidemark.sandbox.PretendedSystem;
import io.tidemark.sandbox.everyaction.ApiUser;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.settings.Reading;
import io.tidemark.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration as a person would write it, with waits short enough for tests. */
final class Setup {
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private int tick = 20;
    private Path routes = PROJECT.resolve("routes");

    Setup(Path folder) {
        this.folder = folder;
        set("tidemark.database.url", "jdbc:h2:file:./tidemark");
    }

    /** One source {@code ea} and one stream {@code contacts}. */
    static Setup of(Path folder, EveryActionSandbox sandbox) {
        return new Setup(folder).source("ea", sandbox, sandbox.user()).stream("contacts", "ea");
    }

    Setup source(String name, EveryActionSandbox sandbox, ApiUser user) {
        String source = "tidemark.sources." + name + ".";
        return set(source + "system", "everyaction")
                .set(source + "base-url", sandbox.baseUrl().toString())
                .set(source + "application-name", user.applicationName())
                .set(source + "api-key", user.key())
                .set(source + "database-mode", Integer.toString(user.mode()))
                .set(source + "requests-per-second", "1000");
    }

    /** A source as its pretended system says, with waits short enough for tests. */
    Setup source(String name, PretendedSystem sandbox) {
        String source = "tidemark.sources." + name + ".";
        set(source + "system", sandbox.system())
                .set(source + "base-url", sandbox.baseUrl().toString())
                .set(source + "requests-per-second", "1000");
        sandbox.options().forEach((key, value) -> set(source + key, value.replace("\n", "\\n")));
        return this;
    }

    Setup stream(String name, String source) {
        String stream = "tidemark.streams." + name + ".";
        return set(stream + "source", source)
                .set(stream + "resource", "Contacts")
                .set(stream + "schedule", "0 0 3 1 1 ? 2099")
                .set(stream + "poll-first", "PT0.05S")
                .set(stream + "poll-most", "PT0.1S");
    }

    /** How often the bridge looks for steps, in milliseconds. */
    Setup tick(int millis) {
        tick = millis;
        return this;
    }

    String tick() {
        return Integer.toString(tick);
    }

    Setup set(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** Sets a key of the stream {@code contacts}. */
    Setup contacts(String key, String value) {
        return set("tidemark.streams.contacts." + key, value);
    }

    /** Puts one of the project's examples among the user's own routes, unchanged. */
    Setup example(String name) {
        try {
            return local(name, Files.readString(PROJECT.resolve("routes/examples/" + name)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts a file among the user's own routes, beside a copy of the project's. */
    Setup local(String name, String yaml) {
        try {
            if (!routes.startsWith(folder)) {
                routes = Files.createDirectories(folder.resolve("routes"));
                Files.createDirectory(routes.resolve("local"));
                try (var own = Files.newDirectoryStream(PROJECT.resolve("routes"), "*.yaml")) {
                    for (Path file : own) {
                        Files.copy(file, routes.resolve(file.getFileName()));
                    }
                }
            }
            Files.writeString(routes.resolve("local").resolve(name), yaml);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The folder with the routes: the project's, or a copy of it with the user's own. */
    Path routes() {
        return routes;
    }

    Path folder() {
        return folder;
    }

    Set<String> streams() {
        return keys.keySet().stream()
                .filter(key -> key.startsWith("tidemark.streams.") && key.endsWith(".source"))
                .map(key -> key.substring("tidemark.streams.".length(), key.length() - ".source".length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    Reading read() {
        String text = keys.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Path file = folder.resolve("application.properties");
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new SettingsReader(Systems.ALL).read(file, Map.of(), Map.of());
    }
}
