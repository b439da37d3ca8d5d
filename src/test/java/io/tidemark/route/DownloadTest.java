package io.tidemark.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.RecordedRequest;
import io.tidemark.sandbox.everyaction.Doubts;
import io.tidemark.sandbox.everyaction.Doubts.EmptyResult;
import io.tidemark.stream.StreamState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An export's files on their way into the table: whole, and all of them, or nothing (F4, F6, F11, F14, F15, F18, F19, F33). */
class DownloadTest {
    private static final MovableClock VENDOR = SharedBridge.aDayAhead();
    private static final String THIRD_FILE = "GET /exports/*-3.csv";
    private static final int FOR_GOOD = 1_000;

    @RegisterExtension
    static final SharedBridge BRIDGE =
            new SharedBridge(VENDOR, setup -> setup.stream("few", "ea").set("tidemark.streams.few.rejects-most", "1"));

    @TempDir
    Path folder;

    /** What there is was made before the windows end. */
    @BeforeAll
    static void later() {
        VENDOR.advance(Duration.ofHours(1));
    }

    static Stream<Arguments> brokenOff() {
        return Stream.of(
                Arguments.of(Fault.cutBody(300), "file 1: the connection failed after 300 bytes (ConnectionClosed"),
                Arguments.of(Fault.cutChunked(300), "file 1: the connection failed after 300 bytes (ConnectionClosed"),
                Arguments.of(Fault.cutChunked(0), "file 1: the connection failed after 0 bytes (ConnectionClosed"),
                Arguments.of(Fault.resetBody(300), "file 1: the connection failed after "),
                Arguments.of(Fault.reset(), "SocketException: Connection reset"),
                Arguments.of(Fault.html(502), "the download of a file answered with status 502"),
                Arguments.of(Fault.status(204), "the download of a file answered with status 204"));
    }

    @ParameterizedTest
    @MethodSource("brokenOff")
    void a_file_that_breaks_off_is_fetched_again_and_until_it_is_whole_none_of_it_is_there(Fault fault, String words) {
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, fault.times(FOR_GOOD));
        BRIDGE.begin("contacts");
        StreamState failing = BRIDGE.running().until("contacts", state -> state.failures() > 0);

