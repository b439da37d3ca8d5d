package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person decides about conflicts and dead letters, and what is left of somebody who is to be forgotten. */
class DecisionsTest {
    @TempDir
    Path folder;

    private Trial trial;
    private long person;

    @BeforeEach
    void bothSidesAgree() {
        trial = new Trial(folder)
                .quick()
                .with(
                        "tidemark.sources.ea.external-id-type=BridgeKey",
                        "tidemark.streams.contacts.direction=both",
                        "tidemark.streams.contacts.outbound-deletes=propagate",
                        "tidemark.streams.contacts.conflict=manual");
        person = trial.sandbox()
                .put("Contacts", Map.of("FirstName", "Ada", "LastName", "Before", "Email", "ada@example.org"));
        assertThat(trial.run("sync").status()).isZero();
    }

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void a_held_conflict_is_listed_without_values_and_the_value_here_is_sent_when_it_is_kept() {
        String id = conflict("first_name = 'Here', last_name = 'Mine'", Map.of("FirstName", "There"));

        assertThat(trial.run("conflicts").out())
                .contains(id + "  contacts  record " + person + ", FIRST_NAME: open by manual, ")
                .doesNotContain("Here", "There", "Ada");
        assertThat(trial.run("conflicts", "show", id).lines())
                .contains(
                        "base:     Ada", "local:    Here", "remote:   There", "rule:     manual", "settled:  not yet");
        assertThat(trial.run("status").out()).contains("  open conflicts: 1 ('tidemark conflicts list contacts')");
        assertThat(trial.run("status", "--json").out())
                .contains("\"conflicts\" : 1", "\"pendingChanges\" : 0", "\"deadLetters\" : 0");

        assertSaid(trial.run("conflicts", "resolve", id, "--keep", "local"), "the value here stays and is sent");

        assertThat(trial.run("sync").out()).endsWith("; 1 sent" + System.lineSeparator());
        assertThat(remote()).containsEntry("FirstName", "Here").containsEntry("LastName", "Mine");
        assertThat(trial.run("conflicts").out()).startsWith("no open conflicts; --all shows");
        assertThat(trial.run("conflicts", "--all").out()).contains("FIRST_NAME: target, decided by a person by manual");
        assertThat(trial.run("conflicts", "resolve", id, "--keep", "local").status())
                .isEqualTo(1);
    }

    @Test
    void the_vendors_value_comes_into_the_row_when_it_is_kept_and_nothing_is_sent_for_it() {
        String id = conflict("first_name = 'Here'", Map.of("FirstName", "There"));

        assertSaid(
                trial.run("conflicts", "resolve", id, "--keep", "remote"),
                "the vendor's value is in the row, and both sides agree");

        assertThat(rows("select first_name from contacts where van_id = " + person))
                .containsExactly("There");
        assertThat(rows("select id from tidemark_change")).isEmpty();
        assertThat(rows("select van_id from contacts where tidemark_synced_at is null"))
                .isEmpty();
        assertThat(trial.run("sync").out()).endsWith("; 0 sent" + System.lineSeparator());
        assertThat(remote()).containsEntry("FirstName", "There");
    }

    @Test
    void a_record_with_two_conflicts_waits_for_both_and_each_goes_its_way() {
        conflict("first_name = 'Here', last_name = 'Mine'", Map.of("FirstName", "There", "LastName", "Theirs"));
        List<String> ids = rows("select id from tidemark_conflict order by field");

        assertSaid(
                trial.run("conflicts", "resolve", ids.get(0), "--keep", "local"),
                "the value here stays, and is sent once the record's other conflicts are settled");
        assertThat(rows("select state from tidemark_change")).containsExactly("held");
        assertSaid(
                trial.run("conflicts", "resolve", ids.get(1), "--keep", "remote"),
                "the vendor's value is in the row; what else was edited is sent");

        assertThat(trial.run("sync").out()).contains("; 1 sent");
        assertThat(remote()).containsEntry("FirstName", "Here").containsEntry("LastName", "Theirs");
    }

