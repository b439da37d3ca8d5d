package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.everyaction.Doubts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sync --dry-run} says, and that nothing is different afterwards. */
class DryRunTest {
    private static final String JOBS = "/v4/changedEntityExportJobs";

    @TempDir
    Path folder;

    @Test
    void before_the_first_start_it_says_what_would_be_made_and_makes_nothing() {
        try (var trial = new Trial(folder).quick()) {
            Trial.Answer answer = trial.run("sync", "--dry-run");

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(answer.lines()).hasSize(2);
            assertThat(answer.lines().get(0))
                    .startsWith("contacts: table PUBLIC.CONTACTS is not there yet; it would be created with the columns"
                            + " VAN_ID bigint, ");
            assertThat(answer.lines().get(1))
                    .matches("contacts: would insert 20, update 0, delete 0, leave 0 as they are, reject 0 \\(window"
                            + " \\S+Z to \\S+Z\\); nothing was written");
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    @Test
    void what_it_says_is_what_the_next_sync_does() throws SQLException {
        try (var trial = new Trial(folder).quick()) {
            trial.run("sync");
            List<Long> keys = trial.sandbox().keys("Contacts", false);
            trial.sandbox().edit("Contacts", keys.get(0), Map.of("FirstName", "Newname"));
            trial.sandbox().put("Contacts", Map.of("FirstName", "Somebody", "LastName", "New"));
            trial.sandbox().suppress(keys.get(5));
            List<String> before = everything(trial);

            Trial.Answer answer = trial.run("sync", "contacts", "--dry-run");

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(everything(trial)).isEqualTo(before);
            assertThat(rows(
                            trial,
                            "select table_name from information_schema.tables where table_name like '%REHEARSAL%'"))
                    .isEmpty();
            String said = answer.lines().get(answer.lines().size() - 1);
            assertThat(said).startsWith("contacts: would insert 1, update 1, delete 1, leave ");
            String done = trial.run("sync").out();
            assertThat(done).contains(" 1 inserted, 1 updated, ", " 1 deleted, ");
            assertThat(number(said, "leave (\\d+)")).isEqualTo(number(done, "(\\d+) unchanged"));
        }
    }

    @Test
    void the_job_in_flight_is_looked_at_and_no_second_one_is_asked_for() throws SQLException {
        try (var trial = new Trial(folder).quick()) {
            trial.sandbox().switches().set(Doubts.STUCK_PENDING, true);
            trial.run("sync", "--timeout", "PT2S");
            assertThat(rows(trial, "select job_id from tidemark_stream where job_id is not null"))
                    .hasSize(1);
            trial.sandbox().switches().set(Doubts.STUCK_PENDING, false);
            List<String> before = everything(trial);

            Trial.Answer answer = trial.run("sync", "--dry-run");

            assertThat(answer.out()).contains("contacts: would insert 20, ");
            assertThat(trial.sandbox().log().count("POST", JOBS)).isEqualTo(1);
            assertThat(everything(trial)).isEqualTo(before);
            assertThat(trial.run("sync").status()).isZero();
            assertThat(rows(trial, "select rows_inserted from tidemark_cycle order by id fetch first row only"))
                    .containsExactly("20");
        }
    }

    @Test
    void it_works_beside_a_daemon_whose_cycle_is_under_way() throws Exception {
        try (var trial = new Trial(folder).quick()) {
            trial.sandbox().switches().set(Doubts.STUCK_PENDING, true);
            try (var running = new RunningDaemon(trial)) {
                var store = running.workplace().store();
                Trial.await(
                        () -> store.find("contacts").orElseThrow(),
                        state -> state.step().equals("requested"));
                trial.sandbox().switches().set(Doubts.STUCK_PENDING, false);

                Trial.Answer answer = trial.run("sync", "--dry-run");

                assertThat(answer.status()).as(answer.toString()).isZero();
                Trial.await(() -> store.find("contacts").orElseThrow(), state -> state.watermark() != null);
            }
            assertThat(rows(trial, "select count(*) from contacts")).containsExactly("20");
            assertThat(rows(trial, "select outcome from tidemark_cycle")).containsExactly("committed");
        }
    }

    @Test
    void a_brake_that_would_stop_it_is_said_with_1() throws SQLException {
        try (var trial = new Trial(folder).quick()) {
            IntStream.range(0, 200)
                    .forEach(i -> trial.sandbox().put("Contacts", Map.of("FirstName", "Many", "LastName", "N" + i)));
            trial.run("sync");
            List<Long> keys = trial.sandbox().keys("Contacts", false);
            keys.stream().limit(150).forEach(trial.sandbox()::suppress);

            Trial.Answer answer = trial.run("sync", "--dry-run");

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.out())
                    .startsWith("contacts: the brake would stop it and ask a person: this cycle would delete ")
                    .endsWith("; nothing was written" + System.lineSeparator());
            assertThat(rows(trial, "select state from tidemark_stream")).containsExactly("running");
        }
    }

    @Test
    void rejects_are_told_and_not_kept() throws SQLException {
        try (var trial = new Trial(folder).quick().with("tidemark.streams.contacts.types.FirstName=integer")) {
            Trial.Answer answer = trial.run("sync", "--dry-run");

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(answer.lines())
                    .anyMatch(line -> line.startsWith("contacts: would reject file 1 line ")
                            && line.contains(", column FirstName: is no whole number"))
                    .contains("contacts: would reject 10 more before these")
                    .last()
                    .asString()
                    .startsWith(
                            "contacts: would insert 0, update 0, delete 0, leave 0 as they are, reject 20 (window ");
        }
    }

    @Test
    void a_stream_that_cannot_is_said_with_1_and_a_paused_one_is_looked_at() {
        try (var trial = new Trial(folder).quick()) {
            trial.run("pause", "contacts");
            Trial.Answer paused = trial.run("sync", "--dry-run");
            assertThat(paused.status()).isZero();
            assertThat(paused.out())
                    .endsWith("; nothing was written. The stream is paused: nothing will be before 'tidemark resume"
                            + " contacts'" + System.lineSeparator());

            trial.with("tidemark.sources.ea.api-key=wrong-key-canary");
            Trial.Answer denied = trial.run("sync", "--dry-run");
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.out())
                    .startsWith("contacts: the dry run failed: EveryAction denied ")
                    .endsWith("; nothing was written" + System.lineSeparator())
                    .doesNotContain("wrong-key-canary");
            assertThat(trial.run("sync", "contracts", "--dry-run").status()).isEqualTo(2);
        }
    }

