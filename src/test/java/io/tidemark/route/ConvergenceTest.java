package io.tidemark.route;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.settings.DatabaseSettings;
import io.tidemark.sql.RealDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
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