    @Test
    void a_row_that_was_deleted_here_and_edited_there_returns_or_is_deleted_there_too() {
        sql("delete from contacts where van_id = " + person);
        trial.sandbox().edit("Contacts", person, Map.of("LastName", "Edited"));
        trial.run("sync");
        String id = rows("select id from tidemark_conflict").get(0);
        assertThat(trial.run("conflicts").out()).contains("record " + person + ", its deletion: open by manual");

        assertSaid(
                trial.run("conflicts", "resolve", id, "--keep", "remote"),
                "record " + person + " is back in table contacts");
        assertThat(rows("select last_name from contacts where van_id = " + person))
                .containsExactly("Edited");
        assertThat(rows("select id from tidemark_change")).isEmpty();

        sql("delete from contacts where van_id = " + person);
        trial.sandbox().edit("Contacts", person, Map.of("LastName", "Again"));
        trial.run("sync");
        String second = rows("select max(id) from tidemark_conflict where resolved_at is null")
                .get(0);
        assertSaid(
                trial.run("conflicts", "resolve", second, "--keep", "local"),
                "record " + person + " is deleted at the vendor, too");
        trial.run("sync");
        assertThat(trial.sandbox().keys("Contacts", false)).doesNotContain(person);
    }

    @Test
    void a_row_that_was_edited_here_and_deleted_there_goes_when_the_vendors_side_is_kept() {
        sql("update contacts set first_name = 'Here' where van_id = " + person);
        trial.sandbox().suppress(person);
        trial.run("sync");
        String id = rows("select id from tidemark_conflict").get(0);

        assertSaid(
                trial.run("conflicts", "resolve", id, "--keep", "remote"),
                "record " + person + " is deleted here, too");

        assertThat(rows("select van_id from contacts_current where van_id = " + person))
                .isEmpty();
        assertThat(rows("select id from tidemark_change")).isEmpty();
        assertThat(rows("select local from tidemark_conflict where field = 'FIRST_NAME'"))
                .containsExactly("Here");
    }

    @Test
    void a_dead_letter_is_told_in_the_vendors_words_and_sent_again_when_a_person_wants_it() {
        trial.sandbox().faults().next("POST /v4/people/*", Fault.status(400));
        sql("update contacts set first_name = 'Secretname' where van_id = " + person);

        Trial.Answer sync = trial.run("sync");

        assertThat(sync.status()).as(sync.toString()).isZero();
        assertThat(sync.out()).contains("; 0 sent, 1 became a dead letter ('tidemark deadletters list contacts')");
        assertThat(trial.run("status").out()).contains("  dead letters: 1 ('tidemark deadletters list contacts')");
        String id = rows("select id from tidemark_change where state = 'dead'").get(0);
        assertThat(trial.run("deadletters").out())
                .startsWith(id + "  contacts  update of record " + person + ", ")
                .contains(": EveryAction refused ")
                .doesNotContain("Secretname");
        assertThat(trial.run("deadletters", "show", id).lines())
                .contains("FIRST_NAME: here Secretname, at the vendor Ada");

        assertSaid(trial.run("deadletters", "retry", id), "record " + person + " is sent again");
        assertThat(trial.run("sync").out()).contains("; 1 sent");
        assertThat(remote()).containsEntry("FirstName", "Secretname");
        assertThat(trial.run("deadletters").out()).isEqualToNormalizingNewlines("no dead letters\n");
        assertThat(trial.run("deadletters", "drop", id).status()).isEqualTo(1);
    }

    @Test
    void a_dead_letter_that_is_dropped_lets_the_vendors_value_in() {
        trial.sandbox().faults().next("POST /v4/people/*", Fault.status(400));
        sql("update contacts set first_name = 'Refused' where van_id = " + person);
        trial.run("sync");
        String id = rows("select id from tidemark_change where state = 'dead'").get(0);

        assertSaid(trial.run("deadletters", "drop", id), "record " + person + " has the vendor's values again");

        assertThat(rows("select first_name from contacts where van_id = " + person))
                .containsExactly("Ada");
        assertThat(rows("select id from tidemark_change")).isEmpty();
        assertThat(rows("select van_id from contacts where tidemark_synced_at is null"))
                .isEmpty();
    }

    @Test
    void a_row_that_the_vendor_never_had_stays_local_when_its_dead_letter_is_dropped() {
        sql("insert into contacts (first_name) values ('Nobody')");
        assertThat(trial.run("sync").out()).contains(", 1 became a dead letter");
        String id = rows("select id from tidemark_change where state = 'dead'").get(0);

        Trial.Answer dropped = trial.run("deadletters", "drop", id);

        assertThat(dropped.status()).isZero();
        assertThat(dropped.out())
                .matches(
                        "contacts: the change is gone; row \\d+ stays in table contacts and is not sent, for the vendor"
                                + " never had it\\R");
        assertThat(rows("select first_name from contacts where van_id is null")).containsExactly("Nobody");
        assertThat(trial.run("sync").out()).contains("; 0 sent");
    }

