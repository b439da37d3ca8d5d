package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.route.History.Deed;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.sql.RealDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Whatever happens on both sides and to the bridge: when edits stop, both sides become equal, no edit has vanished, nothing
 * exists twice, and traffic stops. A failure shows its seed and the shortest history that still fails.
 */
class ConvergenceTest {
    private static final Map<String, World> WORLDS = new HashMap<>();

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void both_sides_become_equal_on_h2(@ForAll("everyAction") History history) {
        assertThat(onH2(history.traits()).play(history)).isEmpty();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void both_sides_become_equal_on_postgresql(@ForAll("everyAction") History history) {
        assertThat(world("postgresql", EveryActionVendor.TRAITS, RealDatabases::postgreSql)
                        .play(history))
                .isEmpty();
    }

    /** One of the others each time. */
    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void both_sides_become_equal_at_every_other_vendor(@ForAll("others") History history) {
        assertThat(onH2(history.traits()).play(history)).isEmpty();
    }

    /** The guard that keeps an old export from winning, and that this test would see it missing. */
    @Property(tries = 2, generation = GenerationMode.EXHAUSTIVE)
    void an_export_from_before_a_write_does_not_undo_it_as_long_as_there_are_pins(@ForAll("switched") boolean pins) {
        var deeds = new ArrayList<>(List.of(
                new Deed("ten minutes go by there", world -> world.later(Duration.ofMinutes(10))),
                new Deed("edit here", world -> world.editHere(0, List.of("city"))),
                new Deed("round", World::round),
                new Deed("exports show what was five minutes ago", world -> world.vendor("change-log-delay", "PT5M")),
                new Deed("cycle", World::cycle),
                new Deed("exports are up to date", world -> world.vendor("change-log-delay", "PT0S"))));
        if (!pins) {
            deeds.add(3, new Deed("pins are taken away", World::unpin));
        }

        List<String> wrong = onH2(EveryActionVendor.TRAITS)
                .play(new History(EveryActionVendor.TRAITS, "source-propagate", Map.of(), Duration.ZERO, deeds));

        assertThat(wrong.isEmpty()).isEqualTo(pins);
    }

    @Provide
    Arbitrary<Boolean> switched() {
        return Arbitraries.of(true, false);
    }

    @Provide
    Arbitrary<History> everyAction() {
        return Histories.of(EveryActionVendor.TRAITS);
    }

    @Provide
    Arbitrary<History> others() {
        return Arbitraries.of(AccountEngagementVendor.TRAITS, MpdxVendor.TRAITS, RebillyVendor.TRAITS)
                .flatMap(Histories::of);
    }

    private static World onH2(Traits traits) {
        return world("h2 " + traits.system(), traits, ConvergenceTest::file);
    }

    private static World world(String name, Traits traits, Supplier<DatabaseSettings> database) {
        return WORLDS.computeIfAbsent(name, key -> {
            DatabaseSettings settings = database.get();
            return new World(traits, settings.url(), settings.username());
        });
    }

    private static DatabaseSettings file() {
        try {
            return RealDatabases.h2(Files.createTempDirectory("tidemark-world"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @AfterContainer
    static void close() {
        WORLDS.values().forEach(World::close);
        WORLDS.clear();
    }
}
