package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.accountengagement.Doubts;
import io.tidemark.stream.StreamState;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccountEngagementSystemTest extends SystemContract {

    @Override
    Vendor start(InstantSource clock) {
        return new AccountEngagementVendor(clock);
    }

    @ParameterizedTest
    @EnumSource
    void an_edit_here_of_what_was_deleted_there_brings_it_back_where_the_table_wins(Doubts.RecycleBin bin) {
        sandbox().switches().set(Doubts.RECYCLE_BIN, bin);
        reconfigure("tidemark.streams.rows.conflict", "target-wins");
        running().execute("update kept set first_name = 'Here' where " + is(record()));
        vendor().remove(record(), false);
        send();
        settle();

        broughtBack();
    }

    @Test
    void so_does_one_whose_deletion_came_in_first() {
        reconfigure("tidemark.streams.rows.conflict", "target-wins");
        running().execute("update kept set first_name = 'Here' where " + is(record()));
        vendor().remove(record(), false);
        pass();
        running().cycle("rows");
        send();
        settle();

        broughtBack();
    }

    @Test
    void so_does_an_edit_of_a_row_that_is_marked_as_deleted() {
        reconfigure("tidemark.streams.rows.conflict", "target-wins");
        vendor().remove(record(), false);
        pass();
        running().cycle("rows");
        running().execute("update kept set first_name = 'Here' where " + is(record()));
        send();
        settle();

        broughtBack();
    }

    @Test
    void what_was_deleted_there_for_good_becomes_a_dead_letter_and_is_not_made_anew() {
        reconfigure("tidemark.streams.rows.conflict", "target-wins");
        running().execute("update kept set first_name = 'Here' where " + is(record()));
        sandbox().purge("prospect", Long.parseLong(record()));
        send();
        send();

        assertThat(running().rows("select state, reason from tidemark_change"))
                .singleElement()
                .satisfies(change -> assertThat(change).containsEntry("state", "dead"));
        assertThat(sandbox().record("prospect", Long.parseLong(record()))).isEmpty();
        assertThat(here(record())).isEqualTo("Here");
    }

    @ParameterizedTest
    @EnumSource
    void an_error_in_place_of_a_file_is_the_vendors_and_no_broken_file(InPlaceOfAFile error) {
        reconfigure("tidemark.sources.s.api-version", "4");
        there();
        pass();
        vendor().faults().next("GET /api/export/version/4/do/downloadResults/*", error.fault());
        untilCommitted();

        assertThat(here(record())).isEqualTo("There");
        assertThat(vendor().faults().left()).isZero();
        assertThat(running().rows("select outcome from tidemark_cycle where outcome = 'failed'"))
                .isEmpty();
    }

    /** What versions 3 and 4 may answer a download with, beside the status 200. */
    enum InPlaceOfAFile {
        EXPIRED(178),
        NO_SUCH_FILE(3),
        TOKEN(184),
        DAILY_LIMIT(122),
        AT_ONCE(66);

        private final int code;

        InPlaceOfAFile(int code) {
            this.code = code;
        }

        Fault fault() {
            return Fault.status(200)
                    .body(
                            "text/xml",
                            "<?xml version=\"1.0\"?>\n<rsp stat=\"fail\" version=\"1.0\"><err code=\"" + code
                                    + "\">not now</err></rsp>\n");
        }
    }

    @Test
    void an_export_that_expired_before_its_download_is_asked_for_again() {
        reconfigure("tidemark.sources.s.api-version", "4");
        sandbox().switches().set(Doubts.ERRORS_WITH_200, true);
        sandbox().switches().set(Doubts.WAITING_READS, 0);
        sandbox().switches().set(Doubts.PROCESSING_READS, 0);
        there();
        pass();
        vendor().faults()
                .meanwhile("GET /api/export/version/4/do/read/*", true, () -> {})
                .meanwhile("GET /api/export/version/4/do/read/*", true, () -> clock().advance(Duration.ofDays(8)));
        untilCommitted();

        assertThat(here(record())).isEqualTo("There");
        assertThat(running().rows("select outcome from tidemark_cycle where outcome = 'failed'"))
                .isEmpty();
    }

    @Test
    void a_days_calls_that_are_used_up_hold_the_source_until_the_accounts_midnight() {
        String usage = running().bridge().questions("s").account().details().getOrDefault("calls today", "");
        int used = Integer.parseInt(usage.split(" ", 2)[0]);
        reconfigure("tidemark.sources.s.account-time-zone", "America/Los_Angeles");
        reconfigure("tidemark.sources.s.daily-calls", String.valueOf(used + 1));
        there();
        vendor().log().clear();
        running().store().due("rows");
        running().until("rows", state -> state.failures() > 0);
        running().hurry();
        running().until("rows", state -> state.failures() > 1);

        assertThat(calls()).isEqualTo(1);
        assertThat(running().status("rows").warnings())
                .singleElement()
                .asString()
                .startsWith("source s is not called before ")
                .endsWith(": source s: " + (used + 1) + " calls are counted today of the " + (used + 1)
                        + " that tidemark.sources.s.daily-calls allows; no call is made before 2026-11-21T08:01:00Z");
        assertThat(held()).isBetween(Duration.ofHours(19), Duration.ofHours(21));
    }

    /** One cycle, with what holds it up shortened. */
    private void untilCommitted() {
        running().store().due("rows");
        Running.until(
                () -> {
                    running().hurry();
                    StreamState state = running().state("rows");
                    return state.flight().isEmpty() && state.dueAt() == null && state.failures() == 0;
                },
                () -> "it is not committed: " + running().state("rows"));
    }

    private long calls() {
        return vendor().log().requests().stream()
                .filter(request -> request.server().equals("api"))
                .count();
    }

    private Duration held() {
        return Duration.ofSeconds(Long.parseLong(
                running().value("select datediff(second, current_timestamp, not_before) from tidemark_source")));
    }

    @Test
    void a_limit_that_the_vendor_tells_holds_as_long_and_ends_a_round_of_writing() {
        sandbox().switches().set(Doubts.DAILY_LIMIT, 0);
        running().execute("update kept set first_name = 'Here'");
        running().store().outboundDue("rows");
        running().until("rows", state -> state.failures() > 0);

        assertThat(held()).isGreaterThan(Duration.ofHours(10));
        assertThat(running().rows("select 1 from tidemark_change where state <> 'pending'"))
                .isEmpty();
    }

    @Test
    void times_that_are_read_in_a_wrong_zone_are_warned_of_as_long_as_they_come() {
        sandbox().move(sandbox().user(), ZoneId.of("Europe/Berlin"));
        there();
        pass();
        running().cycle("rows");
        assertThat(running().status("rows").warnings())
                .singleElement()
                .asString()
                .startsWith("a record's time of change is PT5H")
                .contains("the keys below tidemark.sources.s");

        sandbox().move(sandbox().user(), sandbox().user().zone());
        vendor().edit(record(), Map.of(vendor().text(), "There again"), false);
        pass();
        running().cycle("rows");
        assertThat(running().status("rows").warnings()).isEmpty();
    }

    /** Each look is a call of a day's few: only what the windows should have shown and did not is looked at. */
    @ParameterizedTest
    @CsvSource({"5, timestamptz", "5, timestamp", "4, timestamptz", "4, timestamp"})
    void a_full_comparison_looks_only_at_what_no_window_showed(int version, String type) {
        ZoneId zone = ZoneId.of("America/Chicago");
        sandbox().move(sandbox().user(), zone);
        String stream = "tidemark.streams.again.";
        reconfigure(Map.of(
                "tidemark.sources.s.api-version",
                String.valueOf(version),
                "tidemark.sources.s.time-zone",
                zone.getId(),
                stream + "source",
                "s",
                stream + "resource",
                "prospect",
                stream + "start-from",
                "P300D",
                stream + "schedule",
                "0 0 3 1 1 ? 2099",
                stream + "poll-first",
                "PT0.05S",
                stream + "types." + (version == 5 ? "updatedAt" : "updated_at"),
                type));
        IntStream.range(0, 5).forEach(each -> vendor().add("Before"));
        pass();
        running().begin("again");
        running().untilCommitted("again");
        vendor().vanish(record());
        pass();
        vendor().log().clear();
        running().store().reconcile("again");
        running().cycle("again");

        assertThat(running().rows("select id from again where tidemark_deleted_at is not null"))
                .containsExactly(Map.of("id", record()));
        assertThat(looks()).isEqualTo(1);
    }

    @Test
    void without_a_column_of_times_a_full_comparison_asks_for_every_known_prospect() {
        reconfigure("tidemark.streams.rows.columns.updatedAt", "-");
        IntStream.range(0, 5).forEach(each -> vendor().add("Before"));
        pass();
        running().cycle("rows");
        int known = vendor().keys().size();
        vendor().vanish(record());
        vendor().log().clear();
        compare();

        assertThat(marked()).containsExactly(record());
        assertThat(looks()).isEqualTo(known + 1);
    }

    @Test
    void where_deletions_are_ignored_a_full_comparison_looks_at_nothing() {
        reconfigure("tidemark.streams.rows.deletes", "ignore");
        vendor().vanish(record());
        compare();

        assertThat(marked()).isEmpty();
        assertThat(looks()).isZero();
    }

    /** The window shows it no more, because it changed after the window's end. */
    @Test
    void a_prospect_that_is_edited_after_the_window_is_looked_at_and_keeps_its_row() {
        vendor().faults().meanwhile("POST /api/*export*", false, this::there);
        compare();

        assertThat(marked()).isEmpty();
        assertThat(looks()).isEqualTo(1);
    }

    private long looks() {
        return vendor().log().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().startsWith("/api/v5/objects/prospects/"))
                .count();
    }

    private void broughtBack() {
        assertThat(sandbox().record("prospect", Long.parseLong(record())).orElseThrow())
                .containsEntry("isDeleted", "false")
                .containsEntry("firstName", "Here");
        assertThat(here(record())).isEqualTo("Here");
        assertThat(running().rows("select 1 from kept where tidemark_deleted_at is not null"))
                .isEmpty();
        assertThat(running().rows("select * from tidemark_conflict"))
                .singleElement()
                .satisfies(conflict ->
                        assertThat(conflict).containsEntry("remote", "deleted").containsEntry("outcome", "undeleted"));
        quiet();
    }

    private AccountEngagementSandbox sandbox() {
        return ((AccountEngagementVendor) vendor()).sandbox();
    }

    /** How well the record's owner at the vendor is known here when its address is inserted once more. */
    enum Known {
        IN_THE_TABLE,
        THERE_ONLY
    }

    @ParameterizedTest
    @EnumSource
    void an_insert_with_an_address_that_is_taken_overwrites_nothing_unseen(Known known) {
        String key = there("taken@example.org", Map.of("first_name", "There", "last_name", "Theirs"));
        if (known == Known.IN_THE_TABLE) {
            pass();
            running().cycle("rows");
        }
        insert("taken@example.org", Map.of("first_name", "Here", "city", "Hereton"));
        sendAll();

        assertThat(sandbox().record("prospect", Long.parseLong(key)).orElseThrow())
                .containsEntry("firstName", "There")
                .containsEntry("lastName", "Theirs");
        if (known == Known.IN_THE_TABLE) {
            assertThat(sandbox().record("prospect", Long.parseLong(key)).orElseThrow())
                    .doesNotContainKey("city");
            assertThat(running().rows("select state, reason from tidemark_change"))
                    .singleElement()
                    .isEqualTo(Map.of("state", "dead", "reason", "duplicate of the record " + key));
        } else {
            assertThat(sandbox().record("prospect", Long.parseLong(key)).orElseThrow())
                    .containsEntry("city", "Hereton");
            assertThat(running().rows("select field, base, local, remote, outcome from tidemark_conflict"))
                    .containsExactly(Map.of(
                            "field",
                            "FIRST_NAME",
                            "base",
                            "unknown",
                            "local",
                            "Here",
                            "remote",
                            "There",
                            "outcome",
                            "source"));
            assertThat(running().rows("select first_name, last_name, city from kept where " + is(key)))
                    .containsExactly(Map.of("first_name", "There", "last_name", "Theirs", "city", "Hereton"));
            settle();
            quiet();
        }
    }

    @Test
    void where_the_table_wins_the_row_goes_over_the_prospect_with_its_address_and_the_conflict_keeps_what_was_there() {
        reconfigure("tidemark.streams.rows.conflict", "target-wins");
        String key = there("taken@example.org", Map.of("first_name", "There", "last_name", "Theirs"));
        insert("taken@example.org", Map.of("first_name", "Here"));
        sendAll();

        assertThat(sandbox().record("prospect", Long.parseLong(key)).orElseThrow())
                .containsEntry("firstName", "Here")
                .containsEntry("lastName", "Theirs");
        assertThat(running().rows("select field, local, remote, outcome from tidemark_conflict"))
                .containsExactly(
                        Map.of("field", "FIRST_NAME", "local", "Here", "remote", "There", "outcome", "target"));
        settle();
        quiet();
    }

    /** What the vendor puts into a new prospect of its own accord is nobody's edit. */
    @Test
    void a_new_prospects_defaults_give_way_to_the_row() {
        sandbox().switches().set(Doubts.DEFAULT_CAMPAIGN, 9);
        insert("new@example.org", Map.of("first_name", "New", "campaign_id", "17"));
        sendAll();

        assertThat(running().rows("select * from tidemark_conflict")).isEmpty();
        String key = running().value("select id from kept where email = 'new@example.org'");
        assertThat(sandbox().record("prospect", Long.parseLong(key)).orElseThrow())
                .containsEntry("firstName", "New")
                .containsEntry("campaignId", "17");
        settle();
        quiet();
    }

    @Test
    void a_new_prospect_whose_row_is_deleted_before_the_rest_went_there_is_deleted_there_too() {
        reconfigure("tidemark.streams.rows.outbound-deletes", "propagate");
        var before = sandbox().keys("prospect", false);
        vendor().faults()
                .meanwhile(
                        "POST /api/v5/objects/prospects/do/upsertLatestByEmail",
                        true,
                        () -> running().execute("delete from kept where email = 'new@example.org'"));
        insert("new@example.org", Map.of("first_name", "New"));
        sendAll();

        assertThat(sandbox().keys("prospect", false)).isEqualTo(before);
        assertThat(running().rows("select * from tidemark_conflict")).isEmpty();
    }

    @Test
    void a_prospect_whose_key_only_an_export_tells_gets_the_rest_of_its_row_then() {
        reconfigure("tidemark.streams.rows.match", "email");
        int before = sandbox().keys("prospect", true).size();
        sandbox().switches().set(Doubts.CREATE_ANSWER, Doubts.CreateAnswer.NOTHING);
        insert("new@example.org", Map.of("first_name", "New", "city", "Newton"));
        sendAll();
        pass();
        running().cycle("rows");
        sendAll();

        String key = running().value("select id from kept where email = 'new@example.org'");
        assertThat(sandbox().record("prospect", Long.parseLong(key)).orElseThrow())
                .containsEntry("firstName", "New")
                .containsEntry("city", "Newton");
        assertThat(sandbox().keys("prospect", true)).hasSize(before + 1);
        settle();
        quiet();
    }

    private String there(String email, Map<String, String> values) {
        var record = new HashMap<>(values);
        record.put("email", email);
        return vendor().create(record, false);
    }

    private void insert(String email, Map<String, String> values) {
        running()
                .execute("insert into kept (email, " + String.join(", ", values.keySet()) + ") values ('" + email
                        + "', '" + String.join("', '", values.values()) + "')");
    }

    /** As many rounds as it takes. */
    private void sendAll() {
        Running.until(
                () -> {
                    send();
                    return running()
                            .rows("select id from tidemark_change where state in ('pending', 'sending')")
                            .isEmpty();
                },
                () -> "something is not sent: " + running().rows("select * from tidemark_change"));
    }

    /** Without a key the record would come as a row of its own, and nobody would know of the other one. */
    @Test
    void a_created_record_whose_key_is_not_told_is_a_dead_letter_that_says_so() {
        vendor().switches().set(Map.of("create-answer", "nothing"));
        insert();
        send();

        assertThat(running().rows("select state, reason from tidemark_change"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change).containsEntry("state", "dead");
                    assertThat(change.get("reason"))
                            .contains("does not tell its key")
                            .contains("tidemark.streams.rows.match");
                });
    }
}
