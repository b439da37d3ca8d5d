package io.tidemark.command;

import io.tidemark.settings.DatabaseSettings;
import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseException;
import io.tidemark.sql.DatabaseFile;
import io.tidemark.sql.Inspection;
import io.tidemark.sql.Migrations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at the target database and writes nothing to it. */
final class DatabaseCheck {
    private static final String ABOUT = "database";

    /** Schedules and claims use the database's clock alone; more than this confuses people who compare logs. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final DatabaseSettings settings;
    private final Consumer<Finding> found;
    private final InstantSource clock = InstantSource.system();

    DatabaseCheck(DatabaseSettings settings, Consumer<Finding> found) {
        this.settings = settings;
        this.found = found;
    }

    /** Connects; empty where there is nothing to connect to, which has then been said. */
    Optional<Database> open() {
        Optional<DatabaseFile> file = DatabaseFile.of(settings).filter(each -> !each.exists());
        Optional<String> obstacle = file.flatMap(DatabaseFile::obstacle);
        if (file.isPresent() && obstacle.isEmpty()) {
            found.accept(Finding.ok(ABOUT, file.get().path() + " does not exist yet; the first start creates it"));
            return Optional.empty();
        }
        try {
            return Optional.of(Database.open(settings));
        } catch (DatabaseException unreachable) {
            found.accept(Finding.error(ABOUT, String.valueOf(unreachable.getMessage())));
            return Optional.empty();
        }
    }

    /** What there is to say of it; returns whether the bridge's tables are all there. */
    boolean look(Database database) {
        var inspection = new Inspection(database);
        found.accept(Finding.ok(ABOUT, inspection.product() + " at " + database.place()));
        Duration skew = Duration.between(clock.instant(), database.now());
        if (skew.abs().compareTo(SKEW) > 0) {
            found.accept(Finding.warning(
                    ABOUT,
                    "its clock is " + Words.skew(skew) + " of this machine's; set both by a time server (schedules"
                            + " follow this machine's clock, everything else the database's)"));
        }
        return tables(new Migrations(database), inspection.mayCreate());
    }

    private boolean tables(Migrations migrations, boolean mayCreate) {
        List<String> unknown = migrations.unknown();
        if (!unknown.isEmpty()) {
            found.accept(Finding.error(
                    ABOUT,
                    "a newer Tidemark has written the bridge's tables (" + String.join(", ", unknown)
                            + "): run that version, or point tidemark.database.url at another database"));
            return false;
        }
        List<String> pending = migrations.pending();
        if (pending.isEmpty()) {
            found.accept(Finding.ok(ABOUT, "the bridge's own tables are there and up to date"));
            return true;
        }
        String missing = String.join(", ", pending);
        if (!settings.ddl()) {
            found.accept(Finding.error(
                    ABOUT,
                    "the bridge's own tables are missing or old (" + missing + ") and tidemark.database.ddl is off:"
                            + " run what 'tidemark check --ddl' prints"));
        } else if (!mayCreate) {
            found.accept(
                    Finding.error(
                            ABOUT,
                            "the bridge's own tables are missing or old (" + missing
                                    + ") and this account may not create any:"
                                    + " grant it 'create' on the schema, or have a DBA run what 'tidemark check --ddl' prints"));
        } else {
            found.accept(Finding.ok(ABOUT, "the next start sets up the bridge's own tables (" + missing + ")"));
        }
        return false;
    }
}
