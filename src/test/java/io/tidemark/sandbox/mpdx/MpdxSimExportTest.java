package io.tidemark.sandbox.mpdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MpdxSimExportTest {
    private static final String ADA = "0c000000-0000-4000-8000-0000000000a1";
    private static final String ALL = "{\"filter\":{\"status\":\"active,hidden,null\"}}";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T08:00:00Z"));
    private final MpdxSandbox sandbox =
            MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock).data(1, 0));
    private final MpdxCaller caller = new MpdxCaller(sandbox);

    @BeforeEach
    void fill() {
        sandbox.put(
                "contacts",
                ADA,
                ApiUser.FIRST_LIST,
                Map.of(
                        "name", "Example, Ada",
                        "greeting", "Ada",
                        "envelope_greeting", "Ada Example",
                        "status", "Partner - Pray",
                        "pledge_amount", "25.0",
                        "pledge_currency", "USD",
                        "pledge_frequency", "1.0",
                        "send_newsletter", "Both",
                        "tag_list", "north,vip"));
        sandbox.put(
                "addresses",
                ADA,
                Map.of(
                        "street", "1 Sample St\nFlat 2",
                        "city", "Sampleton",
                        "state", "IL",
                        "postal_code", "60000",
                        "country", "United States",
                        "primary_mailing_address", "true"));
        String person = sandbox.put("people", ADA, Map.of("first_name", "Ada", "last_name", "Example"));
        sandbox.put("email_addresses", person, Map.of("email", "ada@example.org", "primary", "true"));
        sandbox.put("phone_numbers", person, Map.of("number", "5550100123", "primary", "true"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theFileHasTheHeaderQuotedAndRowsWhereNeeded() throws IOException {
        HttpResponse<String> file = caller.get("/contacts/exports/" + create(ALL) + ".csv");
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv");
        assertThat(file.headers().firstValue("Content-Disposition").orElse("")).contains("contacts-20260302.csv");
        assertThat(file.body()).startsWith("\"Contact Name\",\"First Name\",");
        assertThat(file.body()).endsWith("""
                "Example, Ada",Ada,Example,,Ada,Ada Example,"1 Sample St
                Flat 2",Sampleton,IL,60000,,Partner - Pray,25.0,USD,Monthly,Both,No,"north,vip",ada@example.org,,,,5550100123,,,

                """);
    }

    @ParameterizedTest
    @CsvSource({
        "true,  true,  false, 200, 403",
        "true,  true,  true,  403, 403",
        "true,  false, true,  200, 403",
        "false, true,  true,  200, 200",
    })
    void anExportMayBeGoodForOneLookOnly(boolean once, boolean documentCounts, boolean look, int first, int second)
            throws IOException {
        sandbox.switches().set(Doubts.ONE_SHOT, once).set(Doubts.JSON_COUNTS, documentCounts);
        String export = "/contacts/exports/" + create(ALL);
        if (look) {
            assertThat(caller.get(export).statusCode()).isEqualTo(200);
        }
        assertThat(caller.get(export + ".csv").statusCode()).isEqualTo(first);
        assertThat(caller.get(export + ".csv").statusCode()).isEqualTo(second);
    }

    @Test
    void aBrokenDownloadUsesTheExportUp() throws IOException {
        String export = "/contacts/exports/" + create(ALL) + ".csv";
        sandbox.faults().next("GET /api/v2/contacts/exports/*", Fault.cutBody(20));
        assertThatIOException().isThrownBy(() -> caller.get(export));
        assertThat(caller.get(export).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            OBJECT_ONLY | {"filter":{"status":"active"}}         | 200
            OBJECT_ONLY | {"filter":"{\\"status\\":\\"active\\"}"} | 500
            BOTH        | {"filter":{"status":"active"}}         | 200
            BOTH        | {"filter":"{\\"status\\":\\"active\\"}"} | 200
            STRING_ONLY | {"filter":{"status":"active"}}         | 500
            STRING_ONLY | {"filter":"{\\"status\\":\\"active\\"}"} | 200
            """)
    void aFilterIsAnObjectOrAText(Doubts.FilterForm form, String params, int status) throws IOException {
        sandbox.switches().set(Doubts.FILTER, form);
        assertThat(caller.get("/contacts/exports/" + create(params) + ".csv").statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"INSIDE_GET, 200, 200", "ACCEPTED_UNTIL_READY, 202, 200", "NOT_FOUND_UNTIL_READY, 404, 200"})
    void theFileMayBeMadeLater(Doubts.FileBuild build, int first, int third) throws IOException {
        sandbox.switches().set(Doubts.FILE_BUILD, build).set(Doubts.ONE_SHOT, false);
        String export = "/contacts/exports/" + create(ALL) + ".csv";
        assertThat(caller.get(export).statusCode()).isEqualTo(first);
        caller.get(export);
        assertThat(caller.get(export).statusCode()).isEqualTo(third);
    }

    @ParameterizedTest
    @CsvSource({"CONTACTS, Contacts", "CONTACTS_EXPORT, Contacts Export"})
    void theTypeOfAnExportIsSpelledTwoWays(Doubts.ExportType type, String shown) throws IOException {
        sandbox.switches().set(Doubts.EXPORT_TYPE, type);
        JsonNode data = MpdxCaller.json(post("/contacts/exports", ALL)).path("data");
        assertThat(data.path("attributes").path("type").asText()).isEqualTo(shown);
        assertThat(data.path("attributes").path("params").toString()).isEqualTo(ALL);
        assertThat(data.path("relationships")
                        .path("user")
                        .path("data")
                        .path("type")
                        .asText())
                .isEqualTo("users");
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSLATED, en-US, '\"Contact Name\",\"First Name\"', Monthly",
        "TRANSLATED, de,    '\"Kontakt\",\"Vorname\"', Monatlich",
        "TRANSLATED, '',    '\"Kontakt\",\"Vorname\"', Monatlich",
        "ENGLISH,    de,    '\"Contact Name\",\"First Name\"', Monthly",
        "WITH_ID,    en-US, '\"Contact ID\",\"Contact Name\"', Monthly",
    })
    void theHeaderIsInALanguageOrHasAnId(Doubts.Header header, String language, String start, String frequency)
            throws IOException {
        sandbox.switches().set(Doubts.HEADER, header).set(Doubts.USER_LOCALE, "de");
        var request = caller.signed("/contacts/exports/" + create(ALL) + ".csv");
        HttpResponse<String> file =
                caller.send(language.isEmpty() ? request : request.header("Accept-Language", language));
        assertThat(file.body()).startsWith(start).contains(frequency);
    }

    @ParameterizedTest
    @EnumSource(Doubts.UnsetFrequency.class)
    void anUnsetFrequencyIsMonthlyOrBlank(Doubts.UnsetFrequency unset) throws IOException {
        sandbox.switches().set(Doubts.UNSET_FREQUENCY, unset);
        sandbox.edit("contacts", ADA, Map.of("pledge_frequency", ""));
        assertThat(caller.get("/contacts/exports/" + create(ALL) + ".csv").body())
                .contains(unset == Doubts.UnsetFrequency.MONTHLY ? "USD,Monthly,Both" : "USD,,Both");
    }

    @Test
    void aContactWithoutALivingPersonInFrontIsLeftOutAndASpouseMovesUp() throws IOException {
        sandbox.put("contacts", ApiUser.FIRST_LIST, Map.of("name", "Nobody"));
        String dead = sandbox.put("contacts", ApiUser.FIRST_LIST, Map.of("name", "Dead"));
        sandbox.put("people", dead, Map.of("first_name", "Zoe", "deceased", "true"));
        String widowed = sandbox.put("contacts", ApiUser.FIRST_LIST, Map.of("name", "Widowed"));
        sandbox.put("people", widowed, Map.of("first_name", "Una", "deceased", "true"));
        sandbox.put("people", widowed, Map.of("first_name", "Val", "last_name", "Widowed"));
        String file = caller.get("/contacts/exports/" + create(ALL) + ".csv").body();
        assertThat(file).doesNotContain("Nobody", "Dead", "Una").contains("Widowed,Val,Widowed,,");
    }

    @Test
    void historicOnesNeverFillTheOtherColumns() throws IOException {
        String person = sandbox.children("people", ADA).get(0);
        sandbox.put("email_addresses", person, Map.of("email", "old@example.org", "historic", "true"));
        sandbox.put("email_addresses", person, Map.of("email", "other@example.org"));
        assertThat(caller.get("/contacts/exports/" + create(ALL) + ".csv").body())
                .contains("ada@example.org,,other@example.org,")
                .doesNotContain("old@example.org");
    }

    @Test
    void aWorkbookHoldsTheSameTable() throws IOException {
        HttpResponse<byte[]> file = caller.bytes(caller.signed("/contacts/exports/" + create(ALL) + ".xlsx"));
        Map<String, String> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(parts).containsKeys("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml");
        assertThat(parts.get("xl/sharedStrings.xml")).contains("Contact Name", "1 Sample St\nFlat 2");
        assertThat(parts.get("xl/worksheets/sheet1.xml"))
                .contains("<c r=\"A2\" t=\"s\">", "<c r=\"M2\"><v>25.0</v></c>", "r=\"Z1\"")
                .doesNotContain("r=\"D2\"");
    }

    @Test
    void oneStepAndMailingExportsAndATokenInTheAddress() throws IOException {
        assertThat(caller.get("/contacts/exports.csv?filter[status]=hidden")
                        .body()
                        .lines())
                .filteredOn(line -> !line.isEmpty())
                .hasSize(1);
        assertThat(caller.send(caller.to("/contacts/exports.csv?access_token=" + sandbox.token()))
                        .body())
                .contains("Example, Ada");
        HttpResponse<String> made = post("/contacts/exports/mailing", ALL);
        JsonNode data = MpdxCaller.json(made).path("data");
        assertThat(data.path("attributes").path("type").asText()).isEqualTo("Contacts Mailing");
        String mailing = caller.get(
                        "/contacts/exports/mailing/" + data.path("id").asText() + ".csv")
                .body();
        assertThat(mailing).startsWith("\"Contact Name\",\"Greeting\"").contains("\"Ada Example\n1 Sample St");
    }

    @Test
    void exportsTakeAnyMediaTypeAndBelongToWhoMadeThem() throws IOException {
        HttpResponse<String> made = caller.send(caller.signed("/contacts/exports")
                .header("Accept", "text/html")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"data\":{\"type\":\"export_logs\",\"attributes\":{}}}")));
        assertThat(made.statusCode()).isEqualTo(201);
        String id = MpdxCaller.json(made).path("data").path("id").asText();
        String others = sandbox.token(ApiUser.SOMEBODY_ELSE, clock.instant().plus(Duration.ofDays(1)));
        assertThat(caller.send(caller.to("/contacts/exports/" + id + ".csv?access_token=" + others))
                        .statusCode())
                .isEqualTo(403);
        assertThat(caller.get("/contacts/exports/nothing.csv").statusCode()).isEqualTo(404);
        sandbox.withdraw(sandbox.token());
        assertThat(caller.get("/contacts/exports/" + id + ".csv").statusCode()).isEqualTo(401);
    }

    @Test
    void sampleDataHasTheOdditiesOfRealOnes() throws IOException {
        try (MpdxSandbox filled = MpdxSandbox.start()) {
            assertThat(filled.keys("contacts")).hasSize(20);
            assertThat(Sandbox.configuration(filled, "ours"))
                    .contains(
                            "tidemark.sources.ours.system=mpdx",
                            "tidemark.sources.ours.token=" + filled.token(),
                            "tidemark.sources.ours.account-list-id=" + ApiUser.FIRST_LIST);
            String file = new MpdxCaller(filled)
                    .get("/contacts/exports.csv?filter[status]=active,hidden,null")
                    .body();
            assertThat(file).contains("Never Ask", "Weekly", "\"north,vip\"", "Canada", "Muster Weg\nBack door");
        }
    }

    private String create(String params) throws IOException {
        HttpResponse<String> made = post("/contacts/exports", params);
        assertThat(made.statusCode()).isEqualTo(201);
        return MpdxCaller.json(made).path("data").path("id").asText();
    }

    private HttpResponse<String> post(String path, String params) throws IOException {
        return caller.call(
                "POST", path, "{\"data\":{\"type\":\"export_logs\",\"attributes\":{\"params\":" + params + "}}}");
    }
}
