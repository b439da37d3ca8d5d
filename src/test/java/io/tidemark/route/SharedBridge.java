package io.tidemark.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.stream.Flight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One bridge and one sandbox for a class of tests. Before each test nothing is known, nothing is stored, all is well. */
final class SharedBridge implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String JOBS = "/v4/changedEntityExportJobs";
    static final String POST_JOB = "POST " + JOBS;
    static final String GET_JOB = "GET " + JOBS + "/3*";
    static final String GET_FILE = "GET /exports/*";

    private static final JsonMapper JSON = new JsonMapper();

    private final Consumer<Setup> configuration;
    private final EveryActionSandbox.Options options;
    private @Nullable Path folder;
    private @Nullable EveryActionSandbox sandbox;
    private @Nullable Running running;
    private @Nullable Setup setup;

    SharedBridge(Consumer<Setup> configuration) {
        this(InstantSource.system(), configuration);
    }

    SharedBridge(InstantSource clock, Consumer<Setup> configuration) {
        this(EveryActionSandbox.Options.standard().clock(clock), configuration);
    }

    SharedBridge(EveryActionSandbox.Options options, Consumer<Setup> configuration) {
        this.configuration = configuration;
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("tidemark-test");
        sandbox = EveryActionSandbox.start(options);
        setup = Setup.of(folder, sandbox);
        configuration.accept(setup);
        running = Running.start(setup);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        sandbox().faults().clear();
        sandbox().switches().reset();
        running().forgetEverything();
        sandbox().log().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        running().close();
        sandbox().close();
        try (Stream<Path> all = Files.walk(requireNonNull(folder))) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    EveryActionSandbox sandbox() {
        return requireNonNull(sandbox, "not started");
    }

    Running running() {
        return requireNonNull(running, "not started");
    }

    Setup setup() {
        return requireNonNull(setup, "not started");
    }

    /** Makes the stream known, due at once. */
    void begin(String stream) {
        running().begin(stream);
    }

    /** What was asked for with each new job, in order. */
    static List<JsonNode> asked(EveryActionSandbox sandbox) {
        return sandbox.log().requests("POST", JOBS).stream()
                .map(SharedBridge::json)
                .toList();
    }

    List<JsonNode> asked() {
        return asked(sandbox());
    }

    long jobs() {
        return sandbox().log().count("POST", JOBS);
    }

    /** The questions after any job, in order. */
    List<RecordedRequest> polls() {
        return sandbox().log().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().startsWith(JOBS + "/3"))
                .toList();
    }

    void untilJobs(long atLeast) {
        try {
            if (!sandbox().log().await("POST", JOBS, atLeast, Duration.ofMinutes(2))) {
                throw new AssertionError(
                        "no " + atLeast + " jobs: " + sandbox().log().requests());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    /** Waits until the bridge knows the stream's job, whose request is then over and done with. */
    void untilJobKnown(String stream) {
        running().until(stream, state -> state.flight().flatMap(Flight::job).isPresent());
    }

    private static JsonNode json(RecordedRequest request) {
        try {
            return JSON.readTree(request.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** How many rows the stream's table has. */
    long count(String table) {
        return Long.parseLong(running().value("select count(*) from " + table));
    }

    /** How many records the vendor has. */
    long records() {
        return sandbox().keys("Contacts", true).size();
    }

    void untilFile() {
        Running.until(
                () -> sandbox().log().requests().stream()
                        .anyMatch(request -> request.path().startsWith("/exports/")),
                () -> "no file was asked for");
    }

    /** A clock that stands still, a day ahead of everybody. */
    static MovableClock aDayAhead() {
        return new MovableClock(InstantSource.system()
                .instant()
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .plus(Duration.ofDays(1)));
    }
}
