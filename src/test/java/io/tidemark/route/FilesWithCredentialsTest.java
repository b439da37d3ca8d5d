package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that the vendor gives its user only, and only once: the export of MPDX. */
class FilesWithCredentialsTest {
    private static final String EXPORT = "POST /api/v2/contacts/exports";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "xlsx"})
    void the_file_of_an_export_is_had_with_the_credentials_in_the_language_asked_for(String format) {
        try (var sandbox = MpdxSandbox.start();
                var running = Running.begun(setup(sandbox, format))) {
            running.untilCommitted("rows");

            assertThat(running.rows("select contact_name from kept")).isNotEmpty();
            assertThat(sandbox.log().requests())
                    .filteredOn(request -> request.path().endsWith("." + format))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"csv, 503, 1", "csv, 404, 1", "csv, 403, 1", "xlsx, 503, 1"})
    void a_file_that_is_not_there_yet_is_asked_for_again(String format, int status, int exports) {
        try (var sandbox = MpdxSandbox.start()) {
            sandbox.faults().next("GET /api/v2/contacts/exports/*", Fault.status(status));
            try (var running = Running.begun(setup(sandbox, format))) {
                Running.until(
                        () -> {
                            running.hurry();
                            return running.state("rows").lastSuccess() != null;
                        },
                        () -> "nothing came: " + running.state("rows"));
            }
            assertThat(sandbox.log().count("POST", EXPORT.substring(5))).isEqualTo(exports);
        }
    }

    @Test
    void a_download_that_breaks_off_is_exported_again() {
        try (var sandbox = MpdxSandbox.start()) {
            sandbox.faults().next("GET /api/v2/contacts/exports/*", Fault.resetBody(200));
            try (var running = Running.begun(setup(sandbox, "csv"))) {
                Running.until(
                        () -> {
                            running.hurry();
                            return running.state("rows").lastSuccess() != null;
                        },
                        () -> "nothing came: " + running.state("rows"));
                assertThat(running.rows("select contact_name from kept")).isNotEmpty();
            }
            assertThat(sandbox.log().count("POST", EXPORT.substring(5))).isEqualTo(2);
        }
    }

    private Setup setup(MpdxSandbox sandbox, String format) {
        return new Setup(folder)
                .source("s", sandbox).stream("rows", "s")
                        .set("tidemark.streams.rows.resource", "exports")
                        .set("tidemark.streams.rows.export.format", format)
                        .set("tidemark.streams.rows.key", "Contact Name")
                        .set("tidemark.streams.rows.table", "kept");
    }
}
