package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.Doubts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person types, and what comes back. */
class CommandsTest {
    @TempDir
    Path folder;

    @Test
    void sync_brings_a_stream_through_a_cycle_and_status_shows_it() {
        try (var trial = new Trial(folder)) {
            Trial.Answer sync = trial.run("sync");
            assertThat(sync.status()).as(sync.toString()).isZero();
            assertThat(sync.out())
                    .startsWith(
                            "contacts: committed, 20 read, 20 inserted, 0 updated, 0 unchanged, 0 deleted, 0 rejected;"
                                    + " watermark ");

            Trial.Answer status = trial.run("status");
            assertThat(status.status()).isZero();
            assertThat(status.lines())
                    .startsWith("contacts: running (Contacts of ea, into contacts)")
                    .anyMatch(line -> line.startsWith("  last cycle: committed at ")
                            && line.endsWith(": 20 read, 20 inserted, 0 updated, 0 unchanged, 0 deleted, 0 rejected"));
            assertThat(trial.run("status", "--json").out())
                    .contains("\"state\" : \"running\"", "\"rowsInserted\" : 20");
        }
    }

    @Test
    void sync_takes_a_job_in_flight_as_its_cycle_and_asks_for_no_second_one() {
        try (var trial = new Trial(folder)) {
            trial.sandbox().switches().set(Doubts.STUCK_PENDING, true);
            assertThat(trial.run("sync", "--timeout", "PT2S").status()).isEqualTo(1);
            trial.sandbox().switches().set(Doubts.STUCK_PENDING, false);
            edit(trial, "update tidemark_stream set due_at = current_timestamp");

            Trial.Answer sync = trial.run("sync");

            assertThat(sync.out()).startsWith("contacts: committed, 20 read, 20 inserted, ");
            assertThat(trial.sandbox().log().count("POST", "/v4/changedEntityExportJobs"))
                    .isEqualTo(1);
            assertThat(rows(trial, "select outcome from tidemark_cycle")).containsExactly("committed");
            assertThat(rows(trial, "select name from tidemark_stream where due_at is not null"))
                    .containsExactly("contacts");
        }
    }

    @Test
    void sync_carries_both_ways_and_tells_both_in_one_line() {
        try (var trial = new Trial(folder)
                .with("tidemark.streams.contacts.direction=both", "tidemark.sources.ea.external-id-type=BridgeKey")) {
            assertThat(trial.run("sync").out()).endsWith("Z; 0 sent" + System.lineSeparator());
            long person = trial.sandbox().keys("Contacts", false).get(0);
            edit(trial, "update contacts set first_name = 'Local' where van_id = " + person);
            edit(trial, "insert into contacts (first_name, last_name, email) values ('A', 'B', 'ab@example.org')");

            trial.with("tidemark.outbound=off");
            assertThat(trial.run("sync").out())
                    .endsWith("Z; nothing is sent, as tidemark.outbound is off" + System.lineSeparator());
            assertThat(trial.run("status").out()).contains("  local changes to send: 2");

            trial.with("tidemark.outbound=on");
            trial.sandbox()
                    .faults()
                    .next("POST /v4/people/" + person, Fault.status(503).times(1000));
            Trial.Answer late = trial.run("sync");
            assertThat(late.status()).as(late.toString()).isEqualTo(1);
            assertThat(late.out()).contains("Z; 1 sent, 1 could not be sent now and will be tried again");
            trial.sandbox().faults().clear();
            edit(trial, "update tidemark_change set next_at = current_timestamp");

            Trial.Answer sync = trial.run("sync");

            assertThat(sync.status()).as(sync.toString()).isZero();
            assertThat(sync.lines()).hasSize(1);
            assertThat(trial.sandbox().record("Contacts", person).orElseThrow()).containsEntry("FirstName", "Local");
            assertThat(rows(trial, "select van_id from contacts where email = 'ab@example.org' and van_id is not null"))
                    .hasSize(1);
        }
    }

