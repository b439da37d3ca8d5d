package io.tidemark.sql;

import io.tidemark.settings.DatabaseSettings;
import java.io.IOException;
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

    /**
     * Why no database can be opened here; empty where nothing stands in the way. The database itself would tell a missing
     * right to its own log, and at length. Leaves nothing behind.
     */
    public Optional<String> obstacle() {
        if (exists() && (!Files.isRegularFile(path) || !Files.isWritable(path))) {
            return Optional.of(path + " is no file that may be written");
        }
        Path folder = path.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.of(folder + " is no folder");
        }
        try {
            Files.delete(Files.createTempFile(folder, "tidemark", null));
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of("no file can be made in " + folder);
        }
    }
}
