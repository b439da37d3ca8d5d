package io.tidemark.sql;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** The bridge's own tables, brought to the state this version needs. */
public final class Migrations {
    private static final String HISTORY = "tidemark_migration";

    private final Database database;
    private final Flyway flyway;

    public Migrations(Database database) {
        this.database = database;
        var configuration = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.dataSource())
                .locations("classpath:io/tidemark/sql/migration")
                .table(HISTORY)
                .placeholders(placeholders(database))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .createSchemas(false)
                .ignoreMigrationPatterns(new String[0])
                .validateMigrationNaming(true);
        database.settings()
                .schema()
                .ifPresent(schema -> configuration.schemas(schema).defaultSchema(schema));
        this.flyway = configuration.load();
    }

    /** Whether the bridge's tables are there, be it as an older version left them. */
    public boolean begun() {
        return info().applied().length > 0;
    }

    /**
     * Makes sure that {@link #run} would not refuse; runs nothing.
     *
     * @throws DatabaseException if it would
     */
    public void rehearse() {
        List<String> unknown = unknown();
        if (!unknown.isEmpty()) {
            throw new DatabaseException(
                    "a newer Tidemark has written the bridge's tables in " + database.place() + " ("
                            + String.join(", ", unknown)
                            + "): run that version, or point tidemark.database.url at another database",
                    null);
        }
        if (!database.settings().ddl()) {
            refuseIfPending();
        }
    }

    /** What is still to be run, oldest first, as file names. */
    public List<String> pending() {
        return Arrays.stream(info().pending()).map(MigrationInfo::getScript).toList();
    }

    /** What is in the database and not in this version: a newer one was here. File names. */
    public List<String> unknown() {
        return Arrays.stream(info().applied())
                .filter(migration -> !migration.getState().isResolved())
                .map(MigrationInfo::getScript)
                .toList();
    }

    /** What {@link #run} would run, for somebody else to run: the tables, and the note that they are there. */
    public List<String> statements() {
        var statements = new ArrayList<String>();
        MigrationInfo[] pending = info().pending();
        if (pending.length == 0) {
            return statements;
        }
        database.settings()
                .schema()
                .ifPresent(schema -> statements.add(
                        database.dialect().useSchema(database.dialect().quote(schema))));
        if (info().applied().length == 0) {
            statements.add("""
                    create table "tidemark_migration" (
                        "installed_rank" int not null primary key,
                        "version" varchar(50),
                        "description" varchar(200) not null,
                        "type" varchar(20) not null,
                        "script" varchar(1000) not null,
                        "checksum" int,
                        "installed_by" varchar(100) not null,
                        "installed_on" timestamp default current_timestamp not null,
                        "execution_time" int not null,
                        "success" boolean not null)""");
        }
        int rank = info().applied().length;
        for (MigrationInfo migration : pending) {
            rank++;
            statements.addAll(script(migration.getScript()));
            statements.add("insert into \"tidemark_migration\" (\"installed_rank\", \"version\", \"description\","
                    + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")\n"
                    + "values (" + rank + ", '" + migration.getVersion() + "', '" + migration.getDescription()
                    + "', 'SQL', '" + migration.getScript() + "', " + migration.getChecksum()
                    + ", current_user, 0, true)");
        }
        return statements;
    }

    /** What an account that may not create anything needs of the bridge's own tables. */
    public List<String> grants(String account) {
        String to = " to " + database.dialect().account(account);
        Stream<String> tables = Stream.of(
                database.own(
                        "grant select, insert, update, delete on ~tidemark_stream, ~tidemark_source, ~tidemark_cycle,"
                                + " ~tidemark_reject, ~tidemark_altered, ~tidemark_change, ~tidemark_conflict,"
                                + " ~tidemark_installation, ~tidemark_capture" + to),
                "grant select on " + database.own("~\"" + HISTORY + "\"") + to);
        Stream<String> sequences = Stream.of("~tidemark_claim", "~tidemark_version")
                .flatMap(sequence -> database.dialect().sequenceRight(database.own(sequence)).stream())
                .map(right -> "grant " + right + to);
        return Stream.concat(tables, sequences).toList();
    }

    /** What the scripts leave to the database. */
    private static Map<String, String> placeholders(Database database) {
        Dialect dialect = database.dialect();
        return Map.of("key", dialect.quote(dialect.fold("key")), "onlydeletions", dialect.onlyWhere("kind = 'delete'"));
    }

    /** The statements of a migration without its comments. */
    private List<String> script(String name) {
        try (InputStream file = Migrations.class.getResourceAsStream("migration/" + name)) {
            String text = new String(requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)\\s*--.*$", "");
            for (var placeholder : placeholders(database).entrySet()) {
                text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
            }
            return Arrays.stream(text.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a migration of this jar cannot be read: " + name, unreadable);
        }
    }

    /**
     * Brings the tables up to date.
     *
     * @throws DatabaseException if the tables are newer than this version, or {@code ddl=off} and something is missing
     */
    public void run() {
        try {
            if (database.settings().ddl()) {
                flyway.migrate();
            } else {
                refuseIfPending();
            }
            flyway.validate();
        } catch (FlywayException refused) {
            throw explained(refused);
        }
    }

    /** What the database refused is said in its words; what is left is that tables and version differ. */
    private DatabaseException explained(FlywayException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return new DatabaseException(
                        "the bridge's tables in " + database.place() + " cannot be set up or read: "
                                + DatabaseException.of(failure).getMessage(),
                        failure);
            }
        }
        return new DatabaseException(
                "the bridge's tables in " + database.place() + " do not fit this version of Tidemark: "
                        + String.valueOf(refused.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("")
                        + ". A newer Tidemark may have"
                        + " written them: run that version, or point tidemark.database.url at another database",
                refused);
    }

    private MigrationInfoService info() {
        try {
            return flyway.info();
        } catch (FlywayException refused) {
            throw explained(refused);
        }
    }

    private void refuseIfPending() {
        List<String> pending = pending();
        if (!pending.isEmpty()) {
            throw new DatabaseException(
                    "tidemark.database.ddl is off and the bridge's tables are missing or old ("
                            + String.join(", ", pending)
                            + "): run the statements that 'tidemark check --ddl' prints, or set tidemark.database.ddl=on",
                    null);
        }
    }
}
