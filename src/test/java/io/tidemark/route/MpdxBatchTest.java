package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.mpdx.Doubts;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
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

/** Many edits of contacts go to MPDX in bulk calls, and each is settled for itself. */
class MpdxBatchTest {
    private static final String BULK = "/api/v2/contacts/bulk";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final MpdxSandbox sandbox =
            MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock).data(17, 0));
    private final List<String> contacts = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private OneStream stream;

    @BeforeEach
    void load() {
        for (int each = 0; each < 12; each++) {
            contacts.add(sandbox.put(
                    "contacts",
                    sandbox.user().accountLists().get(0),
                    Map.of("name", "N" + each, "greeting", "Before")));
        }
        clock.advance(Duration.ofMinutes(3));
        stream = OneStream.loaded(folder, sandbox, "contacts", Map.of("sources.s.bulk-most", "10"));
        sandbox.log().clear();
    }

    @AfterEach
    void end() {
        stream.close();
        sandbox.close();
    }

    @Test
    void many_edits_go_in_a_few_calls() {
        edit("true");
        stream.send();

        assertThat(greetings()).containsOnly("Here");
        assertThat(requests()).containsExactly("GET", "PUT bulk", "GET", "PUT bulk");
        assertThat(stream.states()).hasSize(12).containsOnly("pinned");
    }

    @Test
    void one_edit_goes_alone() {
        edit("name = 'N3'");
        stream.send();

        assertThat(sandbox.log().count("PUT", "/api/v2/contacts/" + contacts.get(3)))
                .isEqualTo(1);
        assertThat(sandbox.log().count("PUT", BULK)).isZero();
    }

    @Test
    void one_that_is_refused_is_a_dead_letter_and_the_others_are_confirmed() {
        stream.execute("update kept set status = 'Nonsense' where name = 'N3'");
        edit("name <> 'N3' and name < 'N8'");
        stream.send();

        assertThat(stream.states()).containsOnlyOnce("dead").contains("pinned");
        assertThat(stream.running().value("select reason from tidemark_change where state = 'dead'"))
                .isEqualTo("MPDX refused PUT /contacts/bulk (400: is not included in the list, in status)");
        assertThat(greetings()).filteredOn("Here"::equals).hasSize(9);
        assertThat(sandbox.log().count("PUT", BULK)).isEqualTo(1);
    }

    @Test
    void a_lost_answer_is_looked_up_and_nothing_is_written_twice() {
        sandbox.faults().next("PUT " + BULK, Fault.answerLost());
        edit("name < 'N5'");
        stream.send();
        assertThat(stream.states()).containsOnly("sending");
        stream.sendAgain();

        assertThat(greetings()).filteredOn("Here"::equals).hasSize(7);
        assertThat(sandbox.log().count("PUT", BULK)).isEqualTo(1);
        assertThat(stream.states()).doesNotContain("sending", "pending", "dead");
    }

    @Test
    void after_a_restart_what_was_sent_is_looked_up() {
        sandbox.faults().next("PUT " + BULK, Fault.answerLost());
        edit("name < 'N5'");
        stream.send();
        stream.restart();
        stream.sendAgain();

        assertThat(greetings()).filteredOn("Here"::equals).hasSize(7);
        assertThat(sandbox.log().count("PUT", BULK)).isEqualTo(1);
    }

    @Test
    void what_goes_together_in_vain_goes_alone() {
        sandbox.switches().set(Doubts.BULK_MOST, 1);
        edit("name < 'N5'");
        stream.send();
        assertThat(greetings()).containsOnly("Before");
        stream.sendAgain();
        assertThat(greetings()).containsOnly("Before");
        stream.sendAgain();

        assertThat(greetings()).filteredOn("Here"::equals).hasSize(7);
        assertThat(sandbox.log().count("PUT", BULK)).isEqualTo(2);
    }

    @Test
    void a_record_that_is_gone_and_an_edit_that_no_bulk_call_takes_are_dealt_with_in_the_same_round() {
        sandbox.remove("contacts", contacts.get(0));
        edit("name < 'N5'");
        stream.execute("update kept set address_city = 'Sampleton' where name = 'N4'");
        stream.send();

        assertThat(greetings()).filteredOn("Here"::equals).hasSize(6);
        assertThat(sandbox.keys("addresses")).hasSize(1);
        assertThat(
                        stream.running()
                                .value(
                                        "select count(*) from tidemark_change where state = 'dead' and reason like 'record gone%'"))
                .isEqualTo("1");
        assertThat(stream.states()).filteredOn("pinned"::equals).hasSize(6);
    }

    @Test
    void an_edit_there_of_a_field_that_was_edited_here_is_settled_by_the_rule() {
        sandbox.edit("contacts", contacts.get(0), Map.of("greeting", "There"));
        edit("name < 'N5'");
        stream.send();

        assertThat(greetings().get(0)).isEqualTo("There");
        assertThat(greetings()).filteredOn("Here"::equals).hasSize(6);
        assertThat(stream.running().rows("select * from tidemark_conflict")).hasSize(1);
    }

    private void edit(String which) {
        stream.execute("update kept set greeting = 'Here' where " + which);
    }

    private List<String> greetings() {
        return contacts.stream()
                .map(key -> sandbox.record("contacts", key)
                        .map(values -> values.getOrDefault("greeting", ""))
                        .orElse("gone"))
                .toList();
    }

    private List<String> requests() {
        return sandbox.log().requests().stream()
                .map(request -> request.method() + (request.path().equals(BULK) ? " bulk" : ""))
                .toList();
    }
}
