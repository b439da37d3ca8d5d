package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A user's own route that is told what happened: {@code direct:tidemark-events}. */
class EventRouteTest {
    private static final String CLUMSY = """
            - route:
                from:
                  uri: direct:tidemark-events
                  steps:
                    - log:
                        logName: io.tidemark.told
                        message: "${body}"
                    - throwException:
                        exceptionType: java.lang.ArithmeticException
                        message: "no such luck"
            """;

    @RegisterExtension
    static final SharedBridge BRIDGE = new SharedBridge(setup -> setup.example("tell-somebody.camel.yaml"));

    @Test
    void the_example_says_what_failed_and_what_stopped_and_is_silent_of_what_went_well() {
        try (var log = new CapturedLog()) {
            BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.html(200));
            BRIDGE.begin("contacts");
            BRIDGE.running().untilCommitted("contacts");
            Running.until(
                    () -> said(log, "failed: file 1: an HTML page instead of CSV"), () -> "failure: " + log.lines());

            BRIDGE.sandbox().faults().next(SharedBridge.GET_JOB, Fault.status(401));
            BRIDGE.running().store().due("contacts");
            Running.until(() -> said(log, "stopped: EveryAction denied GET "), () -> "stop: " + log.lines());
            assertThat(log.lines()).noneMatch(line -> line.contains("io.tidemark.example contacts: committed"));
        }
    }

    private static boolean said(CapturedLog log, String words) {
        return log.said("WARN io.tidemark.example contacts: " + words);
    }

    @Test
    void a_route_that_fails_is_told_everything_and_holds_up_nothing(@TempDir Path folder) {
        try (var sandbox = EveryActionSandbox.start();
                var log = new CapturedLog();
                var running = Running.start(Setup.of(folder, sandbox).local("events.camel.yaml", CLUMSY))) {
            running.begin("contacts");
            running.untilCommitted("contacts");
            running.cycle("contacts");
            String failed =
                    "contacts: direct:tidemark-events failed on the event committed: ArithmeticException: no such luck";
            Running.until(
                    () -> log.warnings().stream().filter(failed::equals).count() == 2, () -> "told: " + log.lines());

            assertThat(log.lines())
                    .filteredOn(line -> line.contains(" io.tidemark.told "))
                    .hasSize(2)
                    .first()
                    .asString()
                    .matches(
                            "INFO io\\.tidemark\\.told \\{event=committed, stream=contacts, rowsRead=20, rowsInserted=20,"
                                    + " rowsUpdated=0, rowsUnchanged=0, rowsDeleted=0, rowsRejected=0, loadMillis=\\d+}");
            assertThat(running.rows("select outcome from tidemark_cycle")).hasSize(2);
            assertThat(running.state("contacts").troubles()).isZero();
        }
    }
}