        assertThat(failing.lastError()).startsWith(words).doesNotContain("sig=");
        assertThat(failing.watermark()).isNull();
        assertThat(BRIDGE.count("contacts")).isZero();
        BRIDGE.sandbox().faults().clear();
        committedOnce("contacts");
        assertThat(BRIDGE.jobs()).as("the same job's file is fetched again").isEqualTo(1);
    }

    @Test
    void a_packed_file_is_unpacked_once_and_half_of_one_is_fetched_again() {
        prepare("VanID,FirstName\n1,Ann\n2,Bob\n3,Cy\n", 3);
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.cutGzip(20));
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.gzip().times(FOR_GOOD));
        BRIDGE.begin("contacts");

        assertThat(BRIDGE.running()
                        .until("contacts", state -> state.failures() > 0)
                        .lastError())
                .startsWith("file 1: ");
        BRIDGE.running().untilCommitted("contacts");
        assertThat(BRIDGE.count("contacts")).isEqualTo(3);
        assertThat(BRIDGE.jobs()).isEqualTo(1);
    }

    @Test
    void a_file_without_a_length_that_ends_too_soon_is_known_by_the_number_of_its_records() {
        prepare("VanID,FirstName\n1,Ann\n2,Bob\n3,Cy\n", 3);
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.cutSilently(25));
        BRIDGE.begin("contacts");

        assertThat(failure("contacts"))
                .isEqualTo(
                        "stream contacts: 3 records were announced, 2 came. Nothing of them is stored; if the numbers"
                                + " stay so, set tidemark.streams.contacts.count-mismatch=accept");
        committedAfterAll();
    }

    @Test
    void a_file_cut_within_quotes_is_broken_whatever_its_length_says() {
        prepare("VanID,FirstName\n1,\"An", 1);
        BRIDGE.begin("contacts");

        assertThat(failure("contacts"))
                .isEqualTo("file 1, line 2: the file ends inside the quoted field 2, opened on line 2; the export is"
                        + " damaged or cut, ask for it again");
        committedAfterAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_several_files_all_are_there_or_none(boolean headerRepeated) {
        BRIDGE.sandbox().switches().set(Doubts.ROWS_PER_FILE, 5).set(Doubts.HEADER_REPEATED, headerRepeated);
        BRIDGE.sandbox().faults().next(THIRD_FILE, Fault.cutBody(200).times(FOR_GOOD));
        BRIDGE.begin("contacts");
        StreamState failing = BRIDGE.running().until("contacts", state -> state.failures() > 0);

        assertThat(failing.lastError()).startsWith("file 3: the connection failed after 200 bytes");
        assertThat(BRIDGE.count("contacts")).isZero();
        assertThat(files()).doesNotContain("-4.csv");
        BRIDGE.sandbox().faults().clear();
        committedOnce("contacts");
        assertThat(files()).endsWith("-1.csv", "-2.csv", "-3.csv", "-4.csv");
        assertThat(BRIDGE.running().lastCycle("contacts").counts().read()).isEqualTo(BRIDGE.records());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void a_link_that_does_not_work_is_asked_for_once_more(int status) {
        BRIDGE.sandbox().switches().set(Doubts.ROWS_PER_FILE, 5);
        BRIDGE.sandbox().faults().next(THIRD_FILE, Fault.status(status));
        try (var log = new CapturedLog()) {
            BRIDGE.begin("contacts");
            committedOnce("contacts");

            assertThat(log.warnings())
                    .containsExactly("contacts: the link to a file answered with status " + status
                            + "; the same step is tried again");
        }
        assertThat(BRIDGE.jobs()).isEqualTo(1);
        assertThat(files())
                .as("staging starts empty, so every file is fetched again")
                .containsExactly("-1.csv", "-2.csv", "-3.csv", "-1.csv", "-2.csv", "-3.csv", "-4.csv");
    }

    @Test
    void links_that_have_expired_are_not_tried_and_lead_to_a_new_job_for_the_same_window() {
        BRIDGE.sandbox().switches().set(Doubts.LINK_LIFE, Duration.ZERO);
        BRIDGE.begin("contacts");
        BRIDGE.untilJobs(2);

        assertThat(files()).isEmpty();
        assertThat(BRIDGE.running().state("contacts").lastError())
                .matches(
                        "the link to a file of job 30\\d+ has expired; fresh links did not help, so its window is asked"
                                + " for again");
        BRIDGE.sandbox().switches().reset();
        committedOnce("contacts");
        assertThat(BRIDGE.asked())
                .allSatisfy(asked -> assertThat(asked.path("dateChangedFrom"))
                        .isEqualTo(BRIDGE.asked().get(0).path("dateChangedFrom")));
    }

    @ParameterizedTest
    @EnumSource
    void an_export_without_records_moves_the_watermark_whether_it_has_a_file_or_none(EmptyResult empty) {
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");
        BRIDGE.sandbox().switches().set(Doubts.EMPTY_RESULT, empty);
        VENDOR.advance(Duration.ofHours(1));
        StreamState after = BRIDGE.running().cycle("contacts");

        assertThat(after.watermark()).isEqualTo(VENDOR.instant());
        assertThat(files()).hasSize(empty == EmptyResult.HEADER_ONLY ? 2 : 1);
        assertThat(BRIDGE.running().lastCycle("contacts").outcome()).isEqualTo("committed");
        assertThat(BRIDGE.running().lastCycle("contacts").counts().read()).isZero();
        assertThat(BRIDGE.count("contacts")).isEqualTo(BRIDGE.records());
    }

    static Stream<Arguments> noExports() {
        String page =
                "file 1: an HTML page instead of CSV; the link has expired or needs a login, ask the job for a new one";
        return Stream.of(
                Arguments.of(Fault.emptyBody(), "file 1: no bytes at all, not even a header; ask for the export again"),
                Arguments.of(Fault.html(200), page),
                Arguments.of(Fault.status(200).body("text/csv", " \n<!doctype html><p>Sign in</p>"), page),
                Arguments.of(
                        Fault.status(200).body("text/csv", "\n\n"), "file 1: no header; ask for the export again"));
    }

    @ParameterizedTest
    @MethodSource("noExports")
    void what_is_no_export_fails_the_cycle_and_leaves_the_watermark_where_it_is(Fault fault, String words) {
        BRIDGE.begin("contacts");
        Instant watermark = BRIDGE.running().untilCommitted("contacts").watermark();
        VENDOR.advance(Duration.ofHours(1));
        BRIDGE.sandbox().switches().set(Doubts.EMPTY_RESULT, EmptyResult.HEADER_ONLY);
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, fault.times(FOR_GOOD));
        BRIDGE.running().store().due("contacts");

        assertThat(failure("contacts")).isEqualTo(words);
        assertThat(BRIDGE.running().state("contacts").watermark()).isEqualTo(watermark);
        assertThat(BRIDGE.running().happenings().all()).contains("contacts failed");
        BRIDGE.sandbox().faults().clear();
        BRIDGE.running()
                .until("contacts", state -> VENDOR.instant().equals(state.watermark()) && state.troubles() == 0);
    }

    @Test
    void a_redirect_to_another_host_is_followed_without_credentials_or_the_links_signature() {
        String csv = "VanID,FirstName\n7,Ann\n";
        prepare(csv, 1);
        try (var elsewhere = OddServer.answering("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: "
                + csv.length() + "\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n" + csv)) {
            String location = elsewhere.address("/elsewhere.csv").toString();
            BRIDGE.sandbox()
                    .faults()
                    .next(SharedBridge.GET_FILE, Fault.redirect(location).header("Set-Cookie", "a=b; Path=/"));
            BRIDGE.begin("contacts");
            BRIDGE.running().untilCommitted("contacts");

            assertThat(elsewhere.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET /elsewhere.csv HTTP/1.1")
                    .doesNotContainIgnoringCase("authorization:")
                    .doesNotContainIgnoringCase("cookie:")
                    .doesNotContainIgnoringCase("referer:")
                    .doesNotContain("sig=");
        }
        assertThat(BRIDGE.running().rows("select van_id, first_name from contacts"))
                .containsExactly(Map.of("van_id", "7", "first_name", "Ann"));
        assertThat(BRIDGE.sandbox().credentialLeaks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exports/3.csv", "ftp://127.0.0.1/a.csv", "file:///etc/hostname"})
    void a_redirect_that_leads_nowhere_is_a_failure_that_passes(String location) {
        BRIDGE.sandbox()
                .faults()
                .next(SharedBridge.GET_FILE, Fault.redirect(location).times(FOR_GOOD));
        BRIDGE.begin("contacts");
        StreamState failing = BRIDGE.running().until("contacts", state -> state.failures() > 0);

        assertThat(failing.lastError()).doesNotContain("sig=");
        assertThat(failing.watermark()).isNull();
        BRIDGE.sandbox().faults().clear();
        committedOnce("contacts");
        assertThat(BRIDGE.jobs()).isEqualTo(1);
    }

    @Test
    void a_file_that_drips_is_read_to_its_end() {
        prepare("VanID,FirstName\n7,Ann\n8,Bob\n", 2);
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.drip(Duration.ofMillis(5)));
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.count("contacts")).isEqualTo(2);
        assertThat(files()).hasSize(1);
    }

    @Test
    void records_that_come_twice_count_twice_and_are_stored_once() {
        BRIDGE.sandbox().switches().set(Doubts.DUPLICATE_KEYS, true).set(Doubts.SHUFFLED, true);
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        var counts = BRIDGE.running().lastCycle("contacts").counts();
        assertThat(counts.read()).isEqualTo(25);
        assertThat(counts.duplicate()).isEqualTo(5);
        assertThat(counts.inserted()).isEqualTo(20);
        assertThat(BRIDGE.count("contacts")).isEqualTo(BRIDGE.records());
    }

    @ParameterizedTest
    @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
    void of_several_records_of_one_key_the_latest_wins_wherever_it_stands(String order) {
        List<String> versions = List.of(
                "7,Old,2026-01-05T10:00:00\n", "7,Older,2026-01-04T10:00:00\n", "7,Newest,2026-01-05T10:00:01\n");
        var file = new StringBuilder("VanID,FirstName,LastUpdatedOn\n");
        order.chars().forEach(place -> file.append(versions.get(place - '0')));
        prepare(file.toString(), 3);
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.running().value("select first_name from contacts")).isEqualTo("Newest");
        assertThat(BRIDGE.running().lastCycle("contacts").counts().duplicate()).isEqualTo(2);
    }

    @Test
    void a_last_record_that_the_vendor_cut_short_is_a_reject_and_the_others_are_stored() {
        prepare("VanID,FirstName,LastName\n1,Ann,Lee\n2,Bob,Ray\n", 2);
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.truncatedRecord());
        BRIDGE.begin("contacts");
        BRIDGE.running().untilCommitted("contacts");

        assertThat(BRIDGE.count("contacts")).isEqualTo(1);
        assertThat(BRIDGE.running().rows("select file, column_name, reason from tidemark_reject"))
                .singleElement()
                .satisfies(reject -> {
                    assertThat(reject.get("file")).isEqualTo("file 1");
                    assertThat(reject.get("column_name")).isNull();
                    assertThat(reject.get("reason")).isEqualTo("has 2 cells, the header has 3");
                });
        assertThat(outcomes()).containsExactly("committed");
    }

    @Test
    void too_many_rejects_fail_the_cycle_and_a_person_can_look_at_them() {
        prepare("VanID,FirstName\n1,Ann\nx,Bob\ny,Cy\n", 3);
        BRIDGE.begin("few");

        assertThat(failure("few"))
                .startsWith("stream few: more than 1 rejects, the latest in file 1, line 4, field VanID: ")
                .endsWith(". Correct the cause, or raise tidemark.streams.few.rejects-most");
        assertThat(BRIDGE.running().value("select count(*) from tidemark_reject"))
                .isEqualTo("1");
        BRIDGE.running().untilCommitted("few");
    }

    @Test
    void a_field_beyond_its_limit_fails_the_file_before_it_fills_the_memory() {
        BRIDGE.sandbox().faults().next(SharedBridge.GET_FILE, Fault.oversizedField(5_000_000));
        BRIDGE.begin("contacts");

        assertThat(failure("contacts")).matches("file 1, line \\d+: field \\d+ .*1048576.*");
        committedAfterAll();
    }

    /** The next export gives this file. */
    private void prepare(String csv, long records) {
        try {
            Path file = Files.createTempFile(folder, "export", ".csv");
            Files.write(file, csv.getBytes(StandardCharsets.UTF_8));
            BRIDGE.sandbox().prepareExport("Contacts", List.of(file), records);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void committedOnce(String stream) {
        BRIDGE.running().hurry();
        BRIDGE.running().untilCommitted(stream);
        assertThat(outcomes()).containsExactly("committed");
        assertThat(BRIDGE.count(stream)).isEqualTo(BRIDGE.records());
    }

    private static void committedAfterAll() {
        BRIDGE.running().untilCommitted("contacts");
        assertThat(outcomes()).containsExactly("failed", "committed");
        assertThat(BRIDGE.count("contacts")).isEqualTo(BRIDGE.records());
    }

    private static List<String> outcomes() {
        return BRIDGE.running().rows("select outcome from tidemark_cycle order by id").stream()
                .map(row -> String.valueOf(row.get("outcome")))
                .toList();
    }

    /** The ends of the names of the files that were asked for, in order. */
    private static List<String> files() {
        return BRIDGE.sandbox().log().requests().stream()
                .map(RecordedRequest::path)
                .filter(path -> path.startsWith("/exports/"))
                .map(path -> path.substring(path.indexOf('-')))
                .toList();
    }

    /** The error of the first cycle of the stream that failed. */
    private static String failure(String stream) {
        String query =
                "select error from tidemark_cycle where outcome = 'failed' and stream = '" + stream + "' order by id";
        Running.until(() -> !BRIDGE.running().rows(query).isEmpty(), () -> "no cycle failed");
        return BRIDGE.running().value(query);
    }
}
