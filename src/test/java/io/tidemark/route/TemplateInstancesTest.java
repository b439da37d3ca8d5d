package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateInstancesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "inbound, on, due reconcile",
        "inbound, off, due reconcile",
        "both, on, due outboundDue reconcile",
        "both, off, due reconcile"
    })
    void a_stream_follows_its_schedules_and_the_full_comparison_needs_no_way_back(
            String direction, String outbound, String wishes) {
        assertThat(wishes(setup(direction, outbound).contacts("reconcile-schedule", "0 30 3 * * ?")))
                .containsExactlyInAnyOrder(wishes.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({"inbound, due", "both, due outboundDue reconcile"})
    void unless_told_otherwise_only_a_stream_that_writes_compares_everything(String direction, String wishes) {
        assertThat(wishes(setup(direction, "on"))).containsExactlyInAnyOrder(wishes.split(" ", -1));
    }

    private Setup setup(String direction, String outbound) {
        return new Setup(folder)
                        .set("tidemark.outbound", outbound)
                        .set("tidemark.sources.ea.system", "everyaction")
                        .set("tidemark.sources.ea.application-name", "an-application")
                        .set("tidemark.sources.ea.api-key", "a-key")
                        .set("tidemark.sources.ea.database-mode", "1")
                        .stream("contacts", "ea")
                        .contacts("direction", direction);
    }

    private static List<String> wishes(Setup setup) {
        Settings settings = setup.read().settings();
        var instances = new TemplateInstances(settings, Map.of(), true);
        return instances.routeIds().stream()
                .map(instances::parameters)
                .flatMap(parameters -> Optional.ofNullable(parameters.get("wish")).stream())
                .map(String::valueOf)
                .toList();
    }
}
