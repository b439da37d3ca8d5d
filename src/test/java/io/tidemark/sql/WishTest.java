package io.tidemark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.settings.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wanted of a stream while a cycle commits, or the process stops. */
class WishTest {
    @TempDir
    Path folder;

    @Test
    void a_wish_waits_for_the_commit_that_keeps_the_streams_row_also_where_the_database_soon_gives_up()
            throws Exception {
        DatabaseSettings known = RealDatabases.h2(folder);
        try (var database = Database.open(new DatabaseSettings(
                known.url() + ";LOCK_TIMEOUT=20", known.username(), known.password(), 4, known.schema(), true))) {
            new Migrations(database).run();
            var store = new StreamStore(database);
            store.register("contacts", "ea");
            try (Connection commit = database.dataSource().getConnection()) {
                commit.setAutoCommit(false);
                run(commit, "update tidemark_stream set due_at = null");
                var wish = CompletableFuture.runAsync(() -> store.due("contacts"));

                assertThatThrownBy(() -> wish.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                commit.commit();
                commit.setAutoCommit(true);
                wish.get(120, TimeUnit.SECONDS);
            }
            assertThat(store.find("contacts").orElseThrow().dueAt()).isNotNull();
        }
    }

    @Test
    void what_an_interrupted_thread_stores_is_stored_and_the_database_stays_open() {
        try (var database = Database.open(RealDatabases.h2(folder))) {
            new Migrations(database).run();
            var store = new StreamStore(database);
            store.register("contacts", "ea");
            Thread.currentThread().interrupt();
            store.resync("contacts");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.find("contacts").orElseThrow().resync()).isTrue();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
