package io.tidemark.system.rebilly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.rebilly.Doubts;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import io.tidemark.system.ApiException;
import io.tidemark.system.Export;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPart;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Requested;
import io.tidemark.system.Shape;
import io.tidemark.system.Source;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against the pretended Rebilly, over real HTTP, in every reading of every doubt. */
final class RebillyExportOverHttpTest {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private final MovableClock clock = new MovableClock(START);
    private final RebillySandbox sandbox =
            RebillySandbox.start(RebillySandbox.Options.standard().clock(clock).data(17, 0));
    private final Map<String, String> options = new HashMap<>(Map.of("fields", "email,primaryAddress/city"));
    private Source source = source(RebillyOptions.STANDARD_PREFIX);
    private final RebillyDriver driver = new RebillyDriver(sandbox, source);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "plain,/",
        "organization-experimental,/organizations/{organization-id}/experimental",
        "experimental,/experimental",
        "experimental-organization,/experimental/organizations/{organization-id}",
    })
    void exportsAWindowByEachOfTheFourPaths(String form, String prefix) {
        set("path-form", form);
        source = source(prefix);
        customer("1");
        clock.advance(Duration.ofMinutes(2));
        assertThat(driver.hold(source.account()).identity()).isEqualTo("organization org_sandbox01");
        assertThat(text(ready(window()))).isEqualTo("""
                id,updatedTime,revision,email,primaryAddress/city
                1,2026-03-02T12:00:00Z,1,1@example.org,
                """);
    }

    @Test
    void aWrongPathPrefixSendsAPersonToIt() {
        set("path-form", "plain");
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.hold(source.account()))
                .withMessageContaining("Check path-prefix and organization-id");
    }

    @Test
    void whatSomebodyEditsComesWithItsRevision() {
        customer("1");
        clock.advance(Duration.ofDays(3));
        sandbox.edit("customers", "1", Map.of("primaryAddress/city", "X, \"Y\""));
        clock.advance(Duration.ofMinutes(2));
        JobStatus.Ready ready = ready(window());
        assertThat(ready.records()).hasValue(1);
        assertThat(text(ready)).endsWith("\n1,2026-03-05T12:00:00Z,2,1@example.org,\"X, \"\"Y\"\"\"\n");
    }

    @Test
    void statesAreFollowedToTheEnd() {
        Requested requested = driver.hold(export().request(window()));
        assertThat(statuses(requested, 4)).containsExactly("Running", "Running", "Running", "Ready");
        assertThat(driver.hold(export().finished(requested.jobId()).orElseThrow()))
                .isTrue();
        assertThat(sandbox.exports()).isZero();
        assertThat(statuses(requested, 1)).containsExactly("Gone");
    }

    @ParameterizedTest
    @CsvSource({
        "pending,Running",
        "queued,Running",
        "processing,Running",
    })
    void aStuckExportIsAtWorkAndCanBeCancelled(String state, String status) {
        set("stuck", state);
        Requested requested = driver.hold(export().request(window()));
        assertThat(statuses(requested, 5)).last().isEqualTo(status);
        assertThat(driver.hold(export().cancel(requested.jobId()).orElseThrow()))
                .isTrue();
    }

    @Test
    void anExportThatCannotBeDeletedAtWorkIsLeftAlone() {
        set("delete-running", "refused");
        Requested requested = driver.hold(export().request(window()));
        statuses(requested, 2);
        assertThat(driver.hold(export().cancel(requested.jobId()).orElseThrow()))
                .isFalse();
    }

    @Test
    void anUnknownWordAndAVanishedExportAreTold() {
        sandbox.switches().set(Map.of("unknown-status", "true", "outcome", "vanished"));
        Requested requested = driver.hold(export().request(window()));
        assertThat(statuses(requested, 4)).containsExactly("Running", "Running", "Unknown", "Gone");
    }

    @ParameterizedTest
    @CsvSource({"record-limit-exceeded,true", "max-retries-reached,false"})
    void aFailedExportSaysWhetherAShorterWindowWouldDo(String outcome, boolean tooMuch) {
        set("outcome", outcome);
        JobStatus last = last(window());
        assertThat(last).isInstanceOf(JobStatus.Failed.class);
        assertThat(((JobStatus.Failed) last).tooMuch()).isEqualTo(tooMuch);
    }

    @Test
    void aVendorThatNeverSaysFailedIsWaitedForUntilTheTimeLimit() {
        sandbox.switches().set(Map.of("failed-status", "never-sent", "outcome", "max-retries-reached"));
        assertThat(last(window())).isInstanceOf(JobStatus.Running.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-post", "later"})
    void tooManyRecordsAskForAShorterWindowEitherWay(String reading) {
        sandbox.switches().set(Map.of("record-limit", "1", "record-limit-answer", reading));
        customer("1");
        customer("2");
        clock.advance(Duration.ofMinutes(2));
        if (reading.equals("later")) {
            assertThat(((JobStatus.Failed) last(window())).tooMuch()).isTrue();
        } else {
            assertThatExceptionOfType(ApiException.TooMuch.class).isThrownBy(() -> last(window()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"both-included", "start-included", "end-included", "neither-included"})
    void windowsThatOverlapLoseNobodyWhicheverEndsBelongToThem(String bounds) {
        set("bounds", bounds);
        StringBuilder all = new StringBuilder();
        for (int id = 1; id <= 4; id++) {
            customer(Integer.toString(id));
            clock.advance(Duration.ofMinutes(1));
        }
        clock.advance(Duration.ofMinutes(1));
        for (int minute = 0; minute < 4; minute++) {
            Instant end = START.plusSeconds(60L * (minute + 1));
            all.append(text(ready(new ExportRequest(end.minusSeconds(120), end, List.of(), false))));
        }
        assertThat(all.toString()).contains("\n1,", "\n2,", "\n3,", "\n4,");
    }

    @ParameterizedTest
    @CsvSource({
        "field-name,field,'id,updatedTime,lifetimeRevenue/amount'",
        "last-part,last-part,'id,updatedTime,amount'",
        "title,title,'id,Updated Time,Lifetime Revenue Amount'",
    })
    void theShapeIsHeadedAsTheFileIs(String vendor, String option, String names) {
        set("csv-header", vendor);
        options.putAll(
                Map.of("csv-header", option, "fields", "lifetimeRevenue/amount", "always-fields", "id,updatedTime"));
        Shape shape = driver.hold(export().shape());
        assertThat(shape.fields()).extracting(field -> field.name()).containsExactly(names.split(",", -1));
        assertThat(text(ready(window())).strip()).isEqualToIgnoringCase(names);
        assertThat(shape.changeTime()).hasValue(names.split(",", -1)[1]);
        assertThat(shape.key()).containsExactly("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested", "flat"})
    void aJsonFileIsMarkedAsJson(String form) {
        set("json-form", form);
        options.put("format", "json");
        customer("1");
        clock.advance(Duration.ofMinutes(2));
        JobStatus.Ready ready = ready(window());
        assertThat(((ExportFile) ready.parts().get(0)).format()).isEqualTo(ExportFile.Format.JSON);
        assertThat(text(ready)).startsWith("[{\"id\":\"1\"").contains("city");
    }

    @Test
    void manyRecordsAreOneFileWhoseContentIsAZipOfParts() {
        sandbox.switches().set(Doubts.ROWS_PER_PART, 2);
        for (int id = 1; id <= 5; id++) {
            customer(Integer.toString(id));
        }
        clock.advance(Duration.ofMinutes(2));
        JobStatus.Ready ready = ready(window());
        assertThat(ready.parts()).hasSize(1);
        assertThat(ready.records()).hasValue(5);
        assertThat(text(ready).lines()).hasSize(5 + 3);
    }

    @ParameterizedTest
    @CsvSource({"header-only,1", "no-file,0"})
    void anEmptyWindowHasAHeaderOrNothing(String reading, int parts) {
        set("empty-result", reading);
        JobStatus.Ready ready = ready(window());
        assertThat(ready.parts()).hasSize(parts);
        assertThat(ready.records()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "download-only", "signed-only", "none"})
    void theFileIsHadByWhateverLinkThereIs(String links) {
        set("links", links);
        for (String wanted : List.of("download", "signed-link")) {
            options.put("download", wanted);
            assertThat(text(ready(window()))).startsWith("id,");
        }
        assertThat(sandbox.credentialLeaks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT15M,true", "PT12H,false", "PT0S,false"})
    void aSignedLinkThatHasEndedIsAskedForAgain(String life, boolean ends) {
        set("signed-link-life", life);
        options.put("download", "signed-link");
        Requested requested = driver.hold(export().request(window()));
        ExportPart part = ((JobStatus.Ready) last(requested)).parts().get(0);
        clock.advance(Duration.ofHours(1));
        assertThat(driver.download(part)).startsWith(ends ? "status 403" : "id,");
        assertThat(text((JobStatus.Ready) last(requested))).startsWith("id,");
    }

    @Test
    void whereSignedLinksWantTheKeyTheDownloadLinkDoesWithoutThem() {
        set("signed-link", "with-key");
        assertThat(text(ready(window()))).startsWith("id,");
        options.put("download", "signed-link");
        assertThat(text(ready(window()))).isEqualTo("status 401");
    }

    @Test
    void anExportWhoseAnswerWasLostIsNotMadeTwice() {
        sandbox.faults().next("POST /*", Fault.answerLost());
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> driver.hold(export().request(window())));
        ExportRequest same = window();
        clock.advance(Duration.ofMinutes(1));
        driver.hold(export().request(same));
        assertThat(sandbox.exports()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(10));
        driver.hold(export().request(same));
        assertThat(sandbox.exports()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"epoch,600", "seconds,600", "plain,600"})
    void aUsedUpRateLimitIsWaitedFor(String reading, long seconds) {
        sandbox.switches().set(Map.of("rate-limit", "0", "retry-header", reading));
        sandbox.switches().set(Map.of("rate-limit", "1"));
        driver.hold(export().request(window()));
        options.put("name", "another");
        assertThatExceptionOfType(ApiException.RetryLater.class)
                .isThrownBy(() -> driver.hold(export().request(window())))
                .satisfies(later -> assertThat(later.delay()).hasValue(Duration.ofSeconds(seconds)));
    }

    @Test
    void deniedAndForbiddenStopTheStream() {
        set("forbidden", "data-exports");
        assertThatExceptionOfType(ApiException.Denied.class).isThrownBy(() -> driver.hold(export().request(window())));
        set("forbidden", "customers");
        assertThatExceptionOfType(ApiException.Denied.class).isThrownBy(() -> driver.hold(export().request(window())));
        set("forbidden", "");
        Source stranger = new Rebilly()
                .open(Map.of("api-key", "sk_withdrawn", "organization-id", "org_sandbox01", "path-prefix", "/"));
        assertThatExceptionOfType(ApiException.Denied.class)
                .isThrownBy(() -> new RebillyDriver(sandbox, stranger).hold(stranger.account()));
        Source elsewhere = new Rebilly()
                .open(Map.of(
                        "api-key",
                        sandbox.user().key(),
                        "organization-id",
                        "org_other",
                        "path-prefix",
                        "/experimental"));
        customer("1");
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.hold(elsewhere.account()))
                .withMessageContaining("belongs to the organisation org_sandbox01, not to org_other");
    }

    @Test
    void aRefusedChangeTimeSaysWhatToConfigureAndTheListCallDoesIt() {
        set("date-field", "refused");
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.hold(export().request(window())))
                .withMessageContaining("read-by=list");
        options.put("read-by", "list");
        customer("1");
        clock.advance(Duration.ofMinutes(2));
        assertThat(driver.rows(ready(window()).parts().get(0)))
                .containsExactly("1|2026-03-02T12:00:00Z|1|1@example.org|");
    }

    @Test
    void anIgnoredChangeTimeIsNoticedBeforeAnEditIsLost() {
        customer("1");
        customer("2");
        clock.advance(Duration.ofDays(2));
        assertThat(last(window())).isInstanceOf(JobStatus.Ready.class);
        set("date-field", "ignored");
        assertThat(last(window())).isInstanceOf(JobStatus.Ready.class);
        sandbox.edit("customers", "1", Map.of("primaryAddress/city", "X"));
        clock.advance(Duration.ofMinutes(2));
        assertThat(((JobStatus.Failed) last(window())).reason())
                .contains("holds 0 customers, but Rebilly lists 1 that changed inside the window")
                .contains("read-by=list");
        options.put("verify-date-range", "false");
        assertThat(last(window())).isInstanceOf(JobStatus.Ready.class);
        options.put("verify-date-range", "true");
        set("list-by-time", "refused");
        assertThat(last(window())).isInstanceOf(JobStatus.Ready.class);
    }

    @Test
    void aListThatCannotBeFilteredByTimeIsRefusedInItsWords() {
        set("list-by-time", "refused");
        options.put("read-by", "list");
        JobStatus.Ready ready = ready(window());
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.rows(ready.parts().get(0)))
                .withMessageContaining("filter updatedTime cannot be filtered");
    }

    @Test
    void theListIsReadInPagesThatGoOnFromTheLastTimeSeen() {
        options.putAll(Map.of("read-by", "list", "fields", "email"));
        int changed = 0;
        for (int second = 0; second < 3; second++) {
            for (int each = 0; each < (second == 1 ? 230 : 40); each++) {
                customer("c%03d".formatted(++changed));
            }
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofMinutes(1));
        List<String> rows = driver.rows(ready(window()).parts().get(0));
        assertThat(rows.stream().distinct()).hasSize(310);
        assertThat(rows).allSatisfy(row -> assertThat(row).endsWith("@example.org"));
    }

    @Test
    void whoChangedAtOneTimeIsReadWholeWhateverTheOrderOfEachCall() {
        set("list-ties-shuffled", "true");
        options.put("read-by", "list");
        for (int each = 1; each <= 1400; each++) {
            customer("c%04d".formatted(each));
        }
        clock.advance(Duration.ofSeconds(1));
        customer("later");
        clock.advance(Duration.ofMinutes(1));
        List<String> rows = driver.rows(ready(window()).parts().get(0));
        assertThat(rows.stream().distinct()).hasSize(1401);
    }

    @Test
    void moreAtOneTimeThanTheListShowsAreRefused() {
        options.put("read-by", "list");
        for (int each = 1; each <= 2100; each++) {
            customer("c%04d".formatted(each));
        }
        clock.advance(Duration.ofMinutes(1));
        ExportPart part = ready(window()).parts().get(0);
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.rows(part))
                .withMessage("more customers changed at 2026-03-02T12:00:00Z than Rebilly's list shows. Load this"
                        + " window by exports, with tidemark.streams.people.export.read-by=export");
    }

    @Test
    void aListThatDoesNotKeepToTheRangeIsRefusedAndDoesNotGoRoundInCircles() {
        set("list-by-time", "ignored");
        options.put("read-by", "list");
        for (int each = 1; each <= 150; each++) {
            customer("c%03d".formatted(each));
            clock.advance(Duration.ofSeconds(1));
        }
        ExportRequest whole = new ExportRequest(START, clock.instant(), List.of(), false);
        ExportPart part = ready(whole).parts().get(0);
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.rows(part))
                .withMessage("Rebilly listed a customer that changed at 2026-03-02T12:00:00Z although it was asked for"
                        + " updatedTime:2026-03-02T12:01:39Z..2026-03-02T12:02:30Z in ascending order: its list does"
                        + " not keep to that, so that customers may be missing. Load this window by exports, with"
                        + " tidemark.streams.people.export.read-by=export");
    }

    @ParameterizedTest
    @CsvSource({"not a list", "17", "[17]", "''"})
    void aListThatCannotBeReadProvesNothingAboutAnExport(String body) {
        customer("1");
        Requested requested = driver.hold(export().request(window()));
        sandbox.faults()
                .next(
                        "GET /organizations/*/customers",
                        Fault.status(200).body("text/plain", body).header("Pagination-Total", "99"));
        assertThat(statuses(requested, 4)).last().isEqualTo("Ready");
        assertThat(sandbox.faults().left()).isZero();
    }

    @Test
    void whoChangesWhileTheListIsReadIsInThisWindowOrTheNext() {
        options.put("read-by", "list");
        for (int each = 1; each <= 150; each++) {
            customer("c%03d".formatted(each));
        }
        clock.advance(Duration.ofMinutes(2));
        sandbox.faults().meanwhile("GET /*", true, () -> {
            sandbox.edit("customers", "c001", Map.of("primaryAddress/city", "later"));
            sandbox.edit("customers", "c010", Map.of("primaryAddress/city", "later"));
        });
        List<String> rows = driver.rows(ready(window()).parts().get(0));
        assertThat(rows.stream().map(row -> row.substring(0, 4)).distinct()).hasSize(150);
    }

    @Test
    void customersAreReadBackOneByOneAndWhoIsGoneIsMissing() {
        customer("1");
        customer("2");
        customer("3");
        sandbox.merge("2", "3");
        ExportRequest keys = new ExportRequest(START, START.plusSeconds(1), List.of("1", "2", "3"), false);
        Requested requested = driver.hold(export().request(keys));
        assertThat(requested.jobId()).isEqualTo("pages");
        JobStatus.Ready ready = (JobStatus.Ready) driver.hold(export().status("pages", keys));
        assertThat(driver.rows(ready.parts().get(0)))
                .containsExactly("1|2026-03-02T12:00:00Z|1|1@example.org|", "3|2026-03-02T12:00:00Z|2|3@example.org|");
        assertThat(sandbox.exports()).isZero();
    }

    @Test
    void otherResourcesAreReadBackByAnExportOfTheirIds() {
        String one = sandbox.put("invoices", Map.of("status", "paid"));
        sandbox.put("invoices", Map.of("status", "paid"));
        options.put("fields", "status");
        Export invoices = source.export(spec("invoices"));
        ExportRequest keys = new ExportRequest(START, START.plusSeconds(1), List.of(one), false);
        Requested requested = driver.hold(invoices.request(keys));
        JobStatus status = driver.hold(invoices.status(requested.jobId(), keys));
        while (status instanceof JobStatus.Running) {
            status = driver.hold(invoices.status(requested.jobId(), keys));
        }
        assertThat(text((JobStatus.Ready) status))
                .isEqualTo("id,updatedTime,revision,status\n" + one + ",2026-03-02T12:00:00Z,1,paid\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transactions",
                "subscriptions",
                "invoices",
                "invoiceItems",
                "amlChecks",
                "disputes",
                "journalRecords",
                "payoutRequests",
                "payoutRequestAllocations",
                "users"
            })
    void everyResourceCanBeExportedWithItsUsualFields(String resource) {
        options.remove("fields");
        Export exports = source.export(spec(resource));
        Shape shape = driver.hold(exports.shape());
        assertThat(shape.key()).containsExactly("id");
        Requested requested = driver.hold(exports.request(window()));
        JobStatus status = driver.hold(exports.status(requested.jobId(), window()));
        while (status instanceof JobStatus.Running) {
            status = driver.hold(exports.status(requested.jobId(), window()));
        }
        assertThat(text((JobStatus.Ready) status).strip().split(",", -1))
                .containsExactly(
                        shape.fields().stream().map(field -> field.name()).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "pending"})
    void aRecurringExportIsMadeOnceAndItsNewerFilesAreLoaded(String between) {
        set("recurring-state", between);
        options.put("recurring-instruction", "FREQ=HOURLY");
        Requested first = driver.hold(export().request(window()));
        for (int poll = 0; poll < 4; poll++) {
            assertThat(driver.hold(export().status(first.jobId(), window()))).isInstanceOf(JobStatus.Ready.class);
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(((JobStatus.Ready) driver.hold(export().status(first.jobId(), window()))).parts())
                .hasSize(1);
        customer("1");
        ExportRequest next = new ExportRequest(START.plusSeconds(30), START.plusSeconds(60), List.of(), false);
        assertThat(driver.hold(export().request(next)).jobId()).isEqualTo(first.jobId());
        assertThat(((JobStatus.Ready) driver.hold(export().status(first.jobId(), next))).parts())
                .isEmpty();
        clock.advance(Duration.ofHours(1));
        JobStatus.Ready newer = (JobStatus.Ready) driver.hold(export().status(first.jobId(), next));
        assertThat(text(newer)).contains("\n1,");
        assertThat(newer.records()).hasValue(1);
        assertThat(sandbox.exports()).isEqualTo(1);
    }

    @Test
    void aRecurringExportOfSomebodyElsesIsFollowedByItsId() {
        options.put("recurring-instruction", "FREQ=HOURLY");
        String id = driver.hold(export().request(window())).jobId();
        options.remove("recurring-instruction");
        options.put("follow", id);
        customer("1");
        for (int poll = 0; poll < 4; poll++) {
            driver.hold(export().status(id, window()));
        }
        assertThat(text((JobStatus.Ready) driver.hold(export().status(id, window()))))
                .contains("\n1,");
        assertThat(export().finished(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"utc,2026-03-02T02:00:00Z,''", "organisation,2026-03-02T02:00:00Z,1"})
    void relativeDatesAreSentAsTheyAreAndReadInTheVendorsZone(String zone, String now, String expected) {
        set("relative-zone", zone);
        clock.set(Instant.parse("2026-03-01T20:00:00Z"));
        customer("1");
        clock.set(Instant.parse(now));
        options.putAll(Map.of("date-range-start", "today", "date-range-end", "now"));
        assertThat(text(ready(window())).contains("\n1,")).isEqualTo(!expected.isEmpty());
    }

    @Test
    void fieldsThatAResourceHasNotAreRefusedByTheirNames() {
        options.put("fields", "email,shoeSize");
        assertThat(driver.hold(export().shape()).notes())
                .anyMatch(note -> note.contains("not documented for customers, read as text: shoeSize"));
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.hold(export().request(window())))
                .withMessage(
                        "Rebilly does not export shoeSize of customers (422: fields.4 is not a field of customers)."
                                + " Leave them out: set tidemark.streams.people.export.fields or"
                                + " tidemark.streams.people.export.always-fields");
    }

    @Test
    void customFieldsComeWithTheirTypesAndUnknownOnesAreRefused() {
        options.put("fields", "customFields/vip,customFields/visits,customFields/birthday,customFields/budget");
        assertThat(driver.hold(export().shape()).fields())
                .extracting(field -> field.name() + " " + field.type())
                .contains(
                        "customFields/vip BOOLEAN",
                        "customFields/visits INTEGER",
                        "customFields/birthday DATE",
                        "customFields/budget TEXT");
        options.put("fields", "customFields/visit");
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> driver.hold(export().shape()))
                .withMessageContaining("customFields/visit, which is not defined at Rebilly; did you mean visits");
    }

    @Test
    void aBrokenProxyIsTriedAgainLater() {
        sandbox.faults().next("GET /*", Fault.html(200));
        assertThatExceptionOfType(ApiException.RetryLater.class)
                .isThrownBy(() -> driver.hold(export().request(window())));
        sandbox.faults().next("GET /*", Fault.status(503).retryAfterSeconds(7));
        assertThatExceptionOfType(ApiException.RetryLater.class)
                .isThrownBy(() -> driver.hold(export().request(window())))
                .satisfies(later -> assertThat(later.delay()).hasValue(Duration.ofSeconds(7)));
    }

    private void customer(String id) {
        sandbox.put("customers", Map.of("id", id, "email", id + "@example.org"));
    }

    private void set(String name, String value) {
        sandbox.switches().set(Map.of(name, value));
    }

    private Source source(String prefix) {
        return new Rebilly()
                .open(Map.of(
                        "api-key", sandbox.user().key(),
                        "organization-id", sandbox.user().organizationId(),
                        "path-prefix", prefix));
    }

    private ExportSpec spec(String resource) {
        return new ExportSpec("people", resource, List.of(), options, false, Optional.empty());
    }

    private Export export() {
        return source.export(spec("customers"));
    }

    /** The last hour up to now. */
    private ExportRequest window() {
        return new ExportRequest(clock.instant().minusSeconds(3600), clock.instant(), List.of(), false);
    }

    private List<String> statuses(Requested requested, int polls) {
        var words = new ArrayList<String>();
        for (int poll = 0; poll < polls; poll++) {
            words.add(driver.hold(export().status(requested.jobId(), window()))
                    .getClass()
                    .getSimpleName());
        }
        return words;
    }

    private JobStatus last(ExportRequest request) {
        return last(driver.hold(export().request(request)), request);
    }

    private JobStatus last(Requested requested) {
        return last(requested, window());
    }

    private JobStatus last(Requested requested, ExportRequest request) {
        JobStatus status = driver.hold(export().status(requested.jobId(), request));
        for (int poll = 0; poll < 4 && status instanceof JobStatus.Running; poll++) {
            status = driver.hold(export().status(requested.jobId(), request));
        }
        return status;
    }

    private JobStatus.Ready ready(ExportRequest request) {
        return (JobStatus.Ready) last(request);
    }

    private String text(JobStatus.Ready ready) {
        return driver.download(ready.parts().get(0));
    }
}
