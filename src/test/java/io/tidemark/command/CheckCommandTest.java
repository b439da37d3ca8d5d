package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void without_a_database_it_says_so_and_creates_none() {
        try (var trial = new Trial(folder)) {
            Trial.Answer answer = trial.run("check");

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(answer.lines())
                    .contains("ok       configuration: 1 source, 1 stream, no problem")
                    .contains("ok       database: " + folder.resolve("data/tidemark.mv.db")
                            + " does not exist yet; the first start creates it")
                    .anyMatch(line -> line.startsWith(
                            "ok       source ea: " + trial.sandbox().baseUrl() + " accepts the credentials ("))
                    .anyMatch(line -> line.startsWith("ok       stream contacts: Contacts of ea: ")
                            && line.endsWith(" fields are known, the key is VanID"));
            assertThat(folder.resolve("data")).doesNotExist();
            assertThat(answer.out()).doesNotContain(trial.sandbox().user().key());
        }
    }

    @Test
    void a_table_that_is_there_fits_and_the_watermark_says_how_long_it_may_stand_still() {
        try (var trial = new Trial(folder)) {
            trial.run("sync");

            Trial.Answer answer = trial.run("check");

            assertThat(answer.status()).as(answer.toString()).isZero();
            assertThat(answer.lines())
                    .contains("ok       database: the bridge's own tables are there and up to date")
                    .contains("ok       stream contacts: table contacts fits")
                    .anyMatch(line -> line.startsWith("ok       stream contacts: its watermark is ")
                            && line.endsWith(
                                    "; the source reaches back 90 days, so it may stand still for 89 days more"));
        }
    }

    @Test
    void a_failing_source_hides_nothing_of_the_others() {
        try (var trial = new Trial(folder)) {
            trial.with(
                    "tidemark.sources.down.system=everyaction",
                    "tidemark.sources.down.base-url=" + trial.sandbox().baseUrl(),
                    "tidemark.sources.down.application-name=nobody",
                    "tidemark.sources.down.api-key=wrong-key-canary",
                    "tidemark.streams.lost.source=down",
                    "tidemark.streams.lost.resource=Contacts");

            Trial.Answer answer = trial.run("check");

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.lines())
                    .anyMatch(line -> line.startsWith(
                            "error    source down: " + trial.sandbox().baseUrl() + ": "))
                    .anyMatch(line -> line.startsWith("ok       stream contacts: Contacts of ea: "))
                    .last()
                    .asString()
                    .startsWith("1 error, ");
            assertThat(answer.out()).doesNotContain("wrong-key-canary");
        }
    }

    @Test
    void what_the_configuration_alone_shows_is_said_with_its_key() {
        try (var trial = new Trial(folder)) {
            trial.with(
                    "tidemark.streams.contacts.schedule=0 0 0 1 1 ? 2020",
                    "tidemark.streams.contacts.start-from=2999-01-01T00:00:00Z");

            Trial.Answer answer = trial.run("check");

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.lines())
                    .contains("error    stream contacts: its schedule 0 0 0 1 1 ? 2020 never fires again; correct"
                            + " tidemark.streams.contacts.schedule")
                    .contains("error    stream contacts: tidemark.streams.contacts.start-from is in the future"
                            + " (2999-01-01T00:00:00Z); name an instant that has been, or a duration back from now");
        }
    }

    @Test
    void the_way_back_is_looked_at_without_writing() {
        try (var trial = new Trial(folder)) {
            trial.with("tidemark.streams.contacts.direction=both");
            trial.run("sync", "--timeout", "PT0S");

            Trial.Answer before = trial.run("check");

            assertThat(before.status()).as(before.toString()).isZero();
            assertThat(before.lines())
                    .contains(
                            "warning  stream contacts: tidemark.sources.ea.external-id-type is not set: a created record"
                                    + " carries no identifier, so a creation whose answer is lost becomes a dead letter"
                                    + " instead of being looked up",
                            "ok       stream contacts: local edits of table contacts are not noted yet; its next cycle"
                                    + " makes 2 triggers ('tidemark check --ddl' prints them)")
                    .anyMatch(line -> line.startsWith("ok       stream contacts: ")
                            && line.contains(" fields can go back (City, ")
                            && line.contains("), none of them can be made empty; records can be created"
                                    + " and can be deleted."));

            trial.run("sync");
            trial.sandbox().log().clear();
            trial.with(
                    "tidemark.sources.ea.external-id-type=BridgeKey",
                    "tidemark.streams.contacts.write.FirstName=true",
                    "tidemark.streams.contacts.write.LastUpdatedOn=true");
            Trial.Answer after = trial.run("check");

            assertThat(after.status()).isEqualTo(1);
            assertThat(after.lines())
                    .contains(
                            "ok       stream contacts: single records can be read",
                            "ok       stream contacts: local edits of table contacts are noted by its triggers")
                    .anyMatch(line -> line.startsWith("error    stream contacts: tidemark.streams.contacts.write."
                            + "LastUpdatedOn: everyaction cannot write LastUpdatedOn of Contacts; it can write "));
            assertThat(trial.sandbox().log().requests())
                    .allMatch(request -> request.method().equals("GET"));

            trial.sandbox().faults().next("GET /v4/people/*", Fault.status(403));
            assertThat(trial.run("check").out())
                    .contains(
                            "error    stream contacts: a single record cannot be read, which comes before each write: ");
        }
    }

    @Test
    void
            a_resource_that_cannot_be_written_back_by_its_key_is_an_error_and_its_stream_stops_before_anything_is_stored() {
        try (var trial = new Trial(folder)) {
            trial.with(
                    "tidemark.streams.codes.source=ea",
                    "tidemark.streams.codes.resource=Contacts",
                    "tidemark.streams.codes.key=Email",
                    "tidemark.streams.codes.direction=both");

            Trial.Answer answer = trial.run("check");

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.lines())
                    .contains(
                            "error    stream codes: its direction is both, and everyaction cannot write Contacts with the"
                                    + " key Email. Set tidemark.streams.codes.direction=inbound");

            assertThat(trial.run("sync", "codes").out())
                    .contains("stream codes: its direction is both, and nothing of Contacts with the key Email can be"
                            + " written. Set tidemark.streams.codes.direction=inbound");
        }
    }

    @Test
    void a_table_that_cannot_take_the_stream_is_an_error() throws Exception {
        try (var trial = new Trial(folder)) {
            Files.createDirectories(folder.resolve("data"));
            Sql.run(
                    "jdbc:h2:file:" + folder.resolve("data/tidemark"),
                    "create table contacts (van_id bigint, odd int not null)");

            Trial.Answer answer = trial.run("check");

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.lines())
                    .anyMatch(
                            line -> line.startsWith(
                                    "error    stream contacts: table contacts has column ODD, which is NOT NULL without a default"));
        }
    }

    @Test
    void columns_that_suit_their_fields_badly_are_told_and_those_that_never_do_are_errors() throws Exception {
        try (var trial = new Trial(folder)) {
            Files.createDirectories(folder.resolve("data"));
            String database = "jdbc:h2:file:" + folder.resolve("data/tidemark");
            Sql.run(database, "create table contacts (van_id bigint, first_name int, email varchar(5))");
            String doubt =
                    "table contacts has column FIRST_NAME of type integer, and FirstName holds varchar: what does"
                            + " not fit becomes a reject; make the column varchar, or name another one, or '-', in"
                            + " tidemark.streams.contacts.columns.FirstName. If it is meant, say"
                            + " tidemark.streams.contacts.types.FirstName=integer";

            assertThat(trial.run("check").lines())
                    .contains(
                            "warning  stream contacts: " + doubt,
                            "ok       stream contacts: longer texts than these columns of table contacts take become"
                                    + " rejects: EMAIL varchar(5)");
            trial.run("sync");
            assertThat(trial.run("status").out()).contains("warning: " + doubt);

            trial.with("tidemark.streams.contacts.types.FirstName=int");
            assertThat(trial.run("check").out()).doesNotContain("FIRST_NAME");

            Sql.run(database, "create table people (van_id uuid)");
            Trial.Answer never =
                    trial.with("tidemark.streams.contacts.table=people").run("check");
            assertThat(never.status()).isEqualTo(1);
            assertThat(never.lines())
                    .contains("error    stream contacts: table people has column VAN_ID of type uuid, and VanID holds"
                            + " bigint, which never fits; make the column bigint, or name another one, or '-', in"
                            + " tidemark.streams.contacts.columns.VanID");
        }
    }

    @Test
    void a_field_that_the_vendor_does_not_name_is_told_with_its_key() {
        try (var trial = new Trial(folder)) {
            trial.with(
                    "tidemark.streams.contacts.types.FirstNme=text",
                    "tidemark.streams.contacts.columns.Emial=-",
                    "tidemark.streams.contacts.columns.City=town");

            assertThat(trial.run("check").lines())
                    .contains(
                            "warning  stream contacts: tidemark.streams.contacts.types.FirstNme: Contacts of ea names no"
                                    + " field FirstNme (nearest: FirstName)",
                            "warning  stream contacts: tidemark.streams.contacts.columns.Emial: Contacts of ea names no"
                                    + " field Emial (nearest: Email)")
                    .noneMatch(line -> line.contains("City: "));
        }
    }

    @Test
    void a_place_where_no_database_can_be_is_told_in_a_line_before_one_is_opened() {
        try (var trial = new Trial(folder)) {
            Path file = trial.file("file", "");
            trial.with("tidemark.database.url=jdbc:h2:file:./file/tidemark");
            String words = "cannot open the database file:" + folder.resolve("file/tidemark") + ": " + file
                    + " is no folder. Check tidemark.database.url";

            assertThat(trial.run("check").lines()).contains("error    database: " + words);
            assertThat(trial.run("sync")).isEqualTo(new Trial.Answer(2, "", words + System.lineSeparator()));
        }
    }

    @Test
    void an_address_where_nobody_listens_is_told_with_the_next_step() {
        try (var trial = new Trial(folder).with("tidemark.sources.ea.base-url=http://127.0.0.1:1/v4")) {
            assertThat(trial.run("check").out())
                    .contains("error    source ea: http://127.0.0.1:1/v4: Connect to ")
                    .contains(". Check the address (a source's base-url), and the network and its proxy")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void a_source_that_is_down_for_a_moment_is_an_error_in_the_vendors_words() {
        try (var trial = new Trial(folder)) {
            trial.sandbox().faults().next("GET /v4/*", Fault.status(503).times(5));

            Trial.Answer answer = trial.run("check");

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.out()).contains("error    source ea: ").contains("503");
            assertThat(answer.err()).isEmpty();
        }
    }

    @Test
    void what_a_dba_ran_of_the_printed_statements_lets_the_bridge_work_without_ddl() throws Exception {
        try (var trial = new Trial(folder)) {
            Trial.Answer script = trial.run("check", "--ddl");
            assertThat(script.status()).as(script.toString()).isZero();
            assertThat(folder.resolve("data")).doesNotExist();
            assertThat(script.out())
                    .contains("create table tidemark_stream (", "grant select, insert, update, delete on ")
                    .doesNotContain(trial.sandbox().user().key());

            Files.createDirectories(folder.resolve("data"));
            Sql.run("jdbc:h2:file:" + folder.resolve("data/tidemark"), script.out());

            Trial.Answer sync = trial.with("tidemark.database.ddl=off").run("sync");
            assertThat(sync.status()).as(sync.toString()).isZero();
            assertThat(sync.out()).startsWith("contacts: committed, 20 read, 20 inserted");
        }
    }

    @Test
    void a_transform_without_its_route_is_told_and_refused_before_anything_starts() {
        try (var trial = new Trial(folder).with("tidemark.streams.contacts.transform=direct:tidy")) {
            String problem =
                    "tidemark.streams.contacts.transform is direct:tidy, and there is no such route; write it in a"
                            + " file of routes/local/";

            assertThat(trial.run("check").lines()).contains("error    configuration: " + problem);
            assertThat(List.of(trial.run("sync"), trial.run("run")))
                    .containsOnly(
                            new Trial.Answer(2, "", "The configuration has a problem:%n  %s%n".formatted(problem)));
            assertThat(trial.sandbox().log().count("POST", "/v4/changedEntityExportJobs"))
                    .isZero();
        }
    }

    @Test
    void the_configuration_is_shown_with_its_origins_and_without_secrets() {
        try (var trial = new Trial(folder)) {
            Trial.Answer answer = trial.run("check", "--show-config");

            assertThat(answer.status()).isZero();
            assertThat(answer.lines())
                    .contains("tidemark.streams.contacts.resource=Contacts  (application.properties)")
                    .contains("tidemark.retention=P90D  (default)")
                    .contains("tidemark.sources.ea.api-key=****  (application.properties)")
                    .contains("tidemark.sources.ea.zone=America/New_York  (default)")
                    .contains("camel.management.host=127.0.0.1  (default)");
        }
    }

    @Test
    void a_configuration_with_problems_is_refused_with_2() {
        try (var trial = new Trial(folder)) {
            Trial.Answer answer =
                    trial.with("tidemark.streams.contacts.sorce=ea").run("check");

            assertThat(answer.status()).isEqualTo(2);
            assertThat(answer.err()).startsWith("The configuration has a problem:");
        }
    }
}
