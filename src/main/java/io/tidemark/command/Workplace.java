package io.tidemark.command;

import io.tidemark.console.Endpoints;
import io.tidemark.route.Bridge;
import io.tidemark.route.Listener;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.settings.Reading;
import io.tidemark.settings.Settings;
import io.tidemark.settings.SettingsReader;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Database;
import io.tidemark.sql.DatabaseFile;
import io.tidemark.sql.History;
import io.tidemark.sql.Migrations;
import io.tidemark.sql.StreamStore;
import io.tidemark.stream.StreamState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** What a command works with: the configuration, and the database where it needs one. */
final class Workplace implements AutoCloseable {
    private final Reading reading;
    private final Path routes;
    private final Database database;
    private final StreamStore store;
    private final boolean created;
    private volatile boolean stopped;

    private Workplace(Reading reading, Path routes, Database database, StreamStore store, boolean created) {
        this.created = created;
        this.reading = reading;
        this.routes = routes;
        this.database = database;
        this.store = store;
    }

    static Reading read(CommandLineInterface root) {
        return new SettingsReader(Systems.ALL).read(root.config, System.getenv(), root.overrides);
    }

    /** Reads the configuration, connects, and brings the bridge's own tables up to date. */
    static Workplace open(CommandLineInterface root) {
        return open(read(root), root.routes);
    }

    static Workplace open(Reading reading, Path wanted) {
        DatabaseSettings settings = reading.settings().database();
        boolean created =
                DatabaseFile.of(settings).filter(file -> !file.exists()).isPresent();
        Database database = Database.open(settings);
        var workplace = new Workplace(reading, routes(wanted), database, new StreamStore(database), created);
        try {
            new Migrations(database).run();
        } catch (RuntimeException refused) {
            workplace.close();
            throw refused;
        }
        return workplace;
    }

    /**
     * A place to ask sources from that touches no database: the bridge's tables are in memory, and nothing is due.
     */
    static Workplace scratch(Reading reading, Path wanted) {
        Database database = Database.open(memory());
        new Migrations(database).run();
        return new Workplace(reading, routes(wanted), database, new StreamStore(database), false);
    }

    /**
     * A place to rehearse in: the streams' tables are the real ones, to read from; what the bridge keeps of its own is in
     * memory. A database that is not there yet is not created.
     */
    static Workplace rehearsal(CommandLineInterface root) {
        Reading reading = read(root);
        DatabaseSettings settings = reading.settings().database();
        boolean missing =
                DatabaseFile.of(settings).filter(file -> !file.exists()).isPresent();
        Database own = Database.open(memory());
        try {
            new Migrations(own).run();
            Database database = Database.open(missing ? memory() : settings);
            var workplace = new Workplace(reading, routes(root.routes), database, new StreamStore(own), false);
            try {
                new Migrations(database).rehearse();
                return workplace;
            } catch (RuntimeException refused) {
                database.close();
                throw refused;
            }
        } catch (RuntimeException refused) {
            own.close();
            throw refused;
        }
    }

    /** An empty database that is gone when it is closed. */
    static DatabaseSettings memory() {
        return new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "", 4, Optional.empty(), true);
    }

    /** The folder of the routes: the one asked for, else the one beside the program. */
    private static Path routes(Path wanted) {
        Path beside = Path.of(System.getProperty("tidemark.home", "."), "routes");
        boolean asked = !wanted.equals(CommandLineInterface.ROUTES);
        Path found = asked || Files.isDirectory(wanted) ? wanted : beside;
        if (!Files.isDirectory(found)) {
            throw new UsageException("there is no folder of routes at " + wanted.toAbsolutePath()
                    + ": start in the program's folder, or name it with --routes DIR");
        }
        return found.toAbsolutePath().normalize();
    }

    Reading reading() {
        return reading;
    }

    Settings settings() {
        return reading.settings();
    }

    Database database() {
        return database;
    }

    /** Where the database is, and whether it was made just now. */
    String databaseInWords() {
        return "database " + database.place() + (created ? " (created just now)" : "");
    }

    /** @throws StoppedException once it is {@link #stop stopped} */
    StreamStore store() {
        proceed();
        return store;
    }

    /** Whoever works here goes no further. */
    void stop() {
        stopped = true;
    }

    /** @throws StoppedException once it is {@link #stop stopped} */
    void proceed() {
        if (stopped) {
            throw new StoppedException();
        }
    }

    /** What has happened; of a rehearsal, what would. */
    History history() {
        return new History(store.database());
    }

    /** What the tables' database knows of a stream; empty before its first start. */
    Optional<StreamState> known(String stream) {
        return new Migrations(database).begun() ? new StreamStore(database).find(stream) : Optional.empty();
    }

    /** Makes every configured stream known to the database. */
    void register() {
        for (StreamSettings stream : settings().streams()) {
            store.register(stream.name(), stream.source());
        }
    }

    /** The stream of that name. */
    StreamSettings stream(String name) {
        return settings().streams().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no stream " + name + "; configured are: " + names()));
    }

    /** A stream that is configured, or that the database knows from before. */
    String anyStream(String name) {
        var names = new TreeSet<String>();
        settings().streams().forEach(stream -> names.add(stream.name()));
        store.all().forEach(known -> names.add(known.state().name()));
        if (!names.contains(name)) {
            throw new UsageException("there is no stream " + name + "; known are: " + listed(names));
        }
        return name;
    }

    private String names() {
        return listed(settings().streams().stream().map(StreamSettings::name).toList());
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty() ? "none (see tidemark.streams.* in application.properties)" : String.join(", ", names);
    }

    /**
     * The routes, not yet started. Only the daemon follows schedules and serves health and meters.
     *
     * @param listeners hear what becomes of cycles, besides the meters
     */
    Bridge bridge(boolean daemon, Listener... listeners) {
        return new Bridge(
                settings(),
                database,
                store,
                routes,
                daemon ? Endpoints.keys(reading.camel()) : Endpoints.none(reading.camel()),
                daemon,
                List.of(listeners));
    }

    @Override
    public void close() {
        if (store.database() != database) {
            store.database().close();
        }
        database.close();
    }
}
