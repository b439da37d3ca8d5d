package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.RecordedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every system, in both directions: the whole bridge on H2 against the pretended vendor. */
abstract class SystemContract {
    private static final String READING = "GET /*";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-20T12:00:00Z"));
    private Vendor vendor;
    private Setup setup;
    private Running running;
    private String record;

    abstract Vendor start(InstantSource clock);

    Vendor vendor() {
        return vendor;
    }

    Running running() {
        return running;
    }

    MovableClock clock() {
        return clock;
    }

    /** The record that was there before. */
    String record() {
        return record;
    }

    /** Goes on with another configuration. */
    void reconfigure(String key, String value) {
        reconfigure(Map.of(key, value));
    }

    void reconfigure(Map<String, String> keys) {
        running.close();
        keys.forEach(setup::set);
        running = Running.start(setup);
    }

    @BeforeEach
    void begin() {
        vendor = start(clock);
        record = vendor.add("Before");
        clock.advance(Duration.ofMinutes(3));
        setup = new Setup(folder)
                .source("s", vendor.system()).stream("rows", "s")
                        .set("tidemark.sources.s.settle-delay", "PT0.1S")
                        .set("tidemark.streams.rows.resource", vendor.traits().resource())
                        .set("tidemark.streams.rows.direction", "both")
                        .set("tidemark.streams.rows.conflict", "source-wins")
                        .set("tidemark.streams.rows.outbound-deletes", "propagate")
                        .set("tidemark.streams.rows.brake", "off")
                        .set("tidemark.streams.rows.table", "kept");
        Traits.Way way = vendor.traits().ways().get(0);
        way.source().forEach((key, value) -> setup.set("tidemark.sources.s." + key, value));
        way.stream().forEach((key, value) -> setup.set("tidemark.streams.rows." + key, value));
        running = Running.start(setup);
        running.begin("rows");
        running.untilCommitted("rows");
        vendor.log().clear();
    }

    @AfterEach
    void end() {
        running.close();
        vendor.close();
    }

    @Test
    void the_first_window_brings_every_record_and_sends_nothing() {
        assertThat(running.rows("select " + vendor.traits().key() + " from kept"))
                .hasSize(vendor.keys().size());
        assertThat(here(record)).isEqualTo("Before");
        quiet();
    }

    @Test
    void a_change_there_comes_here_and_what_is_equal_is_not_written() {
        there();
        pass();
        running.cycle("rows");

        assertThat(here(record)).isEqualTo("There");
        quiet();
    }

    @Test
    void a_deletion_there_marks_the_row_here() {
        Assumptions.assumeTrue(vendor.traits().deletions(), "nothing tells a deletion at this vendor");
        vendor.remove(record, false);
        pass();
        running.cycle("rows");

        assertThat(running.value("select count(*) from kept where tidemark_deleted_at is not null and " + is(record)))
                .isEqualTo("1");
        assertThat(here(record)).isEqualTo("Before");
        quiet();
    }

    @ParameterizedTest
    @CsvSource({
        "tidemark.streams.rows.direction, both",
        "tidemark.streams.rows.direction, inbound",
        "tidemark.outbound, off"
    })
    void a_full_comparison_marks_the_row_of_a_record_that_vanished_without_a_word(String key, String value) {
        String other = vendor.add("Before");
        pass();
        running.cycle("rows");
        reconfigure(key, value);
        vendor.vanish(record);
        compare();

        assertThat(marked()).containsExactly(record);
        assertThat(here(record)).isEqualTo("Before");
        assertThat(here(other)).isEqualTo("Before");
    }

