package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.settings.DatabaseSettings;
import io.tidemark.sql.RealDatabases;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge's own tables in a schema of their own: {@code tidemark.database.schema}. */
class SchemaTest {
    private static final String OWN_TABLES = """
            select lower(table_schema || '.' || table_name) from information_schema.tables
            where lower(table_name) like 'tidemark%' order by 1""";

    @TempDir
    Path folder;

    private Trial trial(DatabaseSettings database) {
        return new Trial(folder)
                .with(
                        "tidemark.database.url=" + database.url(),
                        "tidemark.database.username=" + database.username(),
                        "tidemark.database.schema=bridge");
    }

    private DatabaseSettings database(String name) throws SQLException {
        DatabaseSettings database = name.equals("h2") ? RealDatabases.h2(folder) : RealDatabases.postgreSql();
        rows(database, "create schema bridge");
        return database;
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void cycles_run_beside_an_untouched_schema_of_the_users_and_uninstall_finds_everything(String name)
            throws SQLException {
        DatabaseSettings database = database(name);
        try (var trial = trial(database)) {
            Trial.Answer first = trial.run("sync");
            assertThat(first.status()).as(first.toString()).isZero();
            assertThat(first.out()).startsWith("contacts: committed, 20 read, 20 inserted");
            assertThat(trial.run("sync").out()).startsWith("contacts: committed, ");
            assertThat(trial.run("status").status()).isZero();
            assertThat(trial.run("check").lines())
                    .contains(
                            "ok       database: the bridge's own tables are there and up to date",
                            "ok       stream contacts: table contacts fits");
            assertThat(rows(database, OWN_TABLES))
                    .containsExactly(
                            "bridge.tidemark_altered",
                            "bridge.tidemark_capture",
                            "bridge.tidemark_change",
                            "bridge.tidemark_conflict",
                            "bridge.tidemark_cycle",
                            "bridge.tidemark_installation",
                            "bridge.tidemark_migration",
                            "bridge.tidemark_reject",
                            "bridge.tidemark_source",
                            "bridge.tidemark_staging_contacts",
                            "bridge.tidemark_stream");
            assertThat(rows(database, "select count(*) from public.contacts")).containsExactly("20");

            assertThat(trial.run("uninstall", "contacts").lines().subList(0, 4))
                    .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                    .containsExactly(
                            "contacts: removed view public.contacts_current",
                            "contacts: removed table bridge.tidemark_staging_contacts",
                            "contacts: removed 2 cycles of its history",
                            "contacts: removed its state and watermark");
            assertThat(rows(database, "select count(*) from public.contacts")).containsExactly("20");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void what_a_dba_ran_of_the_printed_statements_is_enough_there_too(String name) throws SQLException {
        DatabaseSettings database = database(name);
        try (var trial = trial(database)) {
            Trial.Answer script = trial.run("check", "--ddl");
            assertThat(script.status()).as(script.toString()).isZero();
            assertThat(rows(database, OWN_TABLES)).isEmpty();
            rows(database, script.out());

            Trial.Answer sync = trial.with("tidemark.database.ddl=off").run("sync");
            assertThat(sync.status()).as(sync.toString()).isZero();
            assertThat(sync.out()).startsWith("contacts: committed, 20 read, 20 inserted");
            assertThat(rows(database, OWN_TABLES)).hasSize(11).allMatch(table -> table.startsWith("bridge."));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_schema_that_is_not_there_is_said(String name) throws SQLException {
        DatabaseSettings database = database(name);
        try (var trial = trial(database).with("tidemark.database.schema=elsewhere")) {
            Trial.Answer sync = trial.run("sync");

            assertThat(sync.status()).as(sync.toString()).isNotZero();
            assertThat(sync.out() + sync.err())
                    .contains("the database has no schema elsewhere: create it, or correct the name in")
                    .contains("tidemark.database.schema")
                    .doesNotContain("\tat ");
        }
    }

    /** Runs statements; the first column of the first result. */
    private static List<String> rows(DatabaseSettings database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.username(), "");
                var statement = connection.createStatement()) {
            var values = new ArrayList<String>();
            if (statement.execute(sql)) {
                try (var row = statement.getResultSet()) {
                    while (row.next()) {
                        values.add(row.getString(1));
                    }
                }
            }
            return values;
        }
    }
}
