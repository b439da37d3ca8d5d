package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.sql.Decisions;
import io.tidemark.sql.Waiting;
import io.tidemark.stream.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of local changes once they were sent, and what keeps them from being sent. */
class SentTest {
    private static final MovableClock VENDOR = SharedBridge.aDayAhead();

    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(
            EveryActionSandbox.Options.standard().clock(VENDOR).data(7, 150),
            setup -> setup.contacts("direction", "both").contacts("conflict", "target-wins").stream("kept", "ea")
                    .set("tidemark.streams.kept.direction", "both")
                    .set("tidemark.streams.kept.deletes", "ignore")
                    .set("tidemark.streams.kept.outbound-deletes", "propagate")
                    .set("tidemark.sources.ea.settle-delay", "PT0.1S"));

    private long person;

    @BeforeEach
    void oneOfThem() {
        person = BRIDGE.sandbox().put("Contacts", Map.of("FirstName", "Ada", "LastName", "Before"));
        VENDOR.advance(Duration.ofHours(3));
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.sandbox().log().clear();
    }

    @Test
    void an_export_from_before_a_confirmed_write_does_not_put_the_old_value_back() {
        BRIDGE.sandbox()
                .switches()
                .set(Doubts.SELF_EXCLUSION, Doubts.SelfExclusion.REFUSED)
                .set(Doubts.CHANGE_LOG_DELAY, Duration.ofHours(1));
        edit("first_name = 'Greta'");
        send();
        BRIDGE.running().store().resync("contacts");
        BRIDGE.running().cycle("contacts");

        assertThat(there()).isEqualTo("Greta");
        assertThat(here()).isEqualTo("Greta");
        assertThat(column("state")).containsExactly("pinned");
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void what_the_vendor_accepts_and_drops_is_a_dead_letter_and_the_table_has_the_vendors_value() {
        BRIDGE.sandbox().switches().set(Doubts.DROPPED, Set.of("FirstName"));
        edit("first_name = 'Greta'");
        send();
        Running.until(() -> column("state").equals(List.of("dead")), () -> "it is " + column("state"));

        assertThat(here()).isEqualTo("Ada");
        assertThat(column("reason").get(0)).matches("the vendor accepted but did not keep \\S+");
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void a_stream_of_which_a_great_share_was_edited_at_once_waits_for_a_person() {
        BRIDGE.running().execute("update contacts set first_name = 'Everybody'");
        BRIDGE.running().store().outboundDue("contacts");
        BRIDGE.running().until("contacts", state -> state.condition() == Condition.BRAKED);

        assertThat(BRIDGE.running().state("contacts").reason())
                .matches(
                        "stream contacts: 1\\d\\d local changes would go out, more than 100 at once for the 1\\d\\d rows of"
                                + " table \\S+\\. If that is right, run 'tidemark resume contacts --accept'");
        assertThat(writes()).isZero();

        BRIDGE.running().store().accept("contacts");
        Running.until(() -> writes() >= 150, () -> writes() + " were written");
    }

    @Test
    void another_account_stops_the_way_out_too() {
        edit("first_name = 'Greta'");
        BRIDGE.running().execute("update tidemark_stream set account_identity = 'somebody else'");
        BRIDGE.running().store().outboundDue("contacts");
        BRIDGE.running().until("contacts", state -> state.condition() == Condition.STOPPED);

        assertThat(writes()).isZero();
        assertThat(BRIDGE.running().state("contacts").reason()).contains("the account changed from somebody else");
    }

    @Test
    void denied_credentials_stop_the_stream_and_keep_the_change() {
        BRIDGE.sandbox().faults().next("POST /v4/people/" + person, Fault.status(403));
        edit("first_name = 'Greta'");
        BRIDGE.running().store().outboundDue("contacts");
        BRIDGE.running().until("contacts", state -> state.condition() == Condition.STOPPED);

        BRIDGE.running().store().resume("contacts");
        send();
        assertThat(there()).isEqualTo("Greta");
    }

    @Test
    void a_vendor_that_is_busy_is_asked_again_when_it_wants_to_be() {
        BRIDGE.sandbox()
                .faults()
                .next("POST /v4/people/" + person, Fault.status(429).retryAfterSeconds(600));
        edit("first_name = 'Greta'");
        BRIDGE.running().store().outboundDue("contacts");
        Running.until(() -> column("attempts").equals(List.of("1")), () -> "nobody waits");
        assertThat(BRIDGE.running().rows("select name from tidemark_source")).hasSize(1);
        assertThat(there()).isEqualTo("Ada");

        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp");
        BRIDGE.running().hurry();
        send();
        assertThat(there()).isEqualTo("Greta");
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void an_answer_that_was_lost_is_looked_for_before_anything_is_sent_again() {
        BRIDGE.sandbox().faults().next("POST /v4/people/" + person, Fault.answerLost());
        edit("first_name = 'Greta'");
        send();
        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp");
        send();
        Running.until(() -> column("state").isEmpty(), () -> "it is " + column("state"));

        assertThat(there()).isEqualTo("Greta");
        assertThat(sent()).isEqualTo(1);
    }

    @Test
    void a_field_that_cannot_be_made_empty_is_a_dead_letter() {
        edit("first_name = null");
        send();

        assertThat(column("reason")).containsExactly("FirstName cannot be made empty at the vendor");
        assertThat(writes()).isZero();
    }

    @Test
    void a_difference_that_nobody_noted_is_found_by_the_full_comparison_and_settled_by_the_rule() {
        BRIDGE.running()
                .execute("set @tidemark_writing = 'contacts'; update contacts set first_name = 'Unseen' where van_id = "
                        + person + "; set @tidemark_writing = null");
        assertThat(column("state")).isEmpty();
        BRIDGE.running().store().reconcile("contacts");
        BRIDGE.running().cycle("contacts");
        send();

        assertThat(there()).isEqualTo("Unseen");
        assertThat(BRIDGE.running().rows("select base, local, remote, rule, outcome from tidemark_conflict"))
                .containsExactly(Map.of(
                        "base",
                        "unknown",
                        "local",
                        "Unseen",
                        "remote",
                        "Ada",
                        "rule",
                        "target-wins",
                        "outcome",
                        "target"));
        assertThat(cycles("committed")).contains("reconcile");
    }

    @Test
    void a_full_comparison_that_failed_is_made_again() {
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.html(200));
        BRIDGE.running().store().reconcile("contacts");
        Running.until(
                () -> {
                    BRIDGE.running().hurry();
                    var state = BRIDGE.running().state("contacts");
                    return cycles("committed").contains("reconcile")
                            && state.flight().isEmpty()
                            && state.dueAt() == null;
                },
                () -> "committed are " + cycles("committed"));

        assertThat(cycles("failed")).contains("reconcile");
        assertThat(BRIDGE.running().rows("select name from tidemark_stream where reconcile"))
                .isEmpty();
    }

    private static List<String> cycles(String outcome) {
        return BRIDGE.running().rows("select kind from tidemark_cycle where outcome = '" + outcome + "'").stream()
                .map(row -> String.valueOf(row.get("kind")))
                .toList();
    }

    @Test
    void an_edit_of_a_creation_that_nobody_can_look_up_does_not_send_it_again_and_a_persons_word_does() {
        BRIDGE.sandbox().faults().next("POST /v4/people/findOrCreate", Fault.answerLost());
        BRIDGE.running()
                .execute(
                        "insert into contacts (first_name, last_name, email) values ('Nina', 'Neu', 'nina@example.org')");
        send();
        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp");
        send();
        assertThat(column("state")).containsExactly("dead");

        BRIDGE.running().execute("update contacts set first_name = 'Nina Maria' where last_name = 'Neu'");
        assertThat(column("state")).containsExactly("pending");
        send();
        assertThat(column("state")).containsExactly("dead");
        assertThat(column("reason").get(0)).contains("the answer to its creation was lost");
        assertThat(creations()).isEqualTo(1);

        var letter = new Waiting(BRIDGE.running().database())
                .deadLetters("contacts", 10)
                .get(0);
        new Decisions(BRIDGE.running().database(), BRIDGE.setup().read().settings()).retry(letter);
        send();
        assertThat(creations()).isEqualTo(2);
    }

    private static long creations() {
        return BRIDGE.sandbox().log().count("POST", "/v4/people/findOrCreate");
    }

    @Test
    void a_deletion_that_exports_never_show_is_over_with_the_first_export_that_was_asked_for_later() {
        BRIDGE.begin("kept");
        BRIDGE.running().untilCommitted("kept");
        BRIDGE.running().execute("delete from kept where van_id = " + person);
        send("kept");
        assertThat(BRIDGE.sandbox().keys("Contacts", false)).doesNotContain(person);
        assertThat(column("state")).containsExactly("pinned");

        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp");
        BRIDGE.running().cycle("kept");

        assertThat(column("state")).isEmpty();
        assertThat(BRIDGE.running().rows("select van_id from kept where van_id = " + person))
                .isEmpty();
    }

    private static void send() {
        send("contacts");
    }

    private static void send(String stream) {
        BRIDGE.running().store().outboundDue(stream);
        Running.until(
                () -> BRIDGE.running()
                        .rows(
                                "select name from tidemark_stream where outbound_due_at is not null or claim_until is not null")
                        .isEmpty(),
                () -> "the round does not end: " + BRIDGE.running().rows("select * from tidemark_change"));
    }

    private void edit(String assignments) {
        BRIDGE.running().execute("update contacts set " + assignments + " where van_id = " + person);
    }

    private String here() {
        return BRIDGE.running().value("select first_name from contacts where van_id = " + person);
    }

    private String there() {
        return Objects.requireNonNull(
                BRIDGE.sandbox().record("Contacts", person).orElseThrow().get("FirstName"));
    }

    private static List<String> column(String name) {
        return BRIDGE.running().rows("select " + name + " from tidemark_change").stream()
                .map(row -> String.valueOf(row.get(name)))
                .toList();
    }

    private long sent() {
        return BRIDGE.sandbox().log().count("POST", "/v4/people/" + person);
    }

    private static long writes() {
        return BRIDGE.sandbox().log().requests().stream()
                .filter(request -> request.path().startsWith("/v4/people/")
                        && !request.method().equals("GET"))
                .count();
    }
}
