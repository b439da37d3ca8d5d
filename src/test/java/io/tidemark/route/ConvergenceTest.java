package io.tidemark.route;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.route.History.Deed;
import io.tidemark.settings.DatabaseSettings;
import io.tidemark.sql.RealDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * Whatever happens on both sides and to the bridge: when edits stop, both sides become equal, no edit has vanished, nothing
 * exists twice, and traffic stops. A failure shows its seed and the shortest history that still fails.
 */
class ConvergenceTest {
    private static @Nullable World h2;
    private static @Nullable World postgreSql;

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void both_sides_become_equal_on_h2(@ForAll("histories") History history) {
        if (h2 == null) {
            h2 = world(ConvergenceTest::file);
        }
        assertThat(requireNonNull(h2).play(history)).isEmpty();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void both_sides_become_equal_on_postgresql(@ForAll("histories") History history) {
        if (postgreSql == null) {
            postgreSql = world(RealDatabases::postgreSql);
        }
        assertThat(requireNonNull(postgreSql).play(history)).isEmpty();
    }

    /** The guard that keeps an old export from winning, and that this test would see it missing. */
    @Property(tries = 2, generation = GenerationMode.EXHAUSTIVE)
    void an_export_from_before_a_write_does_not_undo_it_as_long_as_there_are_pins(@ForAll("switched") boolean pins) {
        if (h2 == null) {
            h2 = world(ConvergenceTest::file);
        }
        var deeds = new ArrayList<>(List.of(
                new Deed("ten minutes go by there", world -> world.later(Duration.ofMinutes(10))),
                new Deed("edit here", world -> world.editHere(0, List.of("City"))),
                new Deed("round", World::round),
                new Deed("exports show what was five minutes ago", world -> world.vendor("change-log-delay", "PT5M")),
                new Deed("cycle", World::cycle),
                new Deed("exports are up to date", world -> world.vendor("change-log-delay", "PT0S"))));
        if (!pins) {
            deeds.add(3, new Deed("pins are taken away", World::unpin));
        }

        List<String> wrong = requireNonNull(h2).play(new History("source-propagate", Map.of(), Duration.ZERO, deeds));

        assertThat(wrong.isEmpty()).isEqualTo(pins);
    }

    @Provide
    Arbitrary<Boolean> switched() {
        return Arbitraries.of(true, false);
    }

    @Provide
    Arbitrary<History> histories() {
        return Histories.histories();
    }

    private static World world(Supplier<DatabaseSettings> database) {
        DatabaseSettings settings = database.get();
        return new World(settings.url(), settings.username());
    }

    private static DatabaseSettings file() {
        try {
            return RealDatabases.h2(Files.createTempDirectory("tidemark-world"));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @AfterContainer
    static void close() {
        if (h2 != null) {
            h2.close();
        }
        if (postgreSql != null) {
            postgreSql.close();
        }
    }
}
