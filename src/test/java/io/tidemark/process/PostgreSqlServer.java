package io.tidemark.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL, started once in a process, on first use. Skips the test where there is none for this platform. */
final class PostgreSqlServer {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static String reason = "";

    private PostgreSqlServer() {}

    /** An empty database of its own. */
    static Target database() {
        EmbeddedPostgres server = running();
        String name = "process_" + NUMBER.incrementAndGet();
        admin().run("create database " + name);
        return new Target(url(server.getPort(), name), "postgres", "");
    }

    /** The server itself, as its superuser. */
    static Target admin() {
        return new Target(url(running().getPort(), "postgres"), "postgres", "");
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    private static EmbeddedPostgres running() {
        Optional<EmbeddedPostgres> server = Server.STARTED;
        Assumptions.assumeTrue(
                server.isPresent(), "skipped: no embedded PostgreSQL runs on this platform (" + reason + ")");
        return server.orElseThrow();
    }

    private static final class Server {
        private static final Optional<EmbeddedPostgres> STARTED = start();

        private static Optional<EmbeddedPostgres> start() {
            try {
                return Optional.of(EmbeddedPostgres.builder().start());
            } catch (IOException | UncheckedIOException | IllegalStateException missing) {
                reason = String.valueOf(missing.getMessage());
                return Optional.empty();
            }
        }
    }
}
