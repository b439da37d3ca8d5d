package io.tidemark.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Tidemark as a process of its own, from the classes under test, in a working directory of its own. */
final class Program implements AutoCloseable {
    static final Path ROUTES = Path.of("routes").toAbsolutePath();

    /** Longer than anything here takes, even on a busy machine. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String OURS = Path.of("target", "test-classes").toString();

    private final Process process;
    private final StringBuilder output = new StringBuilder();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static Program start(Path folder, String... arguments) {
        return start(folder, List.of("-Xmx256m"), arguments);
    }

    static Program start(Path folder, List<String> options, String... arguments) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        line.addAll(options);
        line.addAll(List.of("-cp", classPath(), "io.tidemark.Tidemark"));
        line.addAll(List.of("--routes", ROUTES.toString()));
        line.addAll(List.of(arguments));
        try {
            return new Program(new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith(OURS))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.append(line).append('\n');
                    output.notifyAll();
                }
            }
        } catch (IOException gone) {
            // it was killed, which ends its output
        }
        synchronized (output) {
            output.notifyAll();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** What it has printed so far, to either stream. */
    String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    /** Waits until it has printed the text, so many times in all. */
    void awaitOutput(String text, int times) {
        Awaiting.until(
                () -> count(text) >= times,
                () -> "'" + text + "' was not printed " + times + " times:\n" + output(),
                this::alive);
    }

    void awaitOutput(String text) {
        awaitOutput(text, 1);
    }

    int count(String text) {
        String all = output();
        int count = 0;
        for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + text.length())) {
            count++;
        }
        return count;
    }

    /** Waits for its end and returns the exit status. */
    int await() {
        return await(PATIENCE);
    }

    int await(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + longest + ":\n" + output());
            }
            reader.join(PATIENCE.toMillis());
            return process.exitValue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM; returns at once. By its handle, as the process itself would also close what its last words come through. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Lets it run for a while, or to its end if that comes first. */
    void leaveFor(Duration while_) {
        try {
            if (process.waitFor(while_.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("ended by itself:\n" + output());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        await();
    }
}
