package io.tidemark.route;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.route.History.Deed;
import io.tidemark.sandbox.Fault;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.sql.RealDatabases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What keeps both sides from diverging is switched off, one guard after another, by a trigger in the database that undoes
 * it: what {@link World} looks at must show it. Pins are switched off in {@link ConvergenceTest}. A merge without the
 * bridge's mark mends what it captured before it commits; that capture is suppressed is shown by the tests of capture.
 */
class GuardsTest {
    private static final String UPDATE = EveryActionVendor.TRAITS.calls().update();

    private static @Nullable World world;

    /**
     * A guard, a history that needs it, and how it is switched off.
     *
     * @param conflicts how many there are of what both sides edited
     */
    record Guard(String name, String stream, int conflicts, String undoing, List<Deed> deeds) {
        Deed off() {
            return new Deed(name + " is off", world -> world.undo(undoing));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Guard> guards() {
        return Stream.of(
                // The base moves with every merge, so that what was settled is in conflict no more.
                new Guard(
                        "base",
                        "target-propagate",
                        1,
                        """
                if new.version = old.version then
                    select (new.base::jsonb || coalesce(jsonb_object_agg(o.key, o.value), '{}'))::text into new.base
                    from jsonb_each(old.base::jsonb) o where jsonb_exists(new.base::jsonb, o.key);
                end if;
                """,
                        List.of(
                                new Deed("edit here", world -> world.editHere(0, List.of("city"))),
                                new Deed("edit there", world -> world.editThere(0, List.of("city"), false)),
                                new Deed("cycle", World::cycle),
                                new Deed("back here", world -> world.backHere(0, "city")))),
                // What is settled is what was sent, and no more.
                new Guard(
                        "settle",
                        "source-propagate",
                        0,
                        """
                if old.state = 'sending' and new.state = 'pending' and new.sent is null and new.attempts = 0
                    and new.reason is null and new.version = old.version
                then
                    new.state := 'pinned';
                    new.base := '{}';
                end if;
                """,
                        List.of(
                                new Deed("edit here", world -> world.editHere(0, List.of("city"))),
                                new Deed(
                                        "edit here before the answer",
                                        world -> world.meanwhile(
                                                UPDATE,
                                                true,
                                                new Deed("edit here", late -> late.editHere(0, List.of("city"))))),
                                new Deed("round", World::round))),
                // An edit does not overtake what is under way: that stays known until its end is.
                new Guard(
                        "order",
                        "source-propagate",
                        0,
                        """
                if old.state = 'sending' and new.version <> old.version then
                    new.state := 'pending';
                    new.sent := null;
                    new.sent_version := null;
                    new.sent_at := null;
                end if;
                """,
                        List.of(
                                new Deed("edit here", world -> world.editHere(0, List.of("city"))),
                                new Deed(
                                        "edit here before the answer",
                                        world -> world.meanwhile(
                                                UPDATE,
                                                true,
                                                new Deed("edit here", late -> late.editHere(0, List.of("city"))))),
                                new Deed("answer lost", world -> world.fault(UPDATE, Fault.answerLost())),
                                new Deed("round", World::round))));
    }

    @BeforeAll
    static void start() {
        DatabaseSettings database = RealDatabases.postgreSql();
        world = new World(EveryActionVendor.TRAITS, database.url(), database.username());
    }

    @AfterAll
    static void close() {
        requireNonNull(world).close();
    }

    @ParameterizedTest
    @MethodSource("guards")
    void a_guard_that_is_switched_off_is_missed(Guard guard) {
        assertThat(wrong(guard, guard.deeds)).isEmpty();

        var deeds = new ArrayList<>(guard.deeds);
        deeds.add(0, guard.off());
        try {
            assertThat(wrong(guard, deeds)).isNotEmpty();
        } finally {
            requireNonNull(world).mend();
        }
    }

    private static List<String> wrong(Guard guard, List<Deed> deeds) {
        World played = requireNonNull(world);
        var wrong = new ArrayList<>(
                played.play(new History(EveryActionVendor.TRAITS, guard.stream, Map.of(), Duration.ZERO, deeds)));
        played.conflicts().stream().skip(guard.conflicts).forEach(wrong::add);
        return wrong;
    }
}
