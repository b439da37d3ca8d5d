package io.tidemark.system.mpdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.mpdx.Doubts;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import io.tidemark.system.ApiException.RetryLater;
import io.tidemark.system.Export;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes exports from the running sandbox. */
class MpdxFilesTest {
    private static final ExportRequest WINDOW = new ExportRequest(
            Instant.parse("2026-03-01T12:00:00Z"), Instant.parse("2026-03-03T12:00:00Z"), List.of(), false);

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final MpdxSandbox sandbox =
            MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock).data(17, 20));
    private final MpdxWire wire = new MpdxWire(sandbox, Map.of());

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExportIsOnePostAndOneGetOfItsFile(boolean oneShot) {
        sandbox.switches().set(Doubts.ONE_SHOT, oneShot);
        HttpResponse<byte[]> file = wire.download(file(Map.of()));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(text(file)).startsWith(header(MpdxFiles.fields(false))).contains("Never Ask", "north,vip");
        assertThat(sandbox.log().requests().stream().map(RecordedRequest::method))
                .containsExactly("POST", "GET");
        assertThat(sandbox.log().requests().get(1).path()).endsWith(".csv");
    }

    @Test
    void aBrokenDownloadNeedsANewExport() {
        ExportFile file = file(Map.of());
        sandbox.faults().next("GET /api/v2/contacts/exports/*", Fault.cutBody(50));
        assertThatThrownBy(() -> wire.download(file)).hasRootCauseInstanceOf(IOException.class);
        assertThat(wire.download(file).statusCode()).isEqualTo(403);
        assertThat(wire.download(file(Map.of())).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "object, OBJECT_ONLY, 200", "string, OBJECT_ONLY, 500",
        "object, BOTH, 200", "string, BOTH, 200",
        "object, STRING_ONLY, 500", "string, STRING_ONLY, 200",
    })
    void theFormOfTheFilterIsAnOption(String form, Doubts.FilterForm vendor, int status) {
        sandbox.switches().set(Doubts.FILTER, vendor);
        assertThat(wire.download(file(Map.of("filter-form", form))).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"CONTACTS", "CONTACTS_EXPORT"})
    void theTypeOfAnExportIsNotLookedAt(Doubts.ExportType type) {
        sandbox.switches().set(Doubts.EXPORT_TYPE, type);
        assertThat(wire.download(file(Map.of())).statusCode()).isEqualTo(200);
    }

    @Test
    void aWorkbookHoldsTheSameColumns() throws IOException {
        HttpResponse<byte[]> file = wire.download(file(Map.of("format", "xlsx")));
        var parts = new ArrayList<String>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.add(entry.getName());
            }
        }
        assertThat(parts).contains("xl/worksheets/sheet1.xml");
    }

    @Test
    void theColumnsForLettersAreOthers() {
        assertThat(text(wire.download(file(Map.of("mailing", "true"))))).startsWith(header(MpdxFiles.fields(true)));
    }

    @Test
    void filtersAndTheWindowChooseTheRows() {
        assertThat(text(wire.download(file(Map.of("status", "hidden")))))
                .contains("Never Ask")
                .doesNotContain("Partner - Pray");
        assertThat(text(wire.download(file(Map.of("filter", "{\"name_like\":\"nobody\"}"))))
                        .strip())
                .isEqualTo(header(MpdxFiles.fields(false)));
        clock.set(Instant.parse("2026-03-20T12:00:00Z"));
        sandbox.keys("contacts").forEach(id -> sandbox.edit("contacts", id, Map.of("notes", "later")));
        assertThat(text(wire.download(file(Map.of("changed-only", "true")))).strip())
                .isEqualTo(header(MpdxFiles.fields(false)));
    }

    @Test
    void theDownloadMustSayTheLanguageForAnEnglishHeader() {
        sandbox.switches().set(Doubts.USER_LOCALE, "de");
        assertThat(text(wire.download(file(Map.of())))).startsWith("\"Kontakt\"");
        assertThat(text(wire.download(file(Map.of()), "Accept-Language", "en-US")))
                .startsWith(header(MpdxFiles.fields(false)));
    }

    @ParameterizedTest
    @CsvSource({"ACCEPTED_UNTIL_READY, 202", "NOT_FOUND_UNTIL_READY, 404"})
    void whereTheFileIsMadeLaterItsAddressStays(Doubts.FileBuild build, int early) {
        sandbox.switches().set(Doubts.FILE_BUILD, build).set(Doubts.BUILD_POLLS, 1);
        ExportFile file = file(Map.of());
        assertThat(wire.download(file).statusCode()).isEqualTo(early);
        assertThat(wire.download(file).statusCode()).isEqualTo(200);
    }

    @Test
    void aColumnWithAnIdCanBeTheKeyWhereThereIsOne() {
        sandbox.switches().set(Doubts.HEADER, Doubts.Header.WITH_ID);
        Export export = wire.source.export(
                new ExportSpec("ours", "exports", List.of("Contact ID"), Map.of(), false, Optional.empty()));
        assertThat(wire.hold(export.shape()).key()).containsExactly("Contact ID");
        ExportFile file = (ExportFile) wire.ready(export, WINDOW).parts().get(0);
        assertThat(text(wire.download(file)))
                .startsWith("\"Contact ID\",")
                .contains(sandbox.keys("contacts").get(0));
    }

    @Test
    void aServerThatCannotStoreAnExportIsAskedLater() {
        sandbox.faults().next("POST /api/v2/contacts/exports", Fault.status(503).header("Retry-After", "7"));
        assertThatThrownBy(() -> file(Map.of())).isInstanceOf(RetryLater.class);
    }

    private ExportFile file(Map<String, String> parameters) {
        Export export = wire.source.export(
                new ExportSpec("ours", "exports", List.of("Contact Name"), parameters, false, Optional.empty()));
        wire.hold(export.shape());
        return (ExportFile) wire.ready(export, WINDOW).parts().get(0);
    }

    private static String header(List<Field> fields) {
        return fields.stream().map(field -> '"' + field.name() + '"').collect(Collectors.joining(","));
    }

    private static String text(HttpResponse<byte[]> file) {
        return new String(file.body(), StandardCharsets.UTF_8);
    }
}
