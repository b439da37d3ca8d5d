package io.tidemark.benchmark;

import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** The product's way: {@code tidemark sync} against the sandbox, from the job's completion to the committed watermark. */
final class Product implements AutoCloseable {
    private final EveryActionSandbox sandbox =
            EveryActionSandbox.start(EveryActionSandbox.Options.standard().data(1, 0));
    private final Path config;
    private final String url;
    private final String username;
    private long peakMegabytes;

    Product(Path folder, String url, String username) throws IOException {
        this.url = url;
        this.username = username;
        this.config = Files.createDirectories(folder).resolve("application.properties");
        sandbox.switches().set(Doubts.PENDING_POLLS, 0).set(Doubts.IN_PROCESS_POLLS, 0);
        Files.writeString(config, """
                tidemark.database.url=%s
                tidemark.database.username=%s
                tidemark.sources.crm.system=everyaction
                tidemark.sources.crm.base-url=%s
                tidemark.sources.crm.application-name=%s
                tidemark.sources.crm.api-key=%s
                tidemark.streams.contacts.source=crm
                tidemark.streams.contacts.resource=Contacts
                tidemark.streams.contacts.poll-first=PT0.1S
                tidemark.streams.contacts.export.requested-fields=Prefix,Suffix,EmployerName,Notes,DateCreated,LastUpdatedOn
                """.formatted(
                        url,
                        username,
                        sandbox.baseUrl(),
                        sandbox.user().applicationName(),
                        sandbox.user().key()));
    }

    /** One cycle with the file as the whole export; returns the seconds from the completed job to the commit. */
    double load(Path file, int rows) throws Exception {
        sandbox.log().clear();
        sandbox.prepareExport("Contacts", List.of(file), rows);
        try (Program program = Program.start(config, "sync", "contacts")) {
            if (program.await() != 0) {
                throw new IllegalStateException("sync failed; see " + config.resolveSibling("output.txt"));
            }
            peakMegabytes = Math.max(peakMegabytes, program.peakMegabytes());
        }
        return Duration.between(completed(), committed()).toNanos() / 1e9;
    }

    /** When the vendor first said that the job is complete. */
    private Instant completed() {
        return sandbox.log().requests().stream()
                .filter(request -> request.method().equals("GET"))
                .filter(request -> request.path().matches(".*/changedEntityExportJobs/\\d+"))
                .map(RecordedRequest::at)
                .findFirst()
                .orElseThrow();
    }

    private Instant committed() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, username, "");
                var row = connection
                        .createStatement()
                        .executeQuery(
                                "select finished_at from tidemark_cycle order by id desc fetch first 1 rows only")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    long rows() throws SQLException {
        return number("select count(*) from contacts");
    }

    /** How many rows the latest cycle wrote. */
    long written() throws SQLException {
        return number("select rows_inserted + rows_updated + rows_deleted from tidemark_cycle order by id desc"
                + " fetch first 1 rows only");
    }

    private long number(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, username, "");
                var row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Forgets the table's rows and the stream's state. */
    void reset() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, username, "")) {
            connection.createStatement().execute("drop view if exists contacts_current");
            connection.createStatement().execute("drop table if exists contacts");
            connection.createStatement().execute("delete from tidemark_stream");
        } catch (SQLException nothingYet) {
            System.out.println("  (a first run: " + nothingYet.getSQLState() + ")");
        }
    }

    long peakMegabytes() {
        return peakMegabytes;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
