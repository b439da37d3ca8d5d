package io.tidemark.benchmark;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * From the start of the process to its first request at the vendor. The first clean stop leaves an archive of the classes
 * for later starts, so that the first run after a build is the slow one.
 */
final class StartUp {
    private final Path folder;

    StartUp(Path folder) {
        this.folder = folder;
    }

    void print(int runs) throws Exception {
        for (int run = 1; run <= runs; run++) {
            Path own = Files.createDirectories(folder.resolve("run-" + run));
            try (EveryActionSandbox sandbox = EveryActionSandbox.start()) {
                Path config = own.resolve("application.properties");
                Files.writeString(
                        config,
                        Configuration.of(sandbox, "jdbc:h2:file:./start", 1).replace("0 0 4 1 1 ?", "0/1 * * * * ?"));
                long started = System.nanoTime();
                try (Program program = Program.start(config, "run")) {
                    sandbox.log().await("GET", "/v4/apiKeyProfiles", 1, Duration.ofSeconds(60));
                    double seconds = (System.nanoTime() - started) / 1e9;
                    Benchmark.say(
                            "start-up, run %d: %.2f s to the first request, with a database to create, %d MB resident",
                            run, seconds, program.residentMegabytes());
                }
            }
        }
    }
}
