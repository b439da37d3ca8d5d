package io.tidemark.settings;

import io.tidemark.system.SystemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the configuration. Of the places a value may stand in, the later one counts: the configuration file, the local
 * file beside it, the environment, {@code -D}.
 */
public final class SettingsReader {
    private static final String OVERRIDE = "-D";

    private final Catalogue catalogue;

    /** Accepts sources of these systems, by name. */
    public SettingsReader(Map<String, SystemType> systems) {
        this.catalogue = new Catalogue(Map.copyOf(systems));
    }

    /**
     * Reads and checks everything before anything starts.
     *
     * @param configFile the main file, which must exist; relative paths in values start at its folder
     * @param environment all variables of the process
     * @param overrides keys and values given with {@code -D}
     * @throws ConfigurationException with every problem at once
     */
    public Reading read(Path configFile, Map<String, String> environment, Map<String, String> overrides) {
        Path file = configFile.toAbsolutePath().normalize();
        var problems = new Problems(PropertiesFile.name(file));
        Map<String, Given> given = given(file, environment, overrides, problems);
        Map<String, Given> resolved = Placeholders.resolve(given, environment, catalogue::secret, problems);
        var sections = Sections.check(resolved, folder(file), catalogue, problems);
        if (!problems.none()) {
            throw new ConfigurationException(problems.inOrder(List.copyOf(given.keySet())));
        }
        return sections.build();
    }

    private Map<String, Given> given(
            Path file, Map<String, String> environment, Map<String, String> overrides, Problems problems) {
        if (!Files.exists(file)) {
            problems.file(
                    file.toString(),
                    "there is no such file: copy application.properties from the distribution to there, or name yours with"
                            + " --config FILE");
            throw new ConfigurationException(problems.inOrder(List.of()));
        }
        var given = new LinkedHashMap<>(PropertiesFile.read(file, problems));
        Path local = PropertiesFile.local(file);
        if (Files.exists(local)) {
            given.putAll(PropertiesFile.read(local, problems));
        }
        var named = new HashMap<>(given);
        overrides.forEach((key, text) -> named.put(key, Given.of(key, text, OVERRIDE)));
        given.putAll(EnvironmentVariables.read(environment, named.keySet(), catalogue, problems));
        overrides.forEach((key, text) -> given.put(key, Given.of(key, text, OVERRIDE)));
        return given;
    }

    private static Path folder(Path file) {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }
}