    @Test
    void a_value_that_the_vendor_did_not_keep_is_put_back_into_the_row_and_sent_again() {
        sql("update contacts set first_name = 'Kept' where van_id = " + person);
        sql("update contacts set first_name = 'Ada' where van_id = " + person);
        sql("update tidemark_change set state = 'dead', sent = '{\"FIRST_NAME\":\"Kept\"}', sent_version = version,"
                + " sent_at = current_timestamp, reason = 'the vendor accepted but did not keep FIRST_NAME'");
        String id = rows("select id from tidemark_change").get(0);
        assertThat(trial.run("deadletters", "show", id).lines()).contains("FIRST_NAME: here Kept, at the vendor Ada");

        assertSaid(
                trial.run("deadletters", "retry", id),
                "record " + person + " is sent again; the row has its own value of FIRST_NAME back");

        assertThat(rows("select first_name from contacts where van_id = " + person))
                .containsExactly("Kept");
        trial.run("sync");
        assertThat(remote()).containsEntry("FirstName", "Kept");
    }

    @Test
    void who_is_forgotten_is_in_none_of_the_bridges_tables_and_the_row_is_left_to_its_owner() {
        conflict("first_name = 'Forgotten'", Map.of("FirstName", "Elsewhere"));
        Path file = trial.file("bad.csv", "VanID,FirstName,LastName\nnobody,Forgotten," + person + "\n");
        trial.run("load", "contacts", file.toString());
        assertThat(rows("select raw from tidemark_reject")).hasSize(1);

        Trial.Answer forgotten = trial.run("forget", "contacts", String.valueOf(person));

        assertThat(forgotten.status()).as(forgotten.toString()).isZero();
        assertThat(forgotten.lines())
                .contains(
                        "contacts: removed 1 local change",
                        "contacts: removed 1 conflict",
                        "contacts: removed 1 reject",
                        "contacts: a local change of it that the vendor had not confirmed is not sent any more",
                        "contacts: its row in table contacts is yours to delete. That goes to the vendor as a deletion, and"
                                + " notes what the row held: run this command again afterwards");
        sql("delete from contacts where van_id = " + person);
        assertThat(trial.run("forget", "contacts", String.valueOf(person)).lines())
                .contains(
                        "contacts: removed what a deletion noted of the row",
                        "contacts: its deletion still goes to the vendor; of it only the key is kept, until it is"
                                + " confirmed");
        assertThat(String.join("\n", rows("script nosettings"))).doesNotContain("Forgotten", "ada@example.org");
        trial.run("sync");
        assertThat(trial.sandbox().keys("Contacts", false)).doesNotContain(person);
        assertThat(trial.run("forget", "contracts", "1").status()).isEqualTo(2);
    }

    @Test
    void what_is_not_there_is_said_with_1() {
        assertThat(trial.run("conflicts", "show", "17").out())
                .isEqualToNormalizingNewlines("there is no conflict 17; 'tidemark conflicts list --all' lists them\n");
        assertThat(trial.run("conflicts", "resolve", "17", "--keep", "local").status())
                .isEqualTo(1);
        assertThat(trial.run("conflicts", "resolve", "17").status()).isEqualTo(2);
        assertThat(trial.run("deadletters", "retry", "17").out())
                .isEqualToNormalizingNewlines("there is no dead letter 17; 'tidemark deadletters list' lists them\n");
        assertThat(trial.run("forget", "contacts", "17").lines())
                .contains("contacts: the bridge's tables hold nothing of record 17");
    }

    /** Both sides edit, and the next cycle notices; the number of a conflict. */
    private String conflict(String here, Map<String, String> there) {
        sql("update contacts set " + here + " where van_id = " + person);
        trial.sandbox().edit("Contacts", person, there);
        Trial.Answer sync = trial.run("sync");
        assertThat(sync.status()).as(sync.toString()).isZero();
        assertThat(sync.out()).contains("for a person to settle ('tidemark conflicts list contacts')");
        return rows("select id from tidemark_conflict order by id").get(0);
    }

    private static void assertSaid(Trial.Answer answer, String words) {
        assertThat(answer.status()).as(answer.toString()).isZero();
        assertThat(answer.out()).isEqualToNormalizingNewlines("contacts: " + words + "\n");
    }

    private Map<String, String> remote() {
        return trial.sandbox().record("Contacts", person).orElseThrow();
    }

    private void sql(String statement) {
        try {
            Sql.run(url(), statement);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private List<String> rows(String query) {
        try {
            return Sql.column(url(), query);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("data/tidemark");
    }
}
