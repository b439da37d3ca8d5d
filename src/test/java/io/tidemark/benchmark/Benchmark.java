package io.tidemark.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The whole benchmark: {@code ./mvnw -Pbenchmark verify}. Pairs are run one after the other on the same database, so that
 * what the machine does besides hits both. Arguments: rows (1000000), runs (3), parts (all, or some of postgresql, h2,
 * outbound, start, idle).
 */
public final class Benchmark {
    private static final Path FOLDER = Path.of("target", "benchmark").toAbsolutePath();

    private final int rows;
    private final int runs;

    private Benchmark(int rows, int runs) {
        this.rows = rows;
        this.runs = runs;
    }

    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String parts = args.length > 2 ? args[2] : "all";
        var benchmark = new Benchmark(rows, runs);
        benchmark.writeFiles();
        if (parts.equals("all") || parts.contains("postgresql")) {
            benchmark.postgresql();
        }
        if (parts.equals("all") || parts.contains("h2")) {
            benchmark.h2();
        }
        if (parts.equals("all") || parts.contains("outbound")) {
            new Outbound(FOLDER.resolve("outbound"), runs).print();
        }
        if (parts.equals("all") || parts.contains("start")) {
            new StartUp(FOLDER.resolve("start")).print(runs);
        }
        if (parts.equals("all") || parts.contains("idle")) {
            new IdleStreams(FOLDER.resolve("idle")).print(1000);
        }
    }

    private void writeFiles() throws Exception {
        Files.createDirectories(FOLDER);
        SampleRows.write(FOLDER.resolve("half.csv"), rows, 2, 1);
        SampleRows.write(FOLDER.resolve("all.csv"), rows, 1, 2);
        say(
                "%,d rows x %d columns, %,d MB",
                rows, SampleRows.HEADER.size(), Files.size(FOLDER.resolve("all.csv")) >> 20);
    }

    private void postgresql() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Product product = new Product(
                        FOLDER.resolve("postgresql"),
                        "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                        "postgres")) {
            pair("PostgreSQL", new PsqlReference("localhost", server.getPort()), product);
        }
    }

    private void h2() throws Exception {
        Path folder = Files.createTempDirectory(FOLDER, "h2-");
        String url = "jdbc:h2:file:" + folder.resolve("product") + ";AUTO_SERVER=TRUE";
        try (Product product = new Product(folder, url, "sa")) {
            pair("H2", new H2Reference(folder), product);
        }
    }

    private void pair(String database, Reference reference, Product product) throws Exception {
        Path half = FOLDER.resolve("half.csv");
        Path all = FOLDER.resolve("all.csv");
        say("%s, half of the rows existing; the reference is %s", database, reference.name());
        for (int run = 1; run <= runs; run++) {
            reference.prepare(half);
            double expected = reference.load(all);
            product.reset();
            product.load(half, (rows + 1) / 2);
            double merged = product.load(all, rows);
            check(product.written() == rows, "the merge wrote " + product.written() + " rows");
            double again = product.load(all, rows);
            check(product.written() == 0, "the same rows again wrote " + product.written());
            check(product.rows() == reference.rows(), "both tables have the same rows");
            say(
                    "  run %d: reference %,.0f rows/s | product %,.0f rows/s, ratio %.2f | again %,.0f rows/s, ratio %.2f |"
                            + " peak %d MB resident with -Xmx256m",
                    run,
                    rows / expected,
                    rows / merged,
                    expected / merged,
                    rows / again,
                    expected / again,
                    product.peakMegabytes());
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not so: " + what);
        }
    }

    static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
