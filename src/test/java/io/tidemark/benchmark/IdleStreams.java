package io.tidemark.benchmark;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a daemon with many streams costs while nothing is to be done: memory, and share of one core. */
final class IdleStreams {
    private static final int WATCHED_SECONDS = 60;

    private final Path folder;

    IdleStreams(Path folder) {
        this.folder = folder;
    }

    void print(int streams) throws Exception {
        Files.createDirectories(folder);
        String url = "jdbc:h2:file:" + Files.createTempDirectory(folder, "db-").resolve("idle") + ";AUTO_SERVER=TRUE";
        try (EveryActionSandbox sandbox = EveryActionSandbox.start()) {
            Path config = folder.resolve("application.properties");
            Files.writeString(config, Configuration.of(sandbox, url, streams));
            try (Program program = Program.start(config, "run")) {
                while (committed(url) < streams) {
                    pause(1);
                }
                pause(10);
                long before = program.ticks();
                pause(WATCHED_SECONDS);
                double core = (program.ticks() - before) / (double) WATCHED_SECONDS;
                Benchmark.say(
                        "%,d idle streams: %d MB resident, %.2f %% of one core over %d s",
                        streams, program.residentMegabytes(), core, WATCHED_SECONDS);
            }
        }
    }

    private static long committed(String url) {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                var row = connection
                        .createStatement()
                        .executeQuery("select count(*) from tidemark_stream where watermark is not null")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException notYet) {
            return 0;
        }
    }

    private static void pause(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }
}
