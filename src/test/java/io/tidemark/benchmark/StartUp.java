package io.tidemark.benchmark;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** From the start of the process to its first request at the vendor. */
final class StartUp {
    private final Path folder;

    StartUp(Path folder) {
        this.folder = folder;
    }

    void print(int runs) throws Exception {
        for (int run = 1; run <= runs; run++) {
            Files.createDirectories(folder);
            try (EveryActionSandbox sandbox = EveryActionSandbox.start()) {
                Path config = folder.resolve("application.properties");
                Files.writeString(
                        config,
                        Configuration.of(sandbox, "jdbc:h2:file:./start", 1).replace("0 0 4 1 1 ?", "0/1 * * * * ?"));
                long started = System.nanoTime();
                try (Program program = Program.start(config, "run")) {
                    sandbox.log().await("GET", "/v4/apiKeyProfiles", 1, Duration.ofSeconds(60));
                    double seconds = (System.nanoTime() - started) / 1e9;
                    Benchmark.say(
                            "start-up, run %d: %.2f s to the first request%s, %d MB resident",
                            run, seconds, run == 1 ? " (it creates its database)" : "", program.residentMegabytes());
                }
            }
        }
    }
}
