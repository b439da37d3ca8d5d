package io.tidemark.system.rebilly;

import static io.tidemark.system.rebilly.RebillyConversation.FROM;
import static io.tidemark.system.rebilly.RebillyConversation.WINDOW;
import static io.tidemark.system.rebilly.RebillyConversation.export;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.system.ApiException;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Requested;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RebillyRequestTest {
    private static final String LIST =
            "GET /organizations/org_1/experimental/data-exports?limit=100&offset=0&sort=-createdTime";
    private static final String CREATED = "{\"id\":\"exp_1\",\"status\":\"pending\"}";

    @Test
    void asksForTheWindowByTheTimeOfTheChange() throws JsonProcessingException {
        var conversation = RebillyConversation.of("[]").then(201, CREATED);
        Requested requested = conversation.hold(
                export("users", Map.of("fields", "email,firstName")).request(WINDOW));
        assertThat(conversation.lines()).containsExactly(LIST, "POST /organizations/org_1/experimental/data-exports");
        assertThat(conversation.calls.get(1).repeatable()).isFalse();
        JsonNode body = json(conversation.lastBody());
        assertThat(body.path("name").asText()).matches("tidemark people [0-9a-f]{16}");
        assertThat(body.path("fields").toString()).isEqualTo("[\"id\",\"updatedTime\",\"email\",\"firstName\"]");
        assertThat(body.path("dateRange").toString())
                .isEqualTo("{\"start\":\"2026-03-02T11:00:00Z\",\"end\":\"2026-03-02T12:00:00Z\","
                        + "\"field\":\"updatedTime\"}");
        assertThat(body.path("format").asText()).isEqualTo("csv");
        assertThat(body.has("arguments")).isFalse();
        assertThat(body.has("emailNotification")).isFalse();
        assertThat(body.has("recurring")).isFalse();
        assertThat(requested.jobId()).isEqualTo("exp_1");
        assertThat(requested.windowEnd()).isEqualTo(WINDOW.to());
    }

    @Test
    void everyAttributeOfADataExportCanBeConfigured() throws JsonProcessingException {
        var conversation = RebillyConversation.of("[]").then(201, CREATED);
        conversation.hold(export(
                        "transactions",
                        Map.ofEntries(
                                Map.entry("name", "nightly"),
                                Map.entry("format", "json"),
                                Map.entry("filter", "status:completed,pending;amount:5.."),
                                Map.entry("sort", "-amount"),
                                Map.entry("q", "ada"),
                                Map.entry("fields", "amount, result"),
                                Map.entry("always-fields", "id"),
                                Map.entry("email-notification", "a@b.org,c@d.org"),
                                Map.entry("date-range-start", "first day of last month midnight"),
                                Map.entry("date-range-end", "now"),
                                Map.entry("date-range-field", "processedTime")))
                .request(WINDOW));
        JsonNode body = json(conversation.lastBody());
        assertThat(body.path("name").asText()).startsWith("nightly ");
        assertThat(body.path("format").asText()).isEqualTo("json");
        assertThat(body.path("arguments").toString())
                .isEqualTo("{\"filter\":\"status:completed,pending;amount:5..\",\"q\":\"ada\",\"sort\":\"-amount\"}");
        assertThat(body.path("fields").toString()).isEqualTo("[\"id\",\"amount\",\"result\"]");
        assertThat(body.path("emailNotification").toString()).isEqualTo("[\"a@b.org\",\"c@d.org\"]");
        assertThat(body.path("dateRange").toString())
                .isEqualTo("{\"start\":\"first day of last month midnight\",\"end\":\"now\","
                        + "\"field\":\"processedTime\"}");
    }

    @Test
    void withoutFieldsAsksForThoseThatTheBridgeKnowsAndForNoWriteOnlyOne() throws JsonProcessingException {
        var conversation = RebillyConversation.of("[]").then(201, CREATED);
        conversation.hold(export("customers", Map.of()).request(WINDOW));
        assertThat(json(conversation.lastBody()).path("fields"))
                .extracting(JsonNode::asText)
                .startsWith("id", "updatedTime", "revision", "createdTime", "email", "primaryAddress/firstName")
                .doesNotContain("firstName", "lastName", "paymentToken", "leadSource");
    }

    @Test
    void anOpenWindowEndsNow() throws JsonProcessingException {
        var conversation = RebillyConversation.of("[]").then(201, CREATED);
        conversation.hold(export("users", Map.of()).request(new ExportRequest(FROM, null, List.of(), false)));
        assertThat(json(conversation.lastBody()).path("dateRange").path("end").asText())
                .isEqualTo("now");
    }

    @Test
    void recordsOfOtherResourcesAreAskedForByTheirIds() throws JsonProcessingException {
        var conversation = RebillyConversation.of("[]").then(201, CREATED);
        conversation.hold(export("invoices", Map.of("filter", "status:paid", "q", "x"))
                .request(new ExportRequest(FROM, WINDOW.to(), List.of("in_1", "in_2"), false)));
        JsonNode body = json(conversation.lastBody());
        assertThat(body.path("arguments").toString()).isEqualTo("{\"filter\":\"id:in_1,in_2\"}");
        assertThat(body.has("dateRange")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pending    | 2026-03-02T12:29:00Z | true
            processing | 2026-03-02T12:21:00Z | true
            processing | 2026-03-02T12:19:00Z | false
            completed  | 2026-03-02T12:29:00Z | false
            failed     | 2026-03-02T12:29:00Z | false
            """)
    void anExportWhoseAnswerWasLostIsTakenUpWhileItIsYoungAndAtWork(String status, String created, boolean takenUp)
            throws JsonProcessingException {
        var first = RebillyConversation.of("[]").then(201, CREATED);
        first.hold(export("users", Map.of()).request(WINDOW));
        String name = json(first.lastBody()).path("name").asText();
        String listed = "[{\"id\":\"exp_0\",\"name\":\"another\",\"status\":\"pending\",\"createdTime\":\"" + created
                + "\"},{\"id\":\"exp_7\",\"name\":\"" + name + "\",\"status\":\"" + status + "\",\"createdTime\":\""
                + created + "\"}]";
        var second = RebillyConversation.of(listed);
        if (!takenUp) {
            second.then(201, CREATED);
        }
        assertThat(second.hold(export("users", Map.of()).request(WINDOW)).jobId())
                .isEqualTo(takenUp ? "exp_7" : "exp_1");
    }

    @Test
    void anotherWindowHasAnotherName() throws JsonProcessingException {
        var names = new HashSet<String>();
        for (int hour = 0; hour < 3; hour++) {
            var conversation = RebillyConversation.of("[]").then(201, CREATED);
            conversation.hold(export("users", Map.of())
                    .request(new ExportRequest(FROM.minusSeconds(hour * 3600L), WINDOW.to(), List.of(), false)));
            names.add(json(conversation.lastBody()).path("name").asText());
        }
        assertThat(names).hasSize(3);
    }

    @Test
    void aListThatCannotBeHadCostsASecondExportAtMost() {
        var conversation = new RebillyConversation().then(422, "{}").then(201, CREATED);
        assertThat(conversation.hold(export("users", Map.of()).request(WINDOW)).jobId())
                .isEqualTo("exp_1");
    }

    @Test
    void aRangeFieldThatComesBackOtherwiseIsNoted() {
        var conversation =
                RebillyConversation.of("[]").then(201, "{\"id\":\"exp_1\",\"dateRange\":{\"field\":\"createdTime\"}}");
        assertThat(conversation
                        .hold(export("customers", Map.of()).request(WINDOW))
                        .notes())
                .containsExactly("the date range was asked to go by updatedTime, but Rebilly answered createdTime");
    }

    @Test
    void tooManyRecordsAskForAShorterWindow() {
        var conversation = RebillyConversation.of("[]")
                .then(
                        422,
                        "{\"type\":\"data-export-limit-exceeded\",\"matchedRecords\":12000000,\"maxRecords\":10000000}");
        assertThatExceptionOfType(ApiException.TooMuch.class)
                .isThrownBy(() -> conversation.hold(export("users", Map.of()).request(WINDOW)))
                .withMessage("Rebilly will not export 12000000 records at once, 10000000 is the most");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            customers | Set tidemark.streams.people.export.read-by=list to read them by the list call
            users     | Set tidemark.streams.people.export.date-range-field to a field it takes, such as createdTime
            """)
    void aRefusedRangeFieldSaysWhatToConfigure(String resource, String hint) {
        var conversation = RebillyConversation.of("[]")
                .then(422, "{\"invalidFields\":[{\"field\":\"dateRange.field\",\"message\":\"is not supported\"}]}");
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> conversation.hold(export(resource, Map.of()).request(WINDOW)))
                .withMessageStartingWith("Rebilly does not take updatedTime for the date range of an export of "
                        + resource + " (422: dateRange.field is not supported). " + hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            format | xml | export.format xml is not loaded: how xml names its values is not documented; use csv or json
            format | json-api | how json-api names its values is not documented
            format | pdf | a PDF is for people
            format | detailed-csv | its columns are not documented
            name | 1234567890123456789012345678901234 | has 34 characters; at most 33
            date-range-start | yesterday | and date-range-end belong together
            date-range-end | now | export.date-range-start and date-range-end belong together
            follow | no such/id | is no id of Rebilly's
            recurring-start | 2026-03-02T00:00:00Z | needs recurring-instruction
            fields | email,paymentToken | names paymentToken, which Rebilly takes and never shows
            """)
    void whatCannotBeHadIsRefusedWithItsKeyBeforeAnyCall(String option, String value, String words) {
        for (boolean shape : new boolean[] {true, false}) {
            var exports = export("customers", Map.of(option, value));
            assertThatExceptionOfType(ApiException.Refused.class)
                    .isThrownBy(() -> {
                        var step = shape ? exports.shape() : exports.request(WINDOW);
                        assertThat(step).isNull();
                    })
                    .withMessageStartingWith("tidemark.streams.people.export.")
                    .withMessageContaining(words);
        }
    }

    @Test
    void settingsThatExcludeEachOtherAreRefused() {
        assertRefused(
                "customers", Map.of("follow", "exp_1", "recurring-instruction", "FREQ=DAILY"), "exclude each other");
        assertRefused("customers", Map.of("follow", "exp_1", "read-by", "list"), "cannot be list where a recurring");
        assertRefused("users", Map.of("read-by", "list"), "can be list for customers only");
        assertRefused("users", Map.of("fields", "customFields/vip"), "users have no custom fields");
        assertRefused(
                "users",
                Map.of(
                        "recurring-instruction", "FREQ=DAILY",
                        "date-range-start", "2026-01-01T00:00:00Z",
                        "date-range-end", "now"),
                "has the same records each time");
        assertRefused(
                "customers",
                Map.of("csv-header", "last-part", "fields", "averageValue/amount,lifetimeRevenue/amount"),
                "the fields averageValue/amount and lifetimeRevenue/amount would both be headed amount");
    }

    private static void assertRefused(String resource, Map<String, String> parameters, String words) {
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> new RebillyConversation()
                        .hold(export(resource, parameters).request(WINDOW)))
                .withMessageContaining(words);
    }

    @Test
    void aRecurringExportIsMadeOnceAndFoundAgain() throws JsonProcessingException {
        var options = Map.of(
                "recurring-instruction", "FREQ=DAILY",
                "recurring-start", "2026-03-03T00:00:00Z",
                "date-range-start", "-2 days",
                "date-range-end", "now");
        var first = RebillyConversation.of("[]").then(201, CREATED);
        first.hold(export("users", options).request(WINDOW));
        JsonNode body = json(first.lastBody());
        assertThat(body.path("recurring").toString())
                .isEqualTo("{\"instruction\":\"FREQ=DAILY\",\"start\":\"2026-03-03T00:00:00Z\"}");
        assertThat(body.path("dateRange").path("start").asText()).isEqualTo("-2 days");
        var second = RebillyConversation.of("[{\"id\":\"exp_9\",\"status\":\"completed\",\"recurring\":{},\"name\":\""
                + body.path("name").asText() + "\"}]");
        assertThat(second.hold(export("users", options).request(WINDOW)).jobId())
                .isEqualTo("exp_9");
        assertThat(export("users", options).cancel("exp_9")).isEmpty();
        assertThat(export("users", options).finished("exp_9")).isEmpty();
    }

    @Test
    void whatIsFollowedOrReadByPagesIsNotAskedFor() {
        assertThat(new RebillyConversation()
                        .hold(export("users", Map.of("follow", "exp_3")).request(WINDOW)))
                .isEqualTo(new Requested("exp_3", WINDOW.to(), false, List.of()));
        assertThat(new RebillyConversation()
                        .hold(export("customers", Map.of("read-by", "list")).request(WINDOW)))
                .isEqualTo(new Requested("pages", WINDOW.to(), false, List.of()));
        JobStatus ready = new RebillyConversation()
                .hold(export("customers", Map.of("read-by", "list")).status("pages", WINDOW));
        assertThat(((JobStatus.Ready) ready).parts()).hasSize(1);
        assertThat(export("customers", Map.of()).cancel("pages")).isEmpty();
    }

    @Test
    void limitsAreNoneButThatTheBridgeEndsTheWindows() {
        var limits = export("customers", Map.of()).limits();
        assertThat(limits.endsItself()).isFalse();
        assertThat(limits.byKeys()).isTrue();
        assertThat(limits.alone()).isFalse();
        assertThat(limits.longest()).isEmpty();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