    @Test
    void sync_fails_with_1_where_a_stream_cannot_and_with_2_for_one_that_is_not_there() {
        try (var trial = new Trial(folder).with("tidemark.sources.ea.api-key=wrong-key-canary")) {
            Trial.Answer denied = trial.run("sync");
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.out()).startsWith("contacts: stopped: ").doesNotContain("wrong-key-canary");
            assertThat(trial.run("status").status()).isEqualTo(1);

            Trial.Answer unknown = trial.run("sync", "contracts");
            assertThat(unknown.status()).isEqualTo(2);
            assertThat(unknown.err())
                    .isEqualToNormalizingNewlines("there is no stream contracts; configured are: contacts\n");
        }
    }

    @Test
    void sync_tries_again_whatever_failed_before() {
        try (var trial = new Trial(folder)) {
            trial.sandbox()
                    .faults()
                    .next("POST /v4/changedEntityExportJobs", Fault.status(503).times(1000));
            assertThat(trial.run("sync").out()).startsWith("contacts: failing: ");
            trial.sandbox().faults().clear();

            assertThat(trial.run("sync").out()).startsWith("contacts: committed, 20 read, 20 inserted, ");
        }
    }

    @Test
    void a_paused_stream_stays_until_it_is_resumed() {
        try (var trial = new Trial(folder)) {
            assertThat(trial.run("pause", "contacts").out())
                    .isEqualToNormalizingNewlines("contacts: paused; 'tidemark resume contacts' goes on\n");
            Trial.Answer sync = trial.run("sync");
            assertThat(sync.status()).isEqualTo(1);
            assertThat(sync.out())
                    .isEqualToNormalizingNewlines("contacts: paused; 'tidemark resume contacts' goes on\n");
            assertThat(trial.run("resume", "contacts").out()).isEqualToNormalizingNewlines("contacts: goes on\n");
            assertThat(trial.run("sync").status()).isZero();
        }
    }

    @Test
    void load_takes_files_by_hand_and_leaves_the_watermark() {
        try (var trial = new Trial(folder)) {
            trial.run("sync");
            String watermark = watermark(trial);
            Path file = trial.file("old.csv", "VanID,FirstName\n900001,Ada\n900002,Grace\nnobody,Nemo\n");

            Trial.Answer load = trial.run("load", "contacts", file.toString());

            assertThat(load.status()).as(load.toString()).isZero();
            assertThat(load.out())
                    .isEqualToNormalizingNewlines(
                            "contacts: loaded into PUBLIC.CONTACTS, 3 read, 2 inserted, 0 updated,"
                                    + " 0 unchanged, 0 deleted, 1 rejected ('tidemark rejects list contacts')\n");
            assertThat(watermark(trial)).isEqualTo(watermark);
            assertThat(trial.run("rejects", "list", "contacts").out())
                    .contains("contacts  old.csv line 4, column VanID: ");
            assertThat(trial.run("status").out()).contains("  last cycle (load): committed at ");
        }
    }

    @Test
    void load_leaves_alone_what_the_table_has_later() {
        try (var trial = new Trial(folder).with("tidemark.streams.contacts.export.requested-fields=LastUpdatedOn")) {
            trial.run("sync");
            long person = trial.sandbox().keys("Contacts", false).get(0);
            String before = rows(trial, "select first_name from contacts where van_id = " + person)
                    .get(0);
            Path file = trial.file(
                    "old.csv",
                    "VanID,FirstName,LastUpdatedOn\n" + person + ",Older,2020-01-01T00:00:00\n900001,Ada,\n");

            Trial.Answer load = trial.run("load", "contacts", file.toString());

            assertThat(load.out()).contains("2 read, 1 inserted, 0 updated, 1 unchanged, 0 deleted");
            assertThat(rows(trial, "select first_name from contacts where van_id = " + person))
                    .containsExactly(before);
        }
    }

    @Test
    void rejects_retry_asks_again_and_a_reject_goes_when_its_record_could_be_stored() {
        try (var trial = new Trial(folder).with("tidemark.streams.contacts.types.FirstName=varchar(3)")) {
            trial.run("sync");
            List<String> refused = rows(trial, "select row_key from tidemark_reject order by id");
            assertThat(refused).isNotEmpty().doesNotContainNull();
            Path file = trial.file("by-hand.csv", "VanID,FirstName\nnobody,Nemo\n");
            trial.run("load", "contacts", file.toString());
            edit(trial, "alter table contacts alter column first_name varchar(100)");
            edit(trial, "drop table tidemark_staging_contacts");
            trial.with("tidemark.streams.contacts.types.FirstName=varchar(100)");

            Trial.Answer retry = trial.run("rejects", "retry", "contacts");

            assertThat(retry.status()).as(retry.toString()).isZero();
            assertThat(retry.out())
                    .isEqualToNormalizingNewlines(
                            "contacts: the next cycle asks for everything within reach once more, for "
                                    + (refused.size() + 1)
                                    + " rejects; each goes from the list when its record could be stored\n");
            assertThat(rows(trial, "select count(*) from tidemark_reject"))
                    .containsExactly(String.valueOf(refused.size() + 1));

            assertThat(trial.run("sync").out()).contains(" " + refused.size() + " inserted, ", " 0 rejected");
            assertThat(rows(trial, "select file from tidemark_reject")).containsExactly("by-hand.csv");
            trial.run("rejects", "drop", "contacts");
            assertThat(trial.run("rejects", "retry", "contacts").out())
                    .isEqualToNormalizingNewlines("contacts: no rejects, so there is nothing to ask for again\n");
            assertThat(trial.run("rejects", "retry", "contracts").status()).isEqualTo(2);
        }
    }

    @Test
    void status_names_the_columns_that_the_database_alters() {
        try (var trial = new Trial(folder)) {
            trial.run("sync");
            edit(trial, "update contacts set first_name = first_name || '.'");
            edit(
                    trial,
                    "create trigger capitals before insert, update on contacts for each row call"
                            + " 'io.tidemark.sql.Capitals'");
            trial.run("resync", "contacts");
            assertThat(trial.run("sync").out()).contains(" 20 updated, ");
            trial.run("resync", "contacts");
            assertThat(trial.run("sync").out()).contains(" 0 updated, 20 unchanged, ");

            // One of the sandbox's names knows no capitals.
            String warning = "the database stores other values than were delivered in FIRST_NAME (19 keys), by a"
                    + " trigger or a default of the table; these rows are not written again for that";
            assertThat(trial.run("status").out()).containsOnlyOnce(warning);
            assertThat(trial.run("status", "--json").out()).containsOnlyOnce(warning);
        }
    }

    @Test
    void load_of_a_broken_file_loads_nothing_and_one_that_is_not_there_is_a_usage_error() {
        try (var trial = new Trial(folder)) {
            trial.run("sync");
            Path good = trial.file("good.csv", "VanID,FirstName\n900001,Ada\n");
            Path broken = trial.file("broken.csv", "VanID,FirstName\n900002,\"Gra\n");

            Trial.Answer load = trial.run("load", "contacts", good.toString(), broken.toString());
            assertThat(load.status()).isEqualTo(1);
            assertThat(load.out()).startsWith("contacts: failed, nothing is loaded: broken.csv");
            assertThat(rows(trial, "select count(*) from contacts where van_id > 900000 and van_id < 900009"))
                    .containsExactly("0");

            Trial.Answer missing = trial.run("load", "contacts", "/no/such/file.csv");
            assertThat(missing.status()).isEqualTo(2);
            assertThat(missing.err()).isEqualToNormalizingNewlines("there is no file to read at /no/such/file.csv\n");
        }
    }

    @Test
    void load_waits_for_who_holds_the_stream_and_then_says_who() {
        try (var trial = new Trial(folder);
                Workplace workplace = trial.open()) {
            workplace.register();
            workplace.store().claim("contacts", "4711@elsewhere", Duration.ofMinutes(5));

            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> StreamHold.of(workplace.store(), "contacts", Duration.ofMillis(300))))
                    .hasMessage("contacts: 4711@elsewhere is taking a step of it, and still is after PT0.3S; try again"
                            + " later, or stop that process");
        }
    }

    @Test
    void uninstall_leaves_nothing_but_the_table_and_may_be_run_again() {
        try (var trial = new Trial(folder)) {
            trial.run("sync");

            Trial.Answer first = trial.run("uninstall", "contacts");
            assertThat(first.status()).as(first.toString()).isZero();
            assertThat(first.lines())
                    .containsExactly(
                            "contacts: removed view PUBLIC.CONTACTS_CURRENT",
                            "contacts: removed table PUBLIC.TIDEMARK_STAGING_CONTACTS",
                            "contacts: removed 1 cycle of its history",
                            "contacts: removed its state and watermark",
                            "contacts: its table contacts and its rows stay; remove its keys from the configuration, or"
                                    + " the next start begins it anew");
            assertThat(rows(trial, "select count(*) from contacts")).containsExactly("20");

            Trial.Answer second = trial.run("uninstall", "contacts");
            assertThat(second.status()).isZero();
            assertThat(second.out()).startsWith("contacts: there is nothing of this stream in ");
        }
    }

    @Test
    void describe_asks_the_source_and_touches_no_database() {
        try (var trial = new Trial(folder)) {
            Trial.Answer all = trial.run("describe", "ea");
            assertThat(all.status()).as(all.toString()).isZero();
            assertThat(all.lines()).contains("tidemark.streams.contacts.resource=Contacts");
            assertThat(trial.run("describe", "ea", "Contacts").out())
                    .contains("#tidemark.streams.contacts.key=VanID", "#   include-inactive  ");
            assertThat(folder.resolve("data")).doesNotExist();
            assertThat(trial.run("describe", "eb").status()).isEqualTo(2);
        }
    }

    @Test
    void a_stream_that_nobody_knows_is_a_usage_error_and_one_that_only_the_database_knows_is_found() {
        try (var trial = new Trial(folder)) {
            trial.run("sync");
            trial.with(
                    "tidemark.streams.people.source=ea",
                    "tidemark.streams.people.resource=Contacts",
                    "tidemark.streams.people.schedule=0 0 0 1 1 ? 2099");
            String[][] commands = {
                {"rejects", "list"}, {"rejects", "drop"}, {"deadletters", "list"}, {"conflicts", "list"}, {"uninstall"}
            };
            for (String[] command : commands) {
                Trial.Answer answer = trial.run(
                        Stream.concat(Stream.of(command), Stream.of("nosuch")).toArray(String[]::new));
                assertThat(answer)
                        .as(String.join(" ", command))
                        .isEqualTo(new Trial.Answer(
                                2,
                                "",
                                "there is no stream nosuch; known are: contacts, people" + System.lineSeparator()));
            }
            edit(trial, "update tidemark_stream set name = 'removed' where name = 'contacts'");
            assertThat(trial.run("rejects", "list", "removed").status()).isZero();
            assertThat(trial.run("deadletters", "list", "removed").status()).isZero();
            assertThat(trial.run("uninstall", "removed").out()).contains("removed: removed its state and watermark");
            assertThat(trial.run("uninstall", "removed").status()).isEqualTo(2);
        }
    }

    @Test
    void routes_that_are_not_there_or_cannot_be_read_are_named() throws IOException {
        try (var trial = new Trial(folder)) {
            String missing = folder.resolve("nowhere").toString();
            assertThat(withRoutes(trial, missing))
                    .isEqualTo("2: there is no folder of routes at " + missing
                            + ": start in the program's folder, or name it with --routes DIR");

            Path routes = folder.resolve("routes");
            Files.createDirectories(routes.resolve("local"));
            try (var files = Files.newDirectoryStream(Path.of("routes"), "*.camel.yaml")) {
                for (Path file : files) {
                    Files.copy(file, routes.resolve(file.getFileName()));
                }
            }
            Path broken = trial.file("routes/local/mine.camel.yaml", """
                    - route:
                        from:
                          uri: direct:mine
                          steps:
                            - lgo: hello
                    """);
            assertThat(withRoutes(trial, routes.toString()))
                    .startsWith("2: the routes did not start: ")
                    .endsWith(" (in " + broken + ", line 5)");
        }
    }

    /** The status, and what is said of it. */
    private String withRoutes(Trial trial, String routes) {
        var err = new StringWriter();
        int status = CommandLineInterface.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                "sync",
                "--config",
                trial.folder().resolve("application.properties").toString(),
                "--routes",
                routes);
        return status + ": " + err.toString().strip();
    }

    @Test
    void a_stream_that_runs_was_stopped_by_nothing() {
        try (var trial = new Trial(folder)) {
            assertThat(trial.run("resume", "contacts", "--accept").out())
                    .isEqualToNormalizingNewlines("contacts: was running, nothing had stopped it; it is due now\n");
            trial.run("pause", "contacts");
            assertThat(trial.run("resume", "contacts", "--accept").out())
                    .isEqualToNormalizingNewlines("contacts: goes on, and what stopped it may pass once\n");
        }
    }

    @Test
    void a_host_that_is_not_known_is_said() {
        try (var trial = new Trial(folder)) {
            trial.with(
                    "tidemark.database.url=jdbc:postgresql://nosuch.invalid/crm",
                    "tidemark.database.username=tidemark");
            assertThat(trial.run("status"))
                    .isEqualTo(new Trial.Answer(
                            2,
                            "",
                            "cannot open the database postgresql://nosuch.invalid/crm: the host nosuch.invalid is not"
                                    + " known. Check tidemark.database.url, .username and .password, and that the server"
                                    + " runs" + System.lineSeparator()));
        }
    }

    @Test
    void clocks_a_day_apart_are_a_day_apart() {
        assertThat(Words.skew(Duration.ofHours(24).minusMillis(1_500))).isEqualTo("24 hours ahead");
        assertThat(Words.skew(Duration.ofSeconds(-61))).isEqualTo("61 seconds behind");
    }

    @Test
    void what_is_typed_wrong_is_said_with_2() {
        try (var trial = new Trial(folder)) {
            assertThat(trial.run("pause").status()).isEqualTo(2);
            assertThat(trial.run("pause", "contracts").status()).isEqualTo(2);
            assertThat(trial.run("snyc").status()).isEqualTo(2);
            assertThat(trial.run("sync", "--timeout", "soon").status()).isEqualTo(2);
            assertThat(trial.run("sync", "--timeout", "5m").err())
                    .startsWith("Invalid value for option '--timeout': '5m' is no length of time such as PT5M, PT1H or"
                            + " P1D")
                    .doesNotContain("java.time");
            String taken = String.valueOf(trial.sandbox().baseUrl().getPort());
            assertThat(trial.run("sandbox", "--system", "everyaction", "--port", taken))
                    .isEqualTo(new Trial.Answer(
                            2,
                            "",
                            "the sandbox cannot listen on port " + taken + " of 127.0.0.1; name a free one with --port"
                                    + System.lineSeparator()));
            assertThat(trial.run("rejects", "show", "17").status()).isEqualTo(1);
        }
    }

    private static String watermark(Trial trial) {
        return trial.run("status").lines().stream()
                .filter(line -> line.startsWith("  watermark: "))
                .map(line -> line.replaceFirst(" \\(.*", ""))
                .findFirst()
                .orElseThrow();
    }

    private static void edit(Trial trial, String statement) {
        try {
            Sql.run("jdbc:h2:file:" + trial.folder().resolve("data/tidemark"), statement);
        } catch (java.sql.SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private List<String> rows(Trial trial, String query) {
        try {
            return Sql.column("jdbc:h2:file:" + trial.folder().resolve("data/tidemark"), query);
        } catch (java.sql.SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
