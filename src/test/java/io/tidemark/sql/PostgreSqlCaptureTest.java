package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class PostgreSqlCaptureTest extends CaptureContract {
    @Override
    DatabaseSettings fresh(Path folder) {
        return RealDatabases.postgreSql();
    }

    @Test
    void truncateIsADeletionOfEveryRow() {
        people();
        run(
                "update contacts set first_name = 'Anna' where van_id = 1",
                "insert into contacts (first_name) values ('new')");

        run("truncate contacts restart identity");

        assertThat(
                        rows(
                                "select kind, record_key, base::jsonb ->> 'first_name' from tidemark_change order by record_key"))
                .containsExactly("delete|1|Ann", "delete|2|Bob", "delete|3|Cy");
        run("insert into contacts (first_name) values ('Di'), ('Ed'), ('Flo')");
        assertThat(rows("select kind, count(*) from tidemark_change group by kind order by kind"))
                .containsExactly("delete|3", "insert|3");
    }

    @Test
    void onConflictIsSeenAsWhatItDid() {
        people();

        run("insert into contacts (van_id, first_name) values (1, 'x'), (7, 'y') on conflict (van_id) do update"
                + " set first_name = excluded.first_name");

        assertThat(changes()).containsExactly("update|pending|1|first_name=\"Ann\"", "insert|pending|7|");
    }

    @Test
    void whoMayEditTheTableNeedsNoOtherRight() throws SQLException {
        people();
        String user = "editor_" + rows("select current_database()").get(0);
        run("create role " + user + " login", "grant select, insert, update, delete, truncate on contacts to " + user);
        try (Connection connection =
                DriverManager.getConnection(database.settings().url().replaceFirst("\\?.*", ""), user, "")) {
            execute(connection, "set search_path to pg_temp");
            execute(connection, "update public.contacts set first_name = 'x' where van_id = 1");
            execute(connection, "delete from public.contacts where van_id = 2");
            execute(connection, "insert into public.contacts (first_name) values ('y')");
            assertThatThrownBy(() -> execute(connection, "update public.tidemark_change set base = '{}'"))
                    .hasMessageContaining("permission denied");
            execute(connection, "create temporary table forged (like public.contacts)");
            assertThatThrownBy(() -> execute(
                            connection,
                            "create trigger forged after insert on forged for each row"
                                    + " execute function public.tidemark_after_contacts()"))
                    .hasMessageContaining("permission denied");
            assertThat(changes()).hasSize(3);
            execute(connection, "truncate public.contacts");
        }
        assertThat(rows("select distinct kind from tidemark_change")).containsExactly("delete");
    }

    @Test
    void aUsersTriggerThatChangesAValueBeforeIsSeen() {
        people();
        run("""
                create function shout() returns trigger language plpgsql as $$
                begin new.first_name := upper(new.first_name); return new; end $$""", "create trigger shout before insert or update on contacts for each row execute function shout()");

        run("update contacts set amount = 5 where van_id = 1");

        assertThat(changes()).containsExactly("update|pending|1|amount=1.5000,first_name=\"Ann\"");
        run("update contacts set tidemark_deleted_at = null where van_id = 2");
        assertThat(changes().get(1)).isEqualTo("update|pending|2|first_name=\"Bob\"");
        assertThat(rows("select van_id from contacts where tidemark_synced_at is null order by 1"))
                .containsExactly("1", "2");
    }

    @Test
    void whatAUsersTriggerWritesElsewhereIsCapturedEvenWhenTheBridgeWrites() {
        people();
        stream.name = "others";
        stream.table = "others";
        target();
        run("""
                create function note() returns trigger language plpgsql as $$
                begin insert into others (first_name) values (new.first_name); return new; end $$""", "create trigger note after update on contacts for each row execute function note()");

        run("update contacts set first_name = 'x' where van_id = 1");
        stream.name = "contacts";
        stream.table = "contacts";
        load(HEADER + "2,Rob,,,\n");

        assertThat(rows("select stream, kind from tidemark_change order by id"))
                .containsExactlyInAnyOrder("contacts|update", "others|insert", "others|insert");
    }

    @Test
    void anEditNestedInAnotherIsNotedAfterIt() {
        people();
        run("""
                create function tidy() returns trigger language plpgsql as $$
                begin
                    update contacts set first_name = initcap(first_name)
                    where tidemark_id = new.tidemark_id and first_name <> initcap(first_name);
                    return new;
                end $$""", "create trigger a_tidy after insert or update on contacts for each row execute function tidy()");

        run(
                "update contacts set first_name = 'anna' where van_id = 1",
                "insert into contacts (first_name) values ('di')");

        assertThat(changes()).containsExactly("update|pending|1|first_name=\"Ann\"", "insert|pending||");
    }

    @Test
    void aTriggerThatIsSwitchedOffIsMadeAgain() {
        people();
        run("alter table contacts disable trigger \"00_tidemark_update\"");

        assertThat(Target.statements(database, stream.settings(), stream.shape()))
                .isNotEmpty();
        target();

        run("update contacts set first_name = 'x'");
        assertThat(changes()).hasSize(3);
    }

    @Test
    void aCopyIsCaptured() throws SQLException {
        people();
        database.inTransaction(connection -> {
            try {
                return connection
                        .unwrap(org.postgresql.PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy contacts (first_name) from stdin", new java.io.StringReader("x\ny\n"));
            } catch (java.io.IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });

        assertThat(changes()).containsExactly("insert|pending||", "insert|pending||");
    }
}
