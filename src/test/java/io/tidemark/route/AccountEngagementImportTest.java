package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.accountengagement.Doubts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many edits of prospects go to Account Engagement as an import, which is asked about until it is at its end. */
class AccountEngagementImportTest {
    private static final String IMPORTS = "/api/v5/imports";
    private static final String PROSPECTS = "/api/v5/objects/prospects/";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private final List<Long> prospects = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private OneStream stream;

    @BeforeEach
    void load() {
        for (int each = 0; each < 9; each++) {
            prospects.add(sandbox.put(
                    "prospect",
                    Map.of("firstName", "Before", "lastName", "N" + each, "email", "n" + each + "@example.org")));
        }
        clock.advance(Duration.ofMinutes(3));
        stream = OneStream.loaded(
                folder, sandbox, "prospect", Map.of("sources.s.import-from", "4", "streams.rows.start-from", "P300D"));
        sandbox.log().clear();
    }

    @AfterEach
    void end() {
        stream.close();
        sandbox.close();
    }

    @Test
    void many_edits_go_as_one_import_and_are_confirmed_when_it_is_complete() {
        edit("last_name < 'N6'");
        stream.untilSent();

        assertThat(names()).filteredOn("Hère"::equals).hasSize(6);
        assertThat(imports()).isEqualTo(1);
        assertThat(sandbox.log().count("POST", IMPORTS + "/701/batches")).isEqualTo(1);
        assertThat(singles()).isZero();
        assertThat(stream.states()).hasSize(6).containsOnly("pinned");
        assertThat(stream.running().rows("select job from tidemark_change where job is not null"))
                .isEmpty();
    }

    @Test
    void a_few_edits_go_one_by_one() {
        edit("last_name < 'N3'");
        stream.send();

        assertThat(names()).filteredOn("Hère"::equals).hasSize(3);
        assertThat(imports()).isZero();
        assertThat(singles()).isEqualTo(3);
    }

    @Test
    void a_rejected_row_is_a_dead_letter_and_the_others_are_confirmed() {
        edit("last_name < 'N6'");
        stream.execute("update kept set email = 'nobody' where last_name = 'N2'");
        stream.untilSent();

        assertThat(stream.states()).containsOnlyOnce("dead").contains("pinned");
        assertThat(stream.running().value("select reason from tidemark_change where state = 'dead'"))
                .isEqualTo("Account Engagement refused the record in import 701: the email address is not valid");
        assertThat(names()).filteredOn("Hère"::equals).hasSize(5);
    }

    @Test
    void a_restart_while_the_import_runs_goes_on_with_the_same_one() {
        sandbox.switches().set(Doubts.IMPORT_STUCK, true);
        edit("last_name < 'N6'");
        stream.send();
        assertThat(stream.states()).containsOnly("sending");
        assertThat(stream.running().rows("select distinct job from tidemark_change"))
                .containsExactly(Map.of("job", "701"));
        stream.restart();
        stream.sendAgain();
        assertThat(names()).containsOnly("Before");
        sandbox.switches().set(Doubts.IMPORT_STUCK, false);
        stream.untilSent();

        assertThat(names()).filteredOn("Hère"::equals).hasSize(6);
        assertThat(imports()).isEqualTo(1);
        assertThat(singles()).isZero();
        assertThat(stream.states()).containsOnly("pinned");
    }

    @Test
    void nothing_waits_for_the_vendor_and_a_round_asks_when_it_is_time() {
        sandbox.switches().set(Doubts.IMPORT_STUCK, true);
        edit("last_name < 'N6'");
        stream.send();

        assertThat(stream.running().bridge().write("rows")).isEqualTo(Bridge.Round.WAITING);
        assertThat(stream.running().value("select count(*) from tidemark_stream where outbound_due_at is not null"))
                .isEqualTo("1");
        sandbox.switches().set(Doubts.IMPORT_STUCK, false);
        Running.until(
                () -> stream.states().equals(List.of("pinned", "pinned", "pinned", "pinned", "pinned", "pinned")),
                () -> "it is not asked about by itself: " + stream.changes());
    }

    @Test
    void a_later_edit_of_a_record_that_is_in_an_import_waits_for_it_and_goes_out_after_it() {
        sandbox.switches().set(Doubts.IMPORT_STUCK, true);
        edit("last_name < 'N6'");
        stream.send();
        stream.execute("update kept set first_name = 'Later' where last_name = 'N1'");
        stream.execute("delete from kept where last_name = 'N2'");
        stream.execute("update kept set first_name = 'Other' where last_name = 'N7'");
        stream.sendAgain();
        assertThat(names()).filteredOn("Before"::equals).hasSize(8);
        assertThat(names().get(7)).isEqualTo("Other");
        assertThat(singles()).isEqualTo(1);
        sandbox.switches().set(Doubts.IMPORT_STUCK, false);
        stream.untilSent();

        assertThat(names()).startsWith("Hère", "Later", "Hère", "Hère");
        assertThat(imports()).isEqualTo(1);
    }

