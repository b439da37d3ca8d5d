package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.DatabaseSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class H2CaptureTest extends CaptureContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.h2(folder);
    }

    @Test
    void truncateIsRefused() {
        people();

        assertThatThrownBy(() -> run("truncate table contacts"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("Cannot truncate \"PUBLIC.CONTACTS\"");
        assertThat(rows("select count(*) from contacts")).containsExactly("3");
        run("delete from contacts");
        assertThat(changes()).hasSize(3);
    }

    @Test
    void aReopenedDatabaseCaptures() {
        people();
        DatabaseSettings settings = database.settings();
        database.close();
        database = Database.open(settings);

        run("update contacts set first_name = 'x' where van_id = 1");

        assertThat(changes()).containsExactly("update|pending|1|first_name=\"Ann\"");
    }

    @Test
    void aTableThatTheUserAltersIsStillCaptured() {
        people();
        run("alter table contacts add column shoe_size integer before first_name");

        run("update contacts set first_name = 'x', shoe_size = 1 where van_id = 1");

        assertThat(changes()).containsExactly("update|pending|1|first_name=\"Ann\"");
        assertThatThrownBy(() -> run("truncate table contacts")).isInstanceOf(DatabaseException.class);
        assertThat(Target.statements(database, stream.settings(), stream.shape()).stream()
                        .filter(statement -> statement.contains("trigger")))
                .isEmpty();
    }

    @Test
    void anotherProcessIsCaptured() throws IOException, InterruptedException {
        DatabaseSettings own = database.settings();
        database.close();
        database = Database.open(new DatabaseSettings(
                own.url() + ";AUTO_SERVER=TRUE", own.username(), own.password(), 4, Optional.empty(), true));
        people();
        Process shell = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of(org.h2.Driver.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath())
                                .toString(),
                        "org.h2.tools.Shell",
                        "-url",
                        database.settings().url(),
                        "-user",
                        own.username(),
                        "-password",
                        "",
                        "-sql",
                        "update contacts set first_name = 'x' where van_id = 1; delete from contacts where van_id = 2")
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();

        assertThat(rows("select kind, record_key from tidemark_change order by id"))
                .as(said)
                .containsExactly("update|1", "delete|2");
    }

    /** A user's own trigger: writes the name in capitals. */
    public static final class Shout implements Trigger {
        @Override
        public void fire(Connection connection, @Nullable Object @Nullable [] old, @Nullable Object @Nullable [] row) {
            if (row != null && row[2] != null) {
                row[2] = String.valueOf(row[2]).toUpperCase(java.util.Locale.ROOT);
            }
        }
    }

    /** A user's own trigger: writes the name into another table. */
    public static final class Note implements Trigger {
        @Override
        public void fire(Connection connection, @Nullable Object @Nullable [] old, @Nullable Object @Nullable [] row)
                throws SQLException {
            if (row != null) {
                execute(connection, "insert into others (first_name) values ('noted')");
            }
        }
    }

    @Test
    void aUsersTriggerThatChangesAValueBeforeIsSeen() {
        people();
        run("create trigger shout before insert, update on contacts for each row call '" + Shout.class.getName() + "'");

        run(
                "update contacts set amount = 5 where van_id = 1",
                "update contacts set tidemark_deleted_at = null where van_id = 2");

        assertThat(changes())
                .containsExactly(
                        "update|pending|1|amount=1.5000,first_name=\"Ann\"", "update|pending|2|first_name=\"Bob\"");
        assertThat(rows("select van_id from contacts where tidemark_synced_at is null order by 1"))
                .containsExactly("1", "2");
    }

    @Test
    void whatAUsersTriggerWritesElsewhereIsCapturedEvenWhenTheBridgeWrites() {
        people();
        stream.name = "others";
        stream.table = "others";
        target();
        run("create trigger note after update on contacts for each row call '" + Note.class.getName() + "'");

        run("update contacts set first_name = 'x' where van_id = 1");
        stream.name = "contacts";
        stream.table = "contacts";
        load(HEADER + "2,Rob,,,\n");

        assertThat(rows("select stream, kind from tidemark_change order by id"))
                .containsExactlyInAnyOrder("contacts|update", "others|insert", "others|insert");
    }
}
