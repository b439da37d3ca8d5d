package io.tidemark.command;

import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder with a configuration as a person would write it, a pretended EveryAction, and commands to run. */
final class Trial implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** A placeholder of the routes: how often a bridge looks for steps. */
    private static final String TICK = "tidemark.tick-millis";

    private final Path folder;
    private final EveryActionSandbox sandbox = EveryActionSandbox.start();
    private final int port = freePort();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private boolean quick;

    Trial(Path folder) {
        this.folder = folder;
        with(
                "tidemark.database.url=jdbc:h2:file:./data/tidemark",
                "tidemark.sources.ea.system=everyaction",
                "tidemark.sources.ea.base-url=" + sandbox.baseUrl(),
                "tidemark.sources.ea.application-name=" + sandbox.user().applicationName(),
                "tidemark.sources.ea.api-key=" + sandbox.user().key(),
                "tidemark.sources.ea.database-mode=" + sandbox.user().mode(),
                "tidemark.sources.ea.requests-per-second=1000",
                "tidemark.streams.contacts.source=ea",
                "tidemark.streams.contacts.resource=Contacts",
                "tidemark.streams.contacts.poll-first=PT0.2S",
                "camel.management.enabled=true",
                "camel.management.port=" + port,
                "camel.management.health-check-enabled=true",
                "camel.management.metrics-enabled=true",
                "camel.metrics.enabled=true");
    }

    /** What a command said. */
    record Answer(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    EveryActionSandbox sandbox() {
        return sandbox;
    }

    Path folder() {
        return folder;
    }

    /** Sets keys, written {@code key=value}; the later one counts. */
    Trial with(String... settings) {
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            keys.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        write();
        return this;
    }

    private void write() {
        file(
                "application.properties",
                keys.entrySet().stream()
                        .map(key -> key.getKey() + "=" + key.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Writes a file into the folder. */
    Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Commands look for steps more often than a person needs; what happens between two looks is not seen then. */
    Trial quick() {
        quick = true;
        return this;
    }

    Answer run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        Stream<String> all = Stream.concat(
                Stream.of("--config", folder.resolve("application.properties").toString(), "--routes", "routes"),
                Stream.of(args));
        if (quick) {
            System.setProperty(TICK, "50");
        }
        try {
            int status =
                    CommandLineInterface.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
            return new Answer(status, out.toString(), err.toString());
        } finally {
            System.clearProperty(TICK);
        }
    }

    Workplace open() {
        return Workplace.open(
                new SettingsReader(Systems.ALL).read(folder.resolve("application.properties"), Map.of(), Map.of()),
                Path.of("routes"));
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** Waits until a look at something another thread does shows what is wanted. */
    static <T> T await(Supplier<T> look, Predicate<T> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.get();
        while (!wanted.test(seen)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after " + PATIENCE + " still: " + seen);
            }
            LockSupport.parkNanos(50_000_000);
            seen = look.get();
        }
        return seen;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
