package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Somebody here who edits last names, inserts and deletes, and somebody at the vendor who edits first names: whatever
 * happens in between, both find what they did on both sides. Each side may be used by a thread of its own.
 */
final class TwoSidedEdits {
    /** Of contacts with these keys nobody edits anything at the vendor, so that they can be deleted here. */
    private static final int DELETABLE = 4;

    private final EveryActionSandbox sandbox;
    private final Target target;
    private final Random random;
    private final Random theirs;
    private final Map<Long, String> lastNames = new LinkedHashMap<>();
    private final Set<Long> deleted = new HashSet<>();
    private int number;
    private int theirNumber;

    TwoSidedEdits(EveryActionSandbox sandbox, Target target, Random random) {
        this.sandbox = sandbox;
        this.target = target;
        this.random = random;
        this.theirs = new Random(random.nextLong());
    }

    void edit(long contact) {
        editRow(target.number("select tidemark_id from contacts where van_id = " + contact));
    }

    private void editRow(long row) {
        String name = "Mine " + ++number;
        if (done("update contacts set last_name = '" + name + "' where tidemark_id = " + row)) {
            lastNames.put(row, name);
        }
    }

    void insert() {
        String email = "new-" + ++number + "@example.org";
        String name = "Mine " + number;
        if (done("insert into contacts (first_name, last_name, email) values ('New', '" + name + "', '" + email
                + "')")) {
            lastNames.put(target.number("select tidemark_id from contacts where email = '" + email + "'"), name);
        }
    }

    void delete(long contact) {
        long row = target.number("select tidemark_id from contacts where van_id = " + contact);
        if (done("delete from contacts where tidemark_id = " + row)) {
            lastNames.remove(row);
            deleted.add(contact);
        }
    }

    /** Whether the statement found its row. One that waits too long for a lock has done nothing. */
    private boolean done(String statement) {
        try (var connection = target.connect();
                var edit = connection.createStatement()) {
            return edit.executeUpdate(statement) == 1;
        } catch (SQLException failed) {
            if ("HYT00".equals(failed.getSQLState())) {
                return false;
            }
            throw new AssertionError(statement, failed);
        }
    }

    /** Mostly an edit; a few rows come and go. */
    void editHere() {
        List<String> rows = target.has("contacts")
                ? target.rows("select tidemark_id, coalesce(van_id, 1) from contacts where tidemark_deleted_at is null")
                : List.of();
        if (rows.isEmpty()) {
            return;
        }
        String[] row = rows.get(random.nextInt(rows.size())).split("\\|", 2);
        long contact = Long.parseLong(row[1]);
        int chance = random.nextInt(8);
        if (chance < 2) {
            insert();
        } else if (chance == 2 && contact % DELETABLE == 0 && rows.size() > 12) {
            delete(contact);
        } else {
            editRow(Long.parseLong(row[0]));
        }
    }

    void editThere() {
        List<Long> contacts = sandbox.keys("Contacts", false).stream()
                .filter(contact -> contact % DELETABLE != 0)
                .toList();
        sandbox.edit(
                "Contacts",
                contacts.get(theirs.nextInt(contacts.size())),
                Map.of("FirstName", "Theirs " + ++theirNumber));
    }

    /** The last name that somebody gave the contact here. */
    String lastName(long contact) {
        return Optional.ofNullable(
                        lastNames.get(target.number("select tidemark_id from contacts where van_id = " + contact)))
                .orElseThrow();
    }

    /** How many contacts the vendor has that were inserted here. */
    long created() {
        return createdThere().size();
    }

    private List<String> createdThere() {
        return sandbox.keys("Contacts", true).stream()
                .map(key -> sandbox.record("Contacts", key).orElseThrow().getOrDefault("Email", ""))
                .filter(email -> email.startsWith("new-"))
                .toList();
    }

    /** What is not the same on both sides, or not as somebody left it here. */
    List<String> differences() {
        var all = new ArrayList<String>();
        List<String> here = target.rows("select van_id, first_name, last_name, email from contacts"
                + " where tidemark_deleted_at is null order by van_id");
        List<String> there = sandbox.keys("Contacts", false).stream()
                .sorted()
                .map(this::line)
                .toList();
        here.stream().filter(row -> !there.contains(row)).forEach(row -> all.add("only here: " + row));
        there.stream().filter(row -> !here.contains(row)).forEach(row -> all.add("only there: " + row));
        lastNames.forEach((row, name) -> {
            List<String> found = target.rows("select last_name from contacts where tidemark_id = " + row);
            if (!found.equals(List.of(name))) {
                all.add("row " + row + " should be " + name + " and is " + found);
            }
        });
        sandbox.keys("Contacts", false).stream()
                .filter(deleted::contains)
                .forEach(contact -> all.add(contact + " was deleted here"));
        return all;
    }

    private String line(long contact) {
        Map<String, String> record = sandbox.record("Contacts", contact).orElseThrow();
        return String.join(
                "|",
                Long.toString(contact),
                record.getOrDefault("FirstName", ""),
                record.getOrDefault("LastName", ""),
                record.getOrDefault("Email", ""));
    }

    void assertNothingTwice() {
        assertThat(createdThere().stream().map(email -> email.toLowerCase(Locale.ROOT)))
                .as("nothing is created twice")
                .doesNotHaveDuplicates();
        if (target.has("contacts")) {
            assertThat(target.rows("select van_id from contacts group by van_id having count(van_id) > 1"
                            + " union all select max(van_id) from contacts where email like 'new-%'"
                            + " group by email having count(*) > 1"))
                    .as("no row is doubled")
                    .isEmpty();
        }
    }
}
