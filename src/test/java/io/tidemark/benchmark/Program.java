package io.tidemark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged product as a process of its own, with the heap it promises to need, watched while it runs. */
final class Program implements AutoCloseable {
    private static final Path SCRIPT = Path.of("tidemark").toAbsolutePath();

    private final Process process;
    private long peakKilobytes;

    private Program(Process process) {
        this.process = process;
    }

    static Program start(Path config, String... command) throws IOException {
        var line = new ArrayList<String>();
        line.add(SCRIPT.toString());
        line.addAll(List.of("--config", config.toString()));
        line.addAll(List.of("--routes", Path.of("routes").toAbsolutePath().toString()));
        line.addAll(List.of(command));
        Path output = config.resolveSibling("output.txt");
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().put("TIDEMARK_JAVA_OPTIONS", "-Xmx256m");
        return new Program(process.start());
    }

    /** Waits for its end and returns the exit status. */
    int await() throws IOException, InterruptedException {
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            peakKilobytes = Math.max(peakKilobytes, kilobytes("VmHWM:"));
        }
        return process.exitValue();
    }

    boolean running() {
        return process.isAlive();
    }

    long peakMegabytes() {
        return peakKilobytes / 1024;
    }

    long residentMegabytes() throws IOException {
        return kilobytes("VmRSS:") / 1024;
    }

    /** Processor time used so far, in hundredths of a second. */
    long ticks() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private long kilobytes(String name) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
