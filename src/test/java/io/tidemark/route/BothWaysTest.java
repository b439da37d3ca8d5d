package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.Doubts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table and a resource that are edited on both sides. */
class BothWaysTest {
    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(setup -> setup.contacts("direction", "both")
            .contacts("outbound-deletes", "propagate")
            .contacts("conflict", "newest-wins")
            .set("tidemark.sources.ea.external-id-type", "BridgeKey")
            .set("tidemark.sources.ea.settle-delay", "PT0.1S"));

    private static int people;
    private long person;

    @BeforeEach
    void oneOfThem() {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        person = BRIDGE.sandbox()
                .put(
                        "Contacts",
                        Map.of("FirstName", "Ada", "LastName", "Before", "Email", "ada" + ++people + "@example.org"));
        BRIDGE.running().cycle("contacts");
        BRIDGE.sandbox().log().clear();
    }

    @Test
    void the_first_load_sends_nothing() {
        send();
        assertThat(changes()).isEmpty();
        assertThat(writes()).isEmpty();
    }

    @Test
    void an_edit_here_goes_there_with_nothing_but_what_was_edited() {
        edit("first_name = 'Greta'");
        send();

        assertThat(BRIDGE.sandbox().record("Contacts", person).orElseThrow()).containsEntry("FirstName", "Greta");
        assertThat(writes()).hasSize(1);
        assertThat(writes().get(0).body()).isEqualTo("{\"firstName\":\"Greta\"}");
        settled();
    }

