package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file of an embedded database. */
public record DatabaseFile(Path path) {
    private static final String PREFIX = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";

    /** Where the target is kept, empty for a server or a database in memory. */
    public static Optional<DatabaseFile> of(DatabaseSettings settings) {
        if (!settings.url().startsWith(PREFIX)) {
            return Optional.empty();
        }
        String place = settings.url().substring(PREFIX.length()).replaceFirst(";.*", "");
        String home = System.getProperty("user.home", "");
        return Optional.of(
                new DatabaseFile(Path.of((place.startsWith("~") ? home + place.substring(1) : place) + SUFFIX)));
    }

    public boolean exists() {
        return Files.exists(path);
    }
}
