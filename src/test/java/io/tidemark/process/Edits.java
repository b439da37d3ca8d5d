package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Somebody who edits contacts at the vendor and remembers when: what was edited before the watermark must be in the table
 * whenever anybody looks. Safe for use by several threads.
 */
final class Edits {
    private static final InstantSource CLOCK = InstantSource.system();

    private final EveryActionSandbox sandbox;
    private final Random random;
    private final List<Edit> done = new ArrayList<>();
    private int last;

    Edits(EveryActionSandbox sandbox, Random random) {
        this.sandbox = sandbox;
        this.random = random;
    }

    private record Edit(long contact, int number, Instant finished) {}

    synchronized long edit() {
        List<Long> contacts = sandbox.keys("Contacts", false);
        long contact = contacts.get(random.nextInt(contacts.size()));
        edit(contact);
        return contact;
    }

    synchronized void edit(long contact) {
        last++;
        sandbox.edit("Contacts", contact, Map.of("FirstName", "edit " + last));
        done.add(new Edit(contact, last, CLOCK.instant()));
    }

    /** An edit, a new contact, or one that goes out of use. */
    synchronized void anything() {
        int chance = random.nextInt(20);
        List<Long> contacts = sandbox.keys("Contacts", false);
        if (chance == 0) {
            last++;
            long contact = sandbox.put("Contacts", Map.of("FirstName", "edit " + last, "LastName", "New"));
            done.add(new Edit(contact, last, CLOCK.instant()));
        } else if (chance == 1 && contacts.size() > 5) {
            sandbox.suppress(contacts.get(random.nextInt(contacts.size())));
        } else {
            edit();
        }
    }

    /** Whatever is in the database was put there by whole cycles, and nothing is missing up to the watermark. */
    synchronized void check(Target target) {
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            if (exists(connection, "tidemark_stream") && exists(connection, "contacts")) {
                checkWholeCycles(connection);
                checkWatermark(connection);
            }
            connection.rollback();
        } catch (SQLException failed) {
            throw new AssertionError("the database cannot be looked at", failed);
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        return !Target.rows(
                        connection, "select 1 from information_schema.tables where lower(table_name) = '" + table + "'")
                .isEmpty();
    }

    private static void checkWholeCycles(Connection connection) throws SQLException {
        assertThat(Target.rows(connection, "select van_id from contacts group by van_id having count(*) > 1"))
                .as("no row is doubled")
                .isEmpty();
        assertThat(Target.rows(connection, """
                        select distinct tidemark_synced_at from contacts where tidemark_synced_at not in
                            (select finished_at from tidemark_cycle where outcome = 'committed')"""))
                .as("every row was written by a cycle that committed with it")
                .isEmpty();
        assertThat(Target.rows(connection, "select watermark from tidemark_stream"))
                .as("the watermark is where the last committed window ended")
                .isEqualTo(Target.rows(connection, """
                        select (select c.window_to from tidemark_cycle c where c.outcome = 'committed'
                                order by c.id desc fetch first 1 rows only)
                        from tidemark_stream"""));
    }

    private void checkWatermark(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select watermark from tidemark_stream")) {
            java.time.OffsetDateTime watermark = row.next() ? row.getObject(1, java.time.OffsetDateTime.class) : null;
            if (watermark == null) {
                assertThat(Target.rows(connection, "select van_id from contacts"))
                        .as("without a watermark there is no row")
                        .isEmpty();
                return;
            }
            Map<Long, Integer> stored = stored(connection);
            for (Edit edit : done) {
                if (edit.finished.isBefore(watermark.toInstant())) {
                    assertThat(stored.getOrDefault(edit.contact, -1))
                            .as("contact %d was edited before the watermark %s", edit.contact, watermark)
                            .isGreaterThanOrEqualTo(edit.number);
                }
            }
        }
    }

    private static Map<Long, Integer> stored(Connection connection) throws SQLException {
        var stored = new HashMap<Long, Integer>();
        for (String row :
                Target.rows(connection, "select van_id, first_name from contacts where first_name like 'edit %'")) {
            String[] values = row.split("\\|edit ", 2);
            stored.put(Long.parseLong(values[0]), Integer.parseInt(values[1]));
        }
        return stored;
    }

    /** The table holds what the vendor does. */
    synchronized void assertEqual(Target target) {
        assertThat(target.rows(
                        "select van_id, first_name, last_name, email, case when tidemark_deleted_at is null then 'live' else"
                                + " 'deleted' end from contacts order by van_id"))
                .isEqualTo(expected());
    }

    private List<String> expected() {
        List<Long> live = sandbox.keys("Contacts", false);
        return sandbox.keys("Contacts", true).stream()
                .map(key -> {
                    Map<String, String> record = sandbox.record("Contacts", key).orElseThrow();
                    return String.join(
                            "|",
                            key.toString(),
                            record.getOrDefault("FirstName", ""),
                            record.getOrDefault("LastName", ""),
                            record.getOrDefault("Email", ""),
                            live.contains(key) ? "live" : "deleted");
                })
                .toList();
    }
}