    @Test
    void an_edit_there_comes_here_and_does_not_go_back() {
        BRIDGE.sandbox().edit("Contacts", person, Map.of("LastName", "Remote"));
        BRIDGE.running().cycle("contacts");

        assertThat(column("last_name")).isEqualTo("Remote");
        send();
        assertThat(writes()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void edits_of_different_fields_of_one_row_both_survive() {
        edit("first_name = 'Greta'");
        BRIDGE.sandbox().edit("Contacts", person, Map.of("LastName", "Remote"));
        send();
        settled();

        assertThat(column("first_name")).isEqualTo("Greta");
        assertThat(column("last_name")).isEqualTo("Remote");
        assertThat(BRIDGE.sandbox().record("Contacts", person).orElseThrow())
                .containsEntry("FirstName", "Greta")
                .containsEntry("LastName", "Remote");
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void edits_of_one_field_are_a_conflict_that_is_settled_by_the_rule_and_recorded() {
        edit("first_name = 'Here'");
        BRIDGE.sandbox().edit("Contacts", person, Map.of("FirstName", "There"));
        String before = column("first_name");
        send();
        BRIDGE.running().cycle("contacts");
        settled();

        assertThat(before).isEqualTo("Here");
        assertThat(column("first_name")).isEqualTo("There");
        assertThat(conflicts()).hasSize(1);
        assertThat(conflicts().get(0))
                .containsEntry("field", column("first_name", "column"))
                .containsEntry("local", "Here")
                .containsEntry("remote", "There")
                .containsEntry("rule", "newest-wins (no usable time)")
                .containsEntry("outcome", "source");
    }

    @Test
    void a_row_that_is_inserted_here_is_created_there_once_and_gets_its_key() {
        long before = BRIDGE.records();
        BRIDGE.running()
                .execute("insert into contacts (first_name, last_name, email)" + " values ('Nina', 'Neu', 'nina"
                        + people + "@example.org')");
        send();

        assertThat(BRIDGE.records()).isEqualTo(before + 1);
        String key =
                BRIDGE.running().value("select van_id from contacts where email = 'nina" + people + "@example.org'");
        assertThat(BRIDGE.sandbox().record("Contacts", Long.parseLong(key)).orElseThrow())
                .containsEntry("LastName", "Neu");
        settled();
        BRIDGE.running().cycle("contacts");
        assertThat(BRIDGE.count("contacts")).isEqualTo(before + 1);
    }

    @Test
    void a_creation_whose_answer_was_lost_is_looked_up_and_not_repeated() {
        long before = BRIDGE.records();
        BRIDGE.sandbox().faults().next("POST /v4/people/findOrCreate", Fault.answerLost());
        BRIDGE.running()
                .execute("insert into contacts (first_name, last_name, email)" + " values ('Nina', 'Neu', 'nina"
                        + people + "@example.org')");
        send();
        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp");
        send();
        settled();

        assertThat(BRIDGE.records()).isEqualTo(before + 1);
        assertThat(BRIDGE.sandbox().log().count("POST", "/v4/people/findOrCreate"))
                .isEqualTo(1);
    }

    @Test
    void rows_that_are_inserted_together_are_created_by_one_installation() {
        BRIDGE.running().execute("delete from tidemark_installation");
        BRIDGE.running()
                .execute(
                        "insert into contacts (first_name, last_name, email) select 'N', 'Together', x || '@example.org'"
                                + " from system_range(1, 8)");
        send();

        assertThat(BRIDGE.running().rows("select id from tidemark_installation"))
                .hasSize(1);
    }

    @Test
    void a_deletion_here_is_a_suppression_there() {
        BRIDGE.running().execute("delete from contacts where van_id = " + person);
        send();

        assertThat(BRIDGE.sandbox().keys("Contacts", false)).doesNotContain(person);
        settled();
    }

    @Test
    void a_refused_change_is_a_dead_letter_with_the_vendors_words_and_holds_up_no_other() {
        long other = BRIDGE.sandbox().keys("Contacts", false).get(0);
        edit("first_name = '" + "x".repeat(300) + "'");
        BRIDGE.running().execute("update contacts set first_name = 'Fine' where van_id = " + other);
        send();

        assertThat(BRIDGE.sandbox().record("Contacts", other).orElseThrow()).containsEntry("FirstName", "Fine");
        assertThat(BRIDGE.running().rows("select state, reason from tidemark_change where state = 'dead'"))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.get("reason")).contains("EveryAction refused"));
    }

    @Test
    void what_the_vendor_made_of_a_value_comes_in_and_does_not_go_out_again() {
        BRIDGE.sandbox().switches().set(Doubts.NORMALISES, true);
        edit("email = 'Greta@Example.ORG'");
        send();
        settled();

        assertThat(column("email")).isEqualTo("greta@example.org");
        assertThat(writes()).hasSize(1);
    }

    @Test
    void an_insert_of_somebody_whom_the_vendor_has_meets_them_and_overwrites_nothing_unseen() {
        long there = BRIDGE.sandbox()
                .put(
                        "Contacts",
                        Map.of("FirstName", "Cy", "LastName", "There", "Email", "cy@example.org", "City", "Theirs"));
        BRIDGE.running()
                .execute("insert into contacts (first_name, last_name, email, city, phone)"
                        + " values ('Cy', 'There', 'cy@example.org', 'Ours', '(555) 010-4444')");
        send();
        settled();

        var record = BRIDGE.sandbox().record("Contacts", there).orElseThrow();
        assertThat(record).containsEntry("Phone", "(555) 010-4444");
        assertThat(BRIDGE.running().rows("select city, phone from contacts where van_id = " + there))
                .containsExactly(Map.of("city", record.get("City"), "phone", "(555) 010-4444"));
        assertThat(BRIDGE.running().rows("select local, remote from tidemark_conflict"))
                .containsExactly(Map.of("local", "Ours", "remote", "Theirs"));
        assertThat(BRIDGE.sandbox().log().count("POST", "/v4/people/findOrCreate"))
                .isZero();
    }

    @Test
    void an_insert_of_somebody_whom_the_table_has_is_a_dead_letter_and_changes_nobody() {
        String email = BRIDGE.sandbox().record("Contacts", person).orElseThrow().get("Email");
        BRIDGE.running()
                .execute("insert into contacts (first_name, last_name, email, city) values ('Ada', 'Before', '" + email
                        + "', 'Elsewhere')");
        send();

        assertThat(BRIDGE.sandbox().record("Contacts", person).orElseThrow()).doesNotContainValue("Elsewhere");
        assertThat(BRIDGE.running().rows("select reason from tidemark_change where state = 'dead'"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("reason")).contains("duplicate of the record " + person));
        assertThat(writes()).isEmpty();
        BRIDGE.running().execute("delete from contacts where city = 'Elsewhere'");
    }

    /** The exports show 5550101234 and no opt-in, a look (555) 010-1234 and that it is unknown. */
    @Test
    void a_value_that_a_look_shows_in_another_form_is_nobodys_edit() {
        BRIDGE.sandbox().switches().set(Doubts.BARE_PHONES, true);
        BRIDGE.sandbox().edit("Contacts", person, Map.of("Phone", "(555) 010-1234", "PhoneOptInStatus", "U"));
        BRIDGE.running().cycle("contacts");
        assertThat(column("phone")).isEqualTo("5550101234");

        edit("first_name = 'Greta'");
        send();
        assertThat(column("phone")).isEqualTo("5550101234");
        assertThat(column("coalesce(phone_opt_in_status, 'none')")).isEqualTo("none");
        edit("phone = '5550109876'");
        send();
        settled();

        assertThat(BRIDGE.sandbox().record("Contacts", person).orElseThrow()).containsEntry("Phone", "(555) 010-9876");
        assertThat(BRIDGE.running().rows("select * from tidemark_conflict")).isEmpty();
        assertThat(writes()).hasSize(2);
    }

    @Test
    void a_round_that_dies_after_its_first_confirmation_leaves_nothing_that_is_never_read_back() {
        long other = BRIDGE.sandbox().put("Contacts", Map.of("FirstName", "Bo", "LastName", "Other"));
        BRIDGE.running().cycle("contacts");
        BRIDGE.sandbox().switches().set(Doubts.NORMALISES, true);
        edit("email = 'Greta@Example.ORG'");
        BRIDGE.sandbox().faults().meanwhile("POST /v4/people/" + other, true, () -> {
            Running.until(
                    () -> !BRIDGE.running()
                            .rows("select id from tidemark_change where state = 'pinned'")
                            .isEmpty(),
                    () -> "nothing is confirmed");
            loseTheClaim();
        });
        BRIDGE.running().execute("update contacts set first_name = 'Fine' where van_id = " + other);
        send();
        settled();

        assertThat(column("email")).isEqualTo("greta@example.org");
    }

    @Test
    void a_record_that_is_exported_no_more_is_not_read_back_for_ever() {
        BRIDGE.sandbox()
                .faults()
                .meanwhile(
                        "POST /v4/people/" + person,
                        true,
                        () -> BRIDGE.sandbox().edit("Contacts", person, Map.of("ContactMode", "2")));
        edit("first_name = 'Greta'");
        send();
        settled();

        assertThat(column("first_name")).isEqualTo("Greta");
        assertThat(BRIDGE.running().rows("select name from tidemark_stream where read_back_at is not null"))
                .isEmpty();
    }

    @Test
    void a_row_that_is_deleted_while_its_creation_is_in_doubt_is_deleted_there_too() {
        BRIDGE.sandbox().faults().next("POST /v4/people/findOrCreate", Fault.answerLost());
        String email = "nina" + people + "@example.org";
        BRIDGE.running()
                .execute("insert into contacts (first_name, last_name, email) values ('Nina', 'Neu', '" + email + "')");
        send();
        BRIDGE.running().execute("delete from contacts where email = '" + email + "'");
        BRIDGE.running().execute("update tidemark_change set next_at = current_timestamp");
        send();
        settled();
        BRIDGE.running().cycle("contacts");

        assertThat(BRIDGE.sandbox().keys("Contacts", false))
                .noneMatch(key -> email.equals(
                        BRIDGE.sandbox().record("Contacts", key).orElseThrow().get("Email")));
    }

    @Test
    void an_edit_that_the_vendor_accepted_and_dropped_is_a_dead_letter_and_a_conflict_that_keep_it() {
        BRIDGE.sandbox().switches().set(Doubts.DROPPED, java.util.Set.of("LastName"));
        edit("last_name = 'Mine'");
        send();
        Running.until(
                () -> BRIDGE.running()
                        .rows("select state from tidemark_change where pins is not null or state <> 'dead'")
                        .isEmpty(),
                () -> "it is waited for: " + changes());

        assertThat(column("last_name")).isEqualTo("Before");
        assertThat(changes())
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.get("sent")).contains("Mine"));
        assertThat(conflicts()).hasSize(1).allSatisfy(row -> assertThat(row).containsEntry("local", "Mine"));
        BRIDGE.sandbox().switches().reset();
        BRIDGE.sandbox().edit("Contacts", person, Map.of("LastName", "Theirs"));
        BRIDGE.running().cycle("contacts");
        assertThat(column("last_name")).isEqualTo("Theirs");
    }

    /** As if the process had died in the middle of its step. */
    private static void loseTheClaim() {
        BRIDGE.running()
                .execute("update tidemark_stream set claim_token = -1, claim_until = null, claim_holder = null");
    }

    /** Wants a round of writing and waits for its end. */
    private static void send() {
        BRIDGE.running().store().outboundDue("contacts");
        Running.until(
                () -> BRIDGE.running()
                        .rows(
                                "select name from tidemark_stream where outbound_due_at is not null or claim_until is not null")
                        .isEmpty(),
                () -> "the round does not end: " + BRIDGE.running().rows("select * from tidemark_change"));
    }

    /** Waits until the vendor has shown what was written: nothing is left to do on either side. */
    private static void settled() {
        Running.until(() -> changes().isEmpty(), () -> "something is left: " + changes());
    }

    private void edit(String assignments) {
        BRIDGE.running().execute("update contacts set " + assignments + " where van_id = " + person);
    }

    private String column(String name) {
        return BRIDGE.running().value("select " + name + " from contacts where van_id = " + person);
    }

    private String column(String name, String what) {
        assertThat(what).isEqualTo("column");
        return BRIDGE.running()
                .value("select column_name from information_schema.columns where table_name = 'CONTACTS' and"
                        + " lower(column_name) = '" + name + "'");
    }

    private static List<Map<String, String>> changes() {
        return rows("select * from tidemark_change");
    }

    private static List<Map<String, String>> conflicts() {
        return rows("select * from tidemark_conflict");
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static List<Map<String, String>> rows(String sql) {
        return (List<Map<String, String>>) (List<?>) BRIDGE.running().rows(sql);
    }

    private static List<RecordedRequest> writes() {
        return BRIDGE.sandbox().log().requests().stream()
                .filter(request -> request.path().startsWith("/v4/people/")
                        && !request.method().equals("GET")
                        && !request.path().endsWith("/find"))
                .toList();
    }
}
