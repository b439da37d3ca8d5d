package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file at the top of the project, as shipped. */
class SettingsExampleTest {
    private static final Path SHIPPED = Path.of("application.properties");

    @TempDir
    Path folder;

    @Test
    void itIsValidAndConfiguresNoStream() throws IOException {
        Reading reading =
                new Configuration(folder).main(Files.readString(SHIPPED)).read();

        assertThat(reading.settings().streams()).isEmpty();
        assertThat(reading.settings().sources()).isEmpty();
        assertThat(reading.camel())
                .containsEntry("camel.management.host", "127.0.0.1")
                .containsEntry("camel.management.port", "8077");
    }

    @Test
    void itsExampleIsComplete() throws IOException {
        String uncommented = Files.readString(SHIPPED)
                .replace("#tidemark.sources.ea.", "tidemark.sources.ea.")
                .replace("#tidemark.streams.contacts.", "tidemark.streams.contacts.");

        Settings settings = new Configuration(folder)
                .main(uncommented)
                .environment("EVERYACTION_API_KEY", "key")
                .read()
                .settings();

        assertThat(settings.streams()).extracting(StreamSettings::name).containsExactly("contacts");
    }

    @Test
    void itHasEveryKeyWithItsDefault() throws IOException {
        var catalogue = new Catalogue(FakeSystem.ALL);
        List<String> lines = Files.readAllLines(SHIPPED);

        for (var section : Map.of(Place.Scope.GLOBAL, "", Place.Scope.SOURCE, "S", Place.Scope.STREAM, "N")
                .entrySet()) {
            for (Key<?> key : catalogue.common(section.getKey())) {
                String name =
                        section.getKey().prefix(section.getValue()) + key.name() + (key.perField() ? "FIELD" : "");
                String line = name + "=" + key.standard().orElse("");
                assertThat(lines).containsAnyOf(line, "#" + line);
            }
        }
    }

    @Test
    void itHasNoOtherKey() throws IOException {
        var catalogue = new Catalogue(FakeSystem.ALL);
        List<String> keys = Files.readAllLines(SHIPPED).stream()
                .filter(line -> line.matches("#tidemark\\.(sources\\.S|streams\\.N)\\..*"))
                .map(line -> line.substring(1, line.indexOf('=')).replaceFirst("FIELD$", ""))
                .filter(key -> !key.endsWith("PARAMETER"))
                .collect(Collectors.toList());

        assertThat(keys).isNotEmpty().allSatisfy(key -> {
            Place place = Place.of(key).orElse(new Place(Place.Scope.STREAM, "N", key.replaceFirst("^.*\\.N\\.", "")));
            assertThat(Catalogue.names(catalogue.common(place.scope()))).contains(place.rest());
        });
    }
}