    @Test
    void a_lost_answer_at_any_step_loses_and_doubles_nothing() {
        sandbox.faults().next("POST " + IMPORTS, Fault.answerLost());
        sandbox.faults().next("POST " + IMPORTS + "/*", Fault.answerLost());
        sandbox.faults().next("PATCH " + IMPORTS + "/*", Fault.answerLost());
        sandbox.faults().next("GET " + IMPORTS + "/*", Fault.answerLost().times(2));
        edit("last_name < 'N6'");
        stream.untilSent();

        assertThat(sandbox.faults().left()).isZero();
        assertThat(names()).filteredOn("Hère"::equals).hasSize(6);
        assertThat(prospects).allMatch(id -> sandbox.versions("prospect", id).size() <= 3);
        assertThat(imports()).isEqualTo(2);
        assertThat(stream.states()).hasSize(6).containsOnly("pinned");
    }

    @Test
    void an_import_that_fails_as_a_whole_is_not_tried_for_ever_and_each_goes_alone() {
        sandbox.switches().set(Doubts.IMPORT_END, Doubts.ImportEnd.FAILED);
        edit("last_name < 'N6'");
        stream.untilSent();

        assertThat(imports()).as("not more often than once more").isBetween(1L, 2L);
        assertThat(singles()).isEqualTo(6);
        assertThat(names()).filteredOn("Hère"::equals).hasSize(6);
        assertThat(stream.states()).hasSize(6).containsOnly("pinned");
    }

    @Test
    void an_errors_file_that_cannot_be_had_leaves_each_to_another_look() {
        sandbox.faults().next("GET " + IMPORTS + "/701/errors", Fault.status(400));
        edit("last_name < 'N6'");
        stream.execute("update kept set email = 'nobody' where last_name = 'N2'");
        stream.untilSent();

        assertThat(sandbox.faults().left()).isZero();
        assertThat(names()).filteredOn("Hère"::equals).hasSize(5);
        assertThat(stream.states()).containsOnlyOnce("dead");
    }

    @Test
    void rows_of_which_nothing_is_said_are_looked_at_again() {
        sandbox.switches().set(Doubts.UPDATED_COUNT, Doubts.UpdatedCount.CHANGED);
        sandbox.switches().set(Doubts.IMPORT_STUCK, true);
        edit("last_name < 'N6'");
        stream.send();
        sandbox.edit("prospect", prospects.get(3), Map.of("firstName", "Hère"));
        sandbox.switches().set(Doubts.IMPORT_STUCK, false);
        stream.untilSent();

        assertThat(names()).filteredOn("Hère"::equals).hasSize(6);
        assertThat(imports()).isEqualTo(1);
        assertThat(singles()).isZero();
        assertThat(stream.states()).hasSize(6).containsOnly("pinned");
    }

    @Test
    void what_was_edited_there_meanwhile_is_not_overwritten_by_an_import() {
        sandbox.edit("prospect", prospects.get(1), Map.of("firstName", "There", "city", "Sampleton"));
        edit("last_name < 'N6'");
        stream.untilSent();

        assertThat(names().get(1)).isEqualTo("There");
        assertThat(names()).filteredOn("Hère"::equals).hasSize(5);
        assertThat(stream.running().rows("select * from tidemark_conflict")).hasSize(1);
    }

    @Test
    void an_edit_that_clears_a_field_goes_alone() {
        edit("last_name < 'N6'");
        stream.execute("update kept set first_name = null where last_name = 'N1'");
        stream.untilSent();

        assertThat(names().get(1)).isEmpty();
        assertThat(names()).filteredOn("Hère"::equals).hasSize(5);
        assertThat(imports()).isEqualTo(1);
        assertThat(singles()).isEqualTo(1);
    }

    @Test
    void many_inserted_rows_make_each_prospect_once_and_overwrite_none_that_has_the_address() {
        var taken = new ArrayList<Long>();
        for (int each = 0; each < 5; each++) {
            taken.add(sandbox.put("prospect", Map.of("firstName", "There", "email", "t" + each + "@example.org")));
            stream.execute("insert into kept (email, first_name, city) values ('t" + each
                    + "@example.org', 'Here', 'X')," + " ('new" + each + "@example.org', 'Here', 'X')");
        }
        int before = sandbox.keys("prospect", true).size();
        stream.untilSent();

        assertThat(taken)
                .allSatisfy(id -> assertThat(sandbox.record("prospect", id).orElseThrow())
                        .containsEntry("firstName", "There")
                        .containsEntry("city", "X"));
        assertThat(sandbox.keys("prospect", true)).hasSize(before + 5);
        assertThat(stream.running().rows("select id from kept where first_name = 'Here' and id is not null"))
                .hasSize(5)
                .allSatisfy(row -> assertThat(sandbox.record("prospect", Long.parseLong(row.get("id")))
                                .orElseThrow())
                        .containsEntry("firstName", "Here")
                        .containsEntry("city", "X"));
        assertThat(imports()).isPositive();
        assertThat(stream.running().rows("select * from tidemark_conflict")).hasSize(5);
    }

    private void edit(String which) {
        stream.execute("update kept set first_name = 'Hère' where " + which);
    }

    private List<String> names() {
        return prospects.stream()
                .map(id -> sandbox.record("prospect", id).orElseThrow().getOrDefault("firstName", ""))
                .toList();
    }

    private long imports() {
        return sandbox.log().count("POST", IMPORTS);
    }

    private long singles() {
        return sandbox.log().requests().stream()
                .filter(request ->
                        request.method().equals("PATCH") && request.path().startsWith(PROSPECTS))
                .count();
    }
}