    @Test
    void an_edit_of_a_record_that_vanished_is_kept_in_a_conflict() {
        running.execute("update kept set " + vendor.text() + " = 'Here' where " + is(record));
        vendor.vanish(record);
        compare();

        assertThat(running.rows("select remote, local from tidemark_conflict"))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict).containsEntry("remote", "deleted"));
        assertThat(vendor.keys()).doesNotContain(record);
    }

    @Test
    void an_edit_here_goes_there_once_and_does_not_come_back() {
        running.execute("update kept set " + vendor.text() + " = 'Here' where " + is(record));
        send();

        assertThat(vendor.text(record)).contains("Here");
        assertThat(writes()).hasSize(1);
        settle();
        quiet();
        assertThat(here(record)).isEqualTo("Here");
    }

    @Test
    void several_edits_here_all_go_there_together_or_one_by_one_and_do_not_come_back() {
        List<String> others =
                Stream.generate(() -> vendor.add("Before")).limit(5).toList();
        pass();
        running.cycle("rows");
        vendor.log().clear();
        others.forEach(key -> running.execute("update kept set " + vendor.text() + " = 'Here' where " + is(key)));
        send();

        assertThat(others).allMatch(key -> vendor.text(key).equals(Optional.of("Here")));
        assertThat(writes()).hasSizeLessThanOrEqualTo(5);
        settle();
        quiet();
        assertThat(others).allMatch(key -> here(key).equals("Here"));
    }

    @Test
    void what_both_changed_is_settled_by_the_rule_and_kept() {
        running.execute("update kept set " + vendor.text() + " = 'Here' where " + is(record));
        there();
        pass();
        running.cycle("rows");
        send();
        settle();

        assertThat(here(record)).isEqualTo("There");
        assertThat(vendor.text(record)).contains("There");
        assertThat(running.rows("select * from tidemark_conflict")).hasSize(1);
        quiet();
    }

    @Test
    void an_edit_that_the_vendor_made_meanwhile_is_not_overwritten() {
        there();
        running.execute("update kept set " + vendor.text() + " = 'Here' where " + is(record));
        send();
        pass();
        running.cycle("rows");
        send();
        settle();

        assertThat(vendor.text(record)).contains("There");
        assertThat(here(record)).isEqualTo("There");
    }

    @Test
    void a_row_that_is_deleted_right_after_its_edit_went_there_is_deleted_there_too() {
        Assumptions.assumeTrue(vendor.traits().deletions(), "nothing can be deleted at this vendor");
        running.execute("update kept set " + vendor.text() + " = 'Here' where " + is(record));
        send();
        running.execute("delete from kept where " + is(record));
        send();

        assertThat(vendor.keys()).doesNotContain(record);
        assertThat(running.rows("select * from tidemark_conflict")).isEmpty();
    }

    @Test
    void a_row_that_is_inserted_here_is_created_there_once_and_gets_its_key() {
        int before = vendor.keys().size();
        insert();
        send();

        assertThat(vendor.keys()).hasSize(before + 1);
        String key =
                running.value("select " + vendor.traits().key() + " from kept where " + vendor.text() + " = 'Created'");
        assertThat(vendor.text(key)).contains("Created");
        settle();
        quiet();
        assertThat(running.rows("select 1 from kept")).hasSize(before + 1);
    }

    @Test
    void a_creation_whose_answer_is_lost_is_not_repeated() {
        int before = vendor.keys().size();
        vendor.faults().next(vendor.traits().calls().creation(), Fault.answerLost());
        insert();
        send();
        running.execute("update tidemark_change set next_at = current_timestamp");
        send();
        settle();

        assertThat(vendor.keys()).hasSize(before + 1);
        quiet();
        assertThat(running.rows("select 1 from kept")).hasSize(before + 1);
    }

    /** What can go wrong while rows come. */
    enum Trouble {
        LATER(Fault.status(503)),
        TOO_MANY(Fault.status(429)),
        RESET(Fault.reset()),
        LOST(Fault.answerLost()),
        PAGE(Fault.html(200)),
        CUT(Fault.cutBody(20));

        @SuppressWarnings("ImmutableEnumChecker") // a fault is a value
        private final Fault fault;

        Trouble(Fault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource
    void trouble_on_the_way_delays_a_cycle_and_loses_nothing(Trouble trouble) {
        there();
        pass();
        vendor.faults().next(READING, trouble.fault);
        running.store().due("rows");
        Running.until(
                () -> {
                    running.hurry();
                    return here(record).equals("There");
                },
                () -> "it has not come: " + running.state("rows"));
        assertThat(vendor.faults().left()).isZero();
        quiet();
    }

    @Test
    void a_restart_takes_up_the_cycle_in_flight() {
        there();
        pass();
        vendor.faults().next(READING, Fault.status(503));
        running.store().due("rows");
        running.until("rows", state -> state.failures() > 0);
        running = running.restart();
        running.hurry();
        running.until("rows", state -> state.flight().isEmpty() && state.dueAt() == null);

        assertThat(here(record)).isEqualTo("There");
    }

    /** Somebody there edits the record. */
    void there() {
        vendor.edit(record, Map.of(vendor.text(), "There"), false);
    }

    void insert() {
        Map<String, String> row = vendor.row("Created", 2);
        running.execute("insert into kept (" + String.join(", ", row.keySet()) + ") values ('"
                + String.join("', '", row.values()) + "')");
    }

    /** The vendor's time goes on, and is heard, so that what was done is before the end of the next window. */
    void pass() {
        clock.advance(Duration.ofMinutes(3));
        running.bridge().questions("s").account();
    }

    void send() {
        running.store().outboundDue("rows");
        Running.until(
                () -> running.rows("select name from tidemark_stream where outbound_due_at is not null"
                                + " or claim_until is not null")
                        .isEmpty(),
                () -> "the round does not end: " + running.rows("select * from tidemark_change"));
    }

    /** Until the vendor has shown what was written. */
    void settle() {
        pass();
        Running.until(
                () -> {
                    running.hurry();
                    return running.rows("select id from tidemark_change").isEmpty();
                },
                () -> "something is left: " + running.rows("select * from tidemark_change") + running.state("rows"));
        running.until("rows", state -> state.flight().isEmpty() && state.dueAt() == null);
    }

    /** Further cycles and rounds write nothing on either side. */
    void quiet() {
        vendor.log().clear();
        for (int i = 0; i < 2; i++) {
            pass();
            running.cycle("rows");
            send();
            Map<String, @Nullable String> last = running.rows(
                            "select rows_inserted, rows_updated, rows_deleted from tidemark_cycle order by id desc")
                    .get(0);
            assertThat(last.values()).as("a quiet cycle").containsOnly("0");
        }
        assertThat(writes()).isEmpty();
    }

    /** Compares everything, once the vendor's time has gone on. */
    void compare() {
        pass();
        running.store().reconcile("rows");
        running.cycle("rows");
    }

    /** The keys of the rows whose record is deleted. */
    List<@Nullable String> marked() {
        return running
                .rows("select " + vendor.traits().key() + " as key_ from kept where tidemark_deleted_at is not null")
                .stream()
                .map(row -> row.get("key_"))
                .toList();
    }

    private List<RecordedRequest> writes() {
        return vendor.log().requests().stream().filter(vendor::writes).toList();
    }

    String here(String key) {
        return running.value("select coalesce(" + vendor.text() + ", '') from kept where " + is(key));
    }

    String is(String key) {
        return vendor.traits().key() + " = '" + key + "'";
    }
}
