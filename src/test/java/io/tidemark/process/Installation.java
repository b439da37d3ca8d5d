package io.tidemark.process;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person would have set up: a folder with a configuration of one source and one stream, {@code contacts}. */
final class Installation {
    static final String JOBS = "/v4/changedEntityExportJobs";

    private final Path folder;
    private final Target target;
    private final Map<String, String> keys = new LinkedHashMap<>();

    Installation(Path folder, EveryActionSandbox sandbox, Target target) {
        this.folder = folder;
        this.target = target;
        set("tidemark.database.url", target.url());
        set("tidemark.database.username", target.user());
        set("tidemark.sources.crm.system", "everyaction");
        set("tidemark.sources.crm.base-url", sandbox.baseUrl().toString());
        set("tidemark.sources.crm.application-name", sandbox.user().applicationName());
        set("tidemark.sources.crm.api-key", sandbox.user().key());
        set(
                "tidemark.sources.crm.database-mode",
                Integer.toString(sandbox.user().mode()));
        set("tidemark.sources.crm.requests-per-second", "1000");
        contacts("source", "crm");
        contacts("resource", "Contacts");
        contacts("schedule", "0/1 * * * * ?");
        contacts("poll-first", "PT0.1S");
        contacts("poll-most", "PT0.2S");
        contacts("brake", "off");
    }

    /** On H2, in a file of the folder. */
    static Installation h2(Path folder, EveryActionSandbox sandbox) {
        var file = new Target("jdbc:h2:file:" + folder.toAbsolutePath() + "/tidemark;AUTO_SERVER=TRUE", "sa", "");
        return new Installation(folder, sandbox, file);
    }

    static Installation postgreSql(Path folder, EveryActionSandbox sandbox) {
        return new Installation(folder, sandbox, PostgreSqlServer.database());
    }

    Installation set(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** Sets a key of the stream {@code contacts}. */
    Installation contacts(String key, String value) {
        return set("tidemark.streams.contacts." + key, value);
    }

    Target target() {
        return target;
    }

    Path folder() {
        return folder;
    }

    Path config() {
        return folder.resolve("application.properties");
    }

    Program run() {
        return start("run");
    }

    /** Starts a command with this configuration. */
    Program start(String... command) {
        return start(List.of("-Xmx256m"), command);
    }

    Program start(List<String> options, String... command) {
        String text = keys.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(config(), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var arguments = new ArrayList<>(List.of("--config", config().toString()));
        arguments.addAll(List.of(command));
        return Program.start(folder, options, arguments.toArray(String[]::new));
    }
}
