package io.tidemark.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.change.Change.Attempt;
import io.tidemark.change.Change.Kind;
import io.tidemark.change.Change.Pin;
import io.tidemark.change.Change.State;
import io.tidemark.change.Meeting.Fate;
import io.tidemark.change.ThreeWay.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One row, its change, and what the vendor has: every way they can meet. */
class ThreeWayTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant EDITED = NOW.minusSeconds(60);
    private static final Duration SETTLED = Duration.ofMinutes(1);

    @ParameterizedTest(name = "base {0}, here {1}, there {2}, sent {3}, pinned {4}: row {5}, base {6}, conflict {7}")
    @CsvSource(nullValues = "-", textBlock = """
            # base, local, remote, sent, pin base>sent, row gets, base after (gone = agreed), conflict
            a, b, a, -,   -,    -, a,    no
            a, b, b, -,   -,    -, gone, no
            a, b, c, -,   -,    c, gone, yes
            a, b, a, b,   -,    -, a,    no
            a, b, b, b,   -,    -, gone, no
            a, c, b, b,   -,    -, b,    no
            a, a, a, b,   -,    -, a,    no
            a, c, d, b,   -,    d, gone, yes
            b, c, b, -,   a>b,  -, b,    no
            b, c, a, -,   a>b,  -, b,    no
            b, c, d, -,   a>b,  d, gone, yes
            """)
    void an_edited_field_is_compared_with_what_both_sides_last_agreed_on(
            String base,
            String local,
            String remote,
            @Nullable String sent,
            @Nullable String pin,
            @Nullable String row,
            String baseAfter,
            String conflict) {
        Change change = edit(base, sent, pin);

        Meeting met = way(ConflictRule.SOURCE_WINS).meet(change, one(local), one(remote));

        assertThat(met.row()).isEqualTo(row == null ? Map.of() : one(row));
        if (baseAfter.equals("gone")) {
            assertThat(met.change().map(Change::base).orElse(Map.of())).isEmpty();
        } else {
            assertThat(met.change().orElseThrow().base()).isEqualTo(one(baseAfter));
        }
        assertThat(met.conflicts()).hasSize(conflict.equals("yes") ? 1 : 0);
    }

    @ParameterizedTest(name = "the vendor shows {0} after {1} reads: row {2}, pinned {3}")
    @CsvSource(nullValues = "-", textBlock = """
            b, 0, -, no
            a, 0, -, yes
            a, 1, -, yes
            a, 2, a, no
            c, 0, c, no
            """)
    void a_confirmed_value_is_told_from_a_stale_a_dropped_and_a_changed_one(
            String remote, int reads, @Nullable String row, String pinned) {
        Change change = change(Kind.UPDATE, State.PINNED, Map.of(), Map.of("f", pin("a", "b", reads)));

        Meeting met = way(ConflictRule.SOURCE_WINS).meet(change, one("b"), one(remote));

        assertThat(met.row()).isEqualTo(row == null ? Map.of() : one(row));
        assertThat(met.change().map(Change::pins).orElse(Map.of()).containsKey("f"))
                .isEqualTo(pinned.equals("yes"));
        if (reads == 2) {
            Change dead = met.change().orElseThrow();
            assertThat(dead.state()).isEqualTo(State.DEAD);
            assertThat(dead.reason()).isEqualTo("the vendor accepted but did not keep f");
            assertThat(dead.attempt().orElseThrow().values()).isEqualTo(one("b"));
        }
    }

    @Test
    void a_window_proves_nothing_about_a_write_that_it_does_not_show() {
        Change change = change(Kind.UPDATE, State.PINNED, Map.of(), Map.of("f", pin("a", "b", 2)));
        var window = new ThreeWay(judge(ConflictRule.SOURCE_WINS, null), NOW, Sight.EXPORT, SETTLED);

        Meeting met = window.meet(change, one("b"), one("a"));

        assertThat(met.row()).isEmpty();
        assertThat(met.change()).contains(change);
    }

    @Test
    void a_look_at_the_record_shows_nothing_about_the_exports_that_follow() {
        Change change = change(Kind.UPDATE, State.PINNED, Map.of(), Map.of("f", pin("a", "b", 0)));

        assertThat(look(ConflictRule.SOURCE_WINS)
                        .meet(change, one("b"), one("b"))
                        .change())
                .contains(change);
        assertThat(look(ConflictRule.SOURCE_WINS)
                        .meet(change, one("b"), one("a"))
                        .change())
                .contains(change);
    }

    @Test
    void a_newer_value_that_a_look_shows_is_not_undone_by_an_export_of_anything_older() {
        Change change = change(Kind.UPDATE, State.PINNED, Map.of(), Map.of("f", pin("a", "b", 0)));

        Meeting met = look(ConflictRule.SOURCE_WINS).meet(change, one("b"), one("c"));
        assertThat(met.row()).isEqualTo(one("c"));

        Change pinned = met.change().orElseThrow();
        var export = new ThreeWay(judge(ConflictRule.SOURCE_WINS, null), NOW, Sight.EXPORT, SETTLED);
        assertThat(export.meet(pinned, one("c"), one("a")).row()).isEmpty();
        assertThat(export.meet(pinned, one("c"), one("b")).row()).isEmpty();
        assertThat(export.meet(pinned, one("c"), one("c")).change()).isEmpty();
        assertThat(export.meet(pinned, one("c"), one("d")).row()).isEqualTo(one("d"));
    }

    @Test
    void what_was_sent_and_never_answered_is_pinned_by_the_look_that_finds_it() {
        Meeting met = look(ConflictRule.SOURCE_WINS).meet(edit("a", "b", null), one("b"), one("b"));

        assertThat(met.change().orElseThrow().base()).isEmpty();
        assertThat(met.change().orElseThrow().pins()).isEqualTo(Map.of("f", new Pin("a", "b", 0, NOW)));
    }

    @Test
    void a_value_that_was_sent_before_the_last_one_is_as_stale_as_the_first() {
        Change second = way(ConflictRule.SOURCE_WINS).confirmed(edit("b", "c", "a>b"), one("c"));

        var export = new ThreeWay(judge(ConflictRule.SOURCE_WINS, null), NOW, Sight.EXPORT, SETTLED);
        assertThat(export.meet(second, one("c"), one("b")).change()).contains(second);
        assertThat(export.meet(second, one("c"), one("a")).change()).contains(second);
        assertThat(export.meet(second, one("c"), one("c")).change()).isEmpty();
    }

    @Test
    void a_value_that_the_vendor_had_before_is_shown_only_by_a_read_back_that_had_time() {
        Change again = change(
                Kind.UPDATE,
                State.PINNED,
                Map.of(),
                Map.of("f", pin("a", "b", 0).then("a", true, NOW)));

        var export = new ThreeWay(judge(ConflictRule.SOURCE_WINS, null), NOW, Sight.EXPORT, SETTLED);
        assertThat(export.meet(again, one("a"), one("a")).change()).contains(again);
        var readBack = new ThreeWay(judge(ConflictRule.SOURCE_WINS, null), NOW.plus(SETTLED), Sight.READ_BACK, SETTLED);
        assertThat(readBack.meet(again, one("a"), one("a")).change()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ConflictRule.class)
    void of_a_record_that_was_deleted_there_nothing_is_waited_for(ConflictRule rule) {
        Change change = change(Kind.UPDATE, State.PENDING, one("b"), Map.of("f", pin("a", "b", 0)));

        Meeting met = way(rule).meetRemoteDeletion(change, one("c"));

        assertThat(met.change().map(Change::pins).orElse(Map.of())).isEmpty();
    }

    @Test
    void of_what_cannot_be_written_nobody_decides() {
        ThreeWay manual = way(ConflictRule.MANUAL).writing(java.util.Set.of("f"));

        Meeting met = manual.meetUnknown(7, "900", Map.of("f", "a", "g", "old"), Map.of("f", "b", "g", "new"));

        assertThat(met.row()).isEqualTo(Map.of("g", "new"));
        assertThat(met.conflicts()).extracting(Conflict::field).containsExactly("f");
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"PENDING", "HELD", "DEAD"})
    void a_pin_below_an_edit_that_waits_ends_too(State state) {
        Change change = change(Kind.UPDATE, state, one("b"), Map.of("f", pin("a", "b", 2)));

        Meeting met = way(ConflictRule.SOURCE_WINS).meet(change, one("c"), one("a"));

        assertThat(met.row()).isEmpty();
        assertThat(met.change().orElseThrow().pins()).isEmpty();
        assertThat(met.change().orElseThrow().base()).isEqualTo(one("a"));
        assertThat(met.change().orElseThrow().state()).isEqualTo(state);
    }

    @Test
    void a_field_that_the_vendor_dropped_follows_it_from_then_on_and_what_was_sent_is_recorded() {
        Change change = change(Kind.UPDATE, State.PINNED, Map.of(), Map.of("f", pin("a", "b", 2)));

        Meeting met = way(ConflictRule.SOURCE_WINS).meet(change, one("b"), one("a"));
        assertThat(met.conflicts())
                .containsExactly(new Conflict("f", "a", "b", "a", "accepted but not kept", "dead letter", false));

        Change dead = met.change().orElseThrow();
        Meeting next = way(ConflictRule.TARGET_WINS).meet(dead, one("a"), one("d"));
        assertThat(next.row()).isEqualTo(one("d"));
        assertThat(next.conflicts()).isEmpty();
        assertThat(next.change()).contains(dead);
    }

    @Test
    void a_record_that_read_back_after_read_back_lacks_is_waited_for_no_longer() {
        Change pinned = change(Kind.UPDATE, State.PINNED, Map.of(), Map.of("f", pin("a", "b", 0)));
        var later = new ThreeWay(judge(ConflictRule.SOURCE_WINS, null), NOW, Sight.READ_BACK, Duration.ZERO);

        Change once = later.missing(pinned).orElseThrow();
        Change twice = later.missing(once).orElseThrow();

        assertThat(later.missing(twice)).isEmpty();
        Change edited = change(Kind.UPDATE, State.PENDING, one("b"), Map.of("f", pin("a", "b", 2)));
        assertThat(later.missing(edited).orElseThrow().pins()).isEmpty();
        assertThat(later.missing(edited).orElseThrow().base()).isEqualTo(one("b"));
    }

    @Test
    void fields_that_nobody_edited_take_the_vendors_value_beside_an_edit() {
        Change change = edit("a", null, null);

        Meeting met =
                way(ConflictRule.SOURCE_WINS).meet(change, Map.of("f", "b", "g", "old"), Map.of("f", "a", "g", "new"));

        assertThat(met.row()).isEqualTo(Map.of("g", "new"));
        assertThat(met.change()).contains(change);
    }

    @Test
    void a_field_that_the_export_lacks_is_left_alone() {
        Change change = edit("a", null, null);

        assertThat(way(ConflictRule.SOURCE_WINS)
                        .meet(change, one("b"), Map.of())
                        .change())
                .contains(change);
    }

    @Nested
    class Conflicts {
        @ParameterizedTest(name = "{0}, vendor {1} s later: row {2}, {3}, {4}")
        @CsvSource(nullValues = "-", textBlock = """
                SOURCE_WINS, -,   c, source, source-wins
                TARGET_WINS, -,   -, target, target-wins
                MANUAL,      -,   -, held,   manual
                NEWEST_WINS, 1,   c, source, newest-wins
                NEWEST_WINS, -1,  -, target, newest-wins
                NEWEST_WINS, 0,   c, source, newest-wins (no usable time)
                NEWEST_WINS, -,   c, source, newest-wins (no usable time)
                """)
        void follow_the_rule(
                ConflictRule rule, @Nullable Integer later, @Nullable String row, String outcome, String said) {
            Instant remoteTime = later == null ? null : EDITED.plusSeconds(later);
            var way = new ThreeWay(judge(rule, remoteTime), NOW, Sight.READ_BACK, SETTLED);

            Meeting met = way.meet(edit("a", null, null), one("b"), one("c"));

            assertThat(met.row()).isEqualTo(row == null ? Map.of() : one(row));
            assertThat(met.conflicts())
                    .containsExactly(new Conflict("f", "a", "b", "c", said, outcome, outcome.equals("held")));
            met.change().ifPresent(left -> assertThat(left.base()).isEqualTo(one("c")));
        }

        @Test
        void the_local_time_is_moved_by_how_far_the_vendors_clock_is_ahead() {
            var ahead =
                    new Judge(ConflictRule.NEWEST_WINS, Optional.of(EDITED.plusSeconds(100)), Duration.ofSeconds(200));
            var way = new ThreeWay(ahead, NOW, Sight.READ_BACK, SETTLED);

            assertThat(way.meet(edit("a", null, null), one("b"), one("c")).conflicts())
                    .extracting(Conflict::outcome)
                    .containsExactly("target");
        }

        @ParameterizedTest
        @EnumSource(ConflictRule.class)
        void the_same_value_a_second_time_is_no_new_conflict(ConflictRule rule) {
            Meeting first = way(rule).meet(edit("a", null, null), one("b"), one("c"));
            Map<String, @Nullable String> local = new HashMap<>(one("b"));
            local.putAll(first.row());

            first.change().ifPresent(left -> {
                Meeting second = way(rule).meet(left, local, one("c"));
                assertThat(second.conflicts()).isEmpty();
                assertThat(second.change()).contains(left);
            });
        }

        @Test
        void a_held_field_is_agreed_when_the_vendor_comes_round_to_it() {
            Change held = way(ConflictRule.MANUAL)
                    .meet(edit("a", null, null), one("b"), one("c"))
                    .change()
                    .orElseThrow();

            assertThat(way(ConflictRule.MANUAL).meet(held, one("b"), one("b")).change())
                    .isEmpty();
        }

        @Test
        void a_dead_letters_value_stays_and_the_vendors_becomes_the_base() {
            Change dead = change(Kind.UPDATE, State.DEAD, one("a"), Map.of());

            Meeting met = way(ConflictRule.SOURCE_WINS).meet(dead, one("b"), one("c"));

            assertThat(met.row()).isEmpty();
            assertThat(met.change().orElseThrow().base()).isEqualTo(one("c"));
        }

        @Test
        void without_a_known_base_equal_fields_agree_and_others_are_a_conflict_with_an_unknown_base() {
            Meeting met = way(ConflictRule.TARGET_WINS)
                    .meetUnknown(7, "900", Map.of("f", "b", "g", "x"), Map.of("f", "c", "g", "x", "empty", "here"));

            assertThat(met.conflicts())
                    .containsExactly(new Conflict("f", Conflict.UNKNOWN, "b", "c", "target-wins", "target", false));
            assertThat(met.change().orElseThrow().base()).isEqualTo(one("c"));
            assertThat(met.change().orElseThrow().state()).isEqualTo(State.PENDING);
            assertThat(met.row()).isEqualTo(Map.of("empty", "here"));
        }
    }

    @Nested
    class Deletions {
        private final Change deletedHere = change(Kind.DELETE, State.PENDING, one("a"), Map.of());
        private final Change editedHere = edit("a", null, null);

        @Test
        void one_that_stays_here_is_undone_by_the_vendors_record() {
            Meeting met = way(ConflictRule.TARGET_WINS).meetDeletion(deletedHere, one("a"), false);

            assertThat(met.fate()).isEqualTo(Fate.RETURNS);
            assertThat(met.change()).isEmpty();
            assertThat(met.conflicts()).extracting(Conflict::outcome).containsExactly("returned");
        }

        @ParameterizedTest
        @EnumSource(ConflictRule.class)
        void one_that_goes_out_waits_while_the_record_is_unchanged(ConflictRule rule) {
            Meeting met = way(rule).meetDeletion(deletedHere, one("a"), true);

            assertThat(met.fate()).isEqualTo(Fate.STAYS);
            assertThat(met.change()).contains(deletedHere);
            assertThat(met.conflicts()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                SOURCE_WINS, RETURNS, -
                TARGET_WINS, STAYS,   PENDING
                NEWEST_WINS, STAYS,   PENDING
                MANUAL,      STAYS,   HELD
                """)
        void one_against_an_edit_there_follows_the_rule_and_deletes_on_a_tie(
                ConflictRule rule, Fate fate, String state) {
            Meeting met = way(rule).meetDeletion(deletedHere, one("z"), true);

            assertThat(met.fate()).isEqualTo(fate);
            assertThat(met.change().map(left -> left.state().name()).orElse("-"))
                    .isEqualTo(state);
            assertThat(met.conflicts()).hasSize(1);
        }

        @Test
        void one_of_a_record_that_was_just_written_from_here_is_not_against_an_edit_there() {
            Map<String, String> row = Map.of("f", "b", "changed", "1");
            Map<String, String> written = Map.of("f", "b", "changed", "2");
            Change unseen = change(Kind.DELETE, State.PENDING, row, Map.of("f", new Pin("a", "b", 0, NOW)));
            Change seen = change(Kind.DELETE, State.PENDING, row, Map.of());
            ThreeWay way = way(ConflictRule.SOURCE_WINS).writing(Set.of("f"));

            assertThat(way.meetDeletion(unseen, written, true).conflicts()).isEmpty();
            assertThat(way.meetDeletion(seen, written, true).fate()).isEqualTo(Fate.RETURNS);
            assertThat(way.meetDeletion(unseen, Map.of("f", "z", "changed", "2"), true)
                            .fate())
                    .isEqualTo(Fate.RETURNS);
        }

        @Test
        void one_that_a_person_decides_waits_for_no_export() {
            Change unseen = change(Kind.DELETE, State.PENDING, one("b"), Map.of("f", new Pin("a", "b", 0, NOW)));

            Change held = way(ConflictRule.MANUAL)
                    .meetDeletion(unseen, one("z"), true)
                    .change()
                    .orElseThrow();

            assertThat(held.state()).isEqualTo(State.HELD);
            assertThat(held.pins()).isEmpty();
        }

        @Test
        void one_that_the_vendor_refuses_waits_until_what_was_sent_before_is_shown() {
            Change dead = change(Kind.DELETE, State.DEAD, one("b"), Map.of("f", new Pin("a", "b", 0, NOW)));
            ThreeWay way = way(ConflictRule.TARGET_WINS);

            assertThat(way.meetDeletion(dead, one("a"), true).change()).contains(dead);
            Change shown = way.meetDeletion(dead, one("b"), true).change().orElseThrow();
            assertThat(shown.state()).isEqualTo(State.DEAD);
            assertThat(shown.pins()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                SOURCE_WINS, GOES,  -
                TARGET_WINS, STAYS, DEAD
                NEWEST_WINS, GOES,  -
                MANUAL,      STAYS, HELD
                """)
        void one_there_against_an_edit_here_follows_the_rule_and_deletes_on_a_tie(
                ConflictRule rule, Fate fate, String state) {
            Meeting met = way(rule).meetRemoteDeletion(editedHere, one("b"));

            assertThat(met.fate()).isEqualTo(fate);
            assertThat(met.change().map(left -> left.state().name()).orElse("-"))
                    .isEqualTo(state);
            assertThat(met.conflicts()).hasSize(1);
        }

        @Test
        void on_both_sides_are_agreed() {
            Meeting met = way(ConflictRule.MANUAL).meetRemoteDeletion(deletedHere, Map.of());

            assertThat(met.change()).isEmpty();
            assertThat(met.conflicts()).isEmpty();
        }

        @Test
        void a_confirmed_one_is_not_undone_by_an_older_export_but_by_a_vendor_that_keeps_the_record() {
            Change sent = new Change(
                    1,
                    7,
                    "900",
                    Kind.DELETE,
                    State.SENDING,
                    3,
                    EDITED,
                    one("a"),
                    Optional.of(new Attempt(Map.of(), 3, NOW)),
                    Map.of(),
                    0,
                    NOW,
                    null);
            var later = new ThreeWay(judge(ConflictRule.SOURCE_WINS, null), NOW, Sight.READ_BACK, Duration.ZERO);
            Change pinned = later.deleted(sent);
            assertThat(pinned.state()).isEqualTo(State.PINNED);

            Meeting once = later.meetDeletion(pinned, one("a"), true);
            assertThat(once.fate()).isEqualTo(Fate.STAYS);
            Meeting twice = later.meetDeletion(once.change().orElseThrow(), one("a"), true);
            Meeting thrice = later.meetDeletion(twice.change().orElseThrow(), one("a"), true);
            assertThat(thrice.fate()).isEqualTo(Fate.RETURNS);
        }
    }

    @Nested
    class Revivals {
        private final ThreeWay undeleting = way(ConflictRule.TARGET_WINS).undeleting(true);

        @ParameterizedTest(name = "{0}: {1}, {2}")
        @CsvSource({
            "SOURCE_WINS, GOES,  deleted",
            "TARGET_WINS, STAYS, undeleted",
            "NEWEST_WINS, GOES,  deleted",
            "MANUAL,      STAYS, held"
        })
        void of_what_was_deleted_at_the_vendor_follow_the_rule(ConflictRule rule, Fate fate, String outcome) {
            Meeting met = way(rule).undeleting(true).meetRemoteDeletion(edit("a", null, null), one("b"));

            assertThat(met.fate()).isEqualTo(fate);
            assertThat(met.conflicts()).extracting(Conflict::outcome).containsExactly(outcome);
            assertThat(met.change().filter(ThreeWay::revived).isPresent()).isEqualTo(outcome.equals("undeleted"));
        }

        @Test
        void leave_the_edit_to_be_sent_and_are_decided_once() {
            Change left = revived();

            assertThat(left.state()).isEqualTo(State.PENDING);
            assertThat(left.base()).isEqualTo(one("a"));
            for (ThreeWay way : new ThreeWay[] {undeleting, look(ConflictRule.NEWEST_WINS)}) {
                Meeting again = way.meetRemoteDeletion(left, one("b"));
                assertThat(again.fate()).isEqualTo(Fate.STAYS);
                assertThat(again.change()).contains(left);
                assertThat(again.conflicts()).isEmpty();
            }
        }

        @Test
        void outlive_exports_from_before_and_end_when_the_record_is_shown() {
            Change confirmed = undeleting.confirmed(sent(revived()), one("b"));
            assertThat(confirmed.state()).isEqualTo(State.PINNED);

            assertThat(undeleting.meetRemoteDeletion(confirmed, one("b")).fate())
                    .isEqualTo(Fate.STAYS);
            assertThat(undeleting.meet(confirmed, one("b"), one("b")).change()).isEmpty();
        }

        @Test
        void that_the_vendor_does_not_keep_are_given_up() {
            var later = new ThreeWay(judge(ConflictRule.TARGET_WINS, null), NOW, Sight.READ_BACK, Duration.ZERO)
                    .undeleting(true);
            Change confirmed = later.confirmed(sent(revived()), one("b"));

            Meeting once = later.meetRemoteDeletion(confirmed, one("b"));
            Meeting twice = later.meetRemoteDeletion(once.change().orElseThrow(), one("b"));
            Meeting thrice = later.meetRemoteDeletion(twice.change().orElseThrow(), one("b"));

            assertThat(twice.fate()).isEqualTo(Fate.STAYS);
            assertThat(thrice.fate()).isEqualTo(Fate.GOES);
            assertThat(thrice.conflicts()).extracting(Conflict::rule).containsExactly("accepted but not kept");
        }

        private Change revived() {
            return undeleting
                    .meetRemoteDeletion(edit("a", null, null), one("b"))
                    .change()
                    .orElseThrow();
        }

        private Change sent(Change change) {
            return new Change(
                    1,
                    7,
                    "900",
                    Kind.UPDATE,
                    State.SENDING,
                    3,
                    EDITED,
                    change.base(),
                    Optional.of(new Attempt(one("b"), 3, NOW)),
                    change.pins(),
                    0,
                    NOW,
                    null);
        }
    }

    @Nested
    class Confirmations {
        @Test
        void pin_what_was_sent_until_it_is_seen() {
            Change sent = edit("a", "b", null);

            Change confirmed = way(ConflictRule.MANUAL).confirmed(sent, one("b"));

            assertThat(confirmed.state()).isEqualTo(State.PINNED);
            assertThat(confirmed.base()).isEmpty();
            assertThat(confirmed.pins()).isEqualTo(Map.of("f", new Pin("a", "b", 0, NOW)));
            assertThat(confirmed.attempt()).isEmpty();
        }

        @Test
        void leave_an_edit_that_was_made_meanwhile_pending_upon_what_was_sent() {
            Change sent = edit("a", "b", null);

            Change confirmed = way(ConflictRule.MANUAL).confirmed(sent, one("c"));

            assertThat(confirmed.state()).isEqualTo(State.PENDING);
            assertThat(confirmed.base()).isEqualTo(one("b"));
        }
    }

    /** A creation sent the field f alone; the vendor has the record now. */
    @Nested
    class Named {
        private final Map<String, @Nullable String> local =
                Map.of("f", "a@x", "city", "Here", "flag", "true", "id", "900");
        private final ThreeWay look = look(ConflictRule.SOURCE_WINS).writing(Set.of("f", "city", "flag", "note"));

        @Test
        void of_a_new_record_everything_else_goes_there_over_the_vendors_own_defaults() {
            Map<String, @Nullable String> blank = there("f", "a@x", "city", null, "flag", "false", "note", "Made");

            Meeting met = look.named(inserted("900"), local, Optional.of(blank));

            assertThat(met.conflicts()).isEmpty();
            assertThat(met.row()).isEqualTo(Map.of("note", "Made"));
            Change left = met.change().orElseThrow();
            assertThat(left.kind()).isEqualTo(Kind.UPDATE);
            assertThat(left.state()).isEqualTo(State.PENDING);
            assertThat(left.attempt()).isEmpty();
            assertThat(left.base()).isEqualTo(there("city", null, "flag", "false"));
        }

        @Test
        void of_a_new_record_that_lacks_nothing_of_the_row_nothing_is_left() {
            Meeting met = look.named(inserted("900"), one("a@x"), Optional.of(one("a@x")));

            assertThat(met.change()).isEmpty();
        }

        @Test
        void a_record_that_may_have_been_there_is_looked_at_and_only_what_it_has_empty_is_not_in_question() {
            Change left = look.named(inserted("900"), local, Optional.empty())
                    .change()
                    .orElseThrow();
            assertThat(left.kind()).isEqualTo(Kind.INSERT);
            assertThat(left.state()).isEqualTo(State.PENDING);
            assertThat(left.attempt()).isEmpty();

            Meeting met = look.meet(left, local, there("f", "a@x", "city", null, "flag", "false"));

            assertThat(met.conflicts())
                    .containsExactly(
                            new Conflict("flag", Conflict.UNKNOWN, "true", "false", "source-wins", "source", false));
            assertThat(met.row()).isEqualTo(Map.of("flag", "false"));
            assertThat(met.change().orElseThrow().base()).isEqualTo(there("city", null));
        }

        @Test
        void what_such_a_record_does_not_show_counts_as_empty_and_what_named_it_as_agreed() {
            Change left = look.named(inserted("900"), local, Optional.empty())
                    .change()
                    .orElseThrow();

            Meeting met = look.meet(left, there("f", "b@x", "city", "Here"), one("a@x"));

            assertThat(met.conflicts()).isEmpty();
            assertThat(met.change().orElseThrow().base()).isEqualTo(there("f", "a@x", "city", null));
        }

        @Test
        void one_whose_key_is_not_told_waits_for_an_export_and_goes_on_then() {
            Change waits =
                    look.named(inserted(null), local, Optional.empty()).change().orElseThrow();
            assertThat(waits.state()).isEqualTo(State.PINNED);

            Meeting met = way(ConflictRule.SOURCE_WINS).meet(waits, one("a@x"), there("f", "a@x", "city", null));
            assertThat(met.change()).isEmpty();
            met = way(ConflictRule.SOURCE_WINS).meet(waits, local, there("f", "a@x", "city", null));
            assertThat(met.change().orElseThrow().state()).isEqualTo(State.PENDING);
            assertThat(met.change().orElseThrow().base()).isEqualTo(there("city", null));
        }

        @Test
        void a_new_record_whose_row_was_deleted_meanwhile_is_deleted_as_it_is() {
            Map<String, @Nullable String> blank = there("f", "a@x", "city", null, "flag", "false");
            var deleted = new Change(
                    1,
                    7,
                    "900",
                    Kind.DELETE,
                    State.SENDING,
                    4,
                    EDITED,
                    local,
                    Optional.of(new Attempt(one("a@x"), 3, NOW)),
                    Map.of(),
                    0,
                    NOW,
                    null);

            Change left =
                    look.named(deleted, Map.of(), Optional.of(blank)).change().orElseThrow();

            assertThat(left.state()).isEqualTo(State.PENDING);
            assertThat(look.meetDeletion(left, blank, true).conflicts()).isEmpty();
            assertThat(look.meetDeletion(left, blank, true).fate()).isEqualTo(Fate.STAYS);
        }

        private Change inserted(@Nullable String key) {
            return new Change(
                    1,
                    7,
                    key,
                    Kind.INSERT,
                    State.SENDING,
                    3,
                    EDITED,
                    Map.of(),
                    Optional.of(new Attempt(one("a@x"), 3, NOW)),
                    Map.of(),
                    0,
                    NOW,
                    null);
        }

        private Map<String, @Nullable String> there(@Nullable String... pairs) {
            Map<String, @Nullable String> values = new HashMap<>();
            for (int place = 0; place < pairs.length; place += 2) {
                values.put(String.valueOf(pairs[place]), pairs[place + 1]);
            }
            return values;
        }
    }

    @Test
    void an_edit_that_was_taken_back_before_it_was_sent_is_none_and_after_it_must_go_out() {
        assertThat(ThreeWay.withoutReverts(edit("a", null, null), one("a")).base())
                .isEmpty();
        assertThat(ThreeWay.withoutReverts(edit("a", "b", null), one("a")).base())
                .isEqualTo(one("a"));
    }

    private static ThreeWay way(ConflictRule rule) {
        return new ThreeWay(judge(rule, null), NOW, Sight.READ_BACK, SETTLED);
    }

    private static ThreeWay look(ConflictRule rule) {
        return new ThreeWay(judge(rule, null), NOW, Sight.LOOK, SETTLED);
    }

    private static Judge judge(ConflictRule rule, @Nullable Instant remoteTime) {
        return new Judge(rule, Optional.ofNullable(remoteTime), Duration.ZERO);
    }

    private static Map<String, @Nullable String> one(@Nullable String value) {
        Map<String, @Nullable String> values = new HashMap<>();
        values.put("f", value);
        return values;
    }

    private static Pin pin(String base, String sent, int reads) {
        return new Pin(base, sent, reads, NOW.minus(SETTLED));
    }

    private static Change edit(String base, @Nullable String sent, @Nullable String pin) {
        Map<String, Pin> pins =
                pin == null ? Map.of() : Map.of("f", pin(pin.split(">", 2)[0], pin.split(">", 2)[1], 0));
        return new Change(
                1,
                7,
                "900",
                Kind.UPDATE,
                sent == null ? State.PENDING : State.SENDING,
                3,
                EDITED,
                one(base),
                sent == null ? Optional.empty() : Optional.of(new Attempt(one(sent), 3, NOW)),
                pins,
                0,
                NOW,
                null);
    }

    private static Change change(Kind kind, State state, Map<String, @Nullable String> base, Map<String, Pin> pins) {
        return new Change(1, 7, "900", kind, state, 3, EDITED, base, Optional.empty(), pins, 0, NOW, null);
    }
}