    @Test
    void what_would_be_sent_is_counted_with_what_would_become_a_dead_letter_and_nothing_is_sent() throws SQLException {
        try (var trial = new Trial(folder).quick()) {
            trial.with(
                    "tidemark.streams.contacts.direction=both",
                    "tidemark.streams.contacts.outbound-deletes=propagate",
                    "tidemark.streams.contacts.export.requested-fields=LastUpdatedOn");
            assertThat(trial.run("sync", "--dry-run").lines())
                    .last()
                    .isEqualTo("contacts: would create 0, update 0, delete 0 at the vendor; nothing was sent");
            assertThat(folder.resolve("data")).doesNotExist();
            trial.run("sync");
            List<Long> keys = trial.sandbox().keys("Contacts", false);
            String url = "jdbc:h2:file:" + trial.folder().resolve("data/tidemark");
            Sql.run(url, "update contacts set first_name = 'Local' where van_id = " + keys.get(0));
            Sql.run(url, "update contacts set first_name = null where van_id = " + keys.get(1));
            Sql.run(url, "update contacts set last_updated_on = null where van_id = " + keys.get(2));
            Sql.run(url, "delete from contacts where van_id = " + keys.get(3));
            Sql.run(url, "insert into contacts (first_name, last_name, email) values ('A', 'B', 'ab@example.org')");
            Sql.run(url, "insert into contacts (first_name) values ('Alone')");
            List<String> before = everything(trial);
            trial.sandbox().log().clear();

            Trial.Answer answer = trial.run("sync", "--dry-run");

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(answer.lines())
                    .contains(
                            "contacts: would make 1 dead letter: FirstName cannot be made empty at the vendor",
                            "contacts: would make 1 dead letter: LastUpdatedOn cannot be written")
                    .anyMatch(line ->
                            line.startsWith("contacts: would make 1 dead letter: EveryAction tells people apart"))
                    .last()
                    .isEqualTo("contacts: would create 1, update 1, delete 1 at the vendor; nothing was sent");
            assertThat(everything(trial)).isEqualTo(before);
            assertThat(trial.sandbox().log().requests())
                    .noneMatch(request -> request.path().startsWith("/v4/people"));
        }
    }

    /** The whole database: tables, rows, and where its sequences stand. */
    private static List<String> everything(Trial trial) throws SQLException {
        return rows(trial, "script");
    }

    private static long number(String text, String pattern) {
        var found = java.util.regex.Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static List<String> rows(Trial trial, String query) throws SQLException {
        return Sql.column("jdbc:h2:file:" + trial.folder().resolve("data/tidemark"), query);
    }
}
