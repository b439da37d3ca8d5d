package io.tidemark.system.mpdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Credentials;
import io.tidemark.system.Credentials.Bearer;
import io.tidemark.system.Export;
import io.tidemark.system.ExportFile;
import io.tidemark.system.ExportPages;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.JobStatus;
import io.tidemark.system.Option;
import io.tidemark.system.Requested;
import io.tidemark.system.ResourceDescription;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the adapter without anybody who answers. */
class MpdxTest {
    private static final String LIST = "0a000000-0000-4000-8000-000000000001";
    private static final String ID = "0c000000-0000-4000-8000-0000000000a1";
    private static final ExportRequest WINDOW = new ExportRequest(
            Instant.parse("2026-03-01T12:00:00Z"), Instant.parse("2026-03-02T12:00:00Z"), List.of(), false);

    private final Mpdx mpdx = new Mpdx();
    private final Source source = open(Map.of());

    @Test
    void everyOptionHasADefaultButTheTokenAndTheAccountList() {
        assertThat(mpdx.sourceOptions().stream().filter(Option::required).map(Option::name))
                .containsExactly("token", "account-list-id");
        assertThat(mpdx.sourceOptions().stream().filter(Option::secret).map(Option::name))
                .containsExactly("token");
        assertThat(mpdx.keyOf("contacts")).containsExactly("id");
        assertThat(mpdx.keyOf("exports")).isEmpty();
        assertThat(mpdx.resources()).containsExactlyInAnyOrder("contacts", "people", "exports");
    }

    @Test
    void theEndOfATokenIsReadFromIt() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"exp\":1775000000,\"user_id\":\"ü\"}".getBytes(StandardCharsets.UTF_8));
        Bearer bearer = MpdxToken.bearer("e30." + claims + ".c2lnbmF0dXJl");
        assertThat(bearer.end()).contains(Instant.ofEpochSecond(1_775_000_000L));
        assertThat(bearer.toString()).doesNotContain(claims);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b.c", "e30.e30.x", "e30.bm90IGpzb24.x", "e30.eyJleHAiOiJzb29uIn0.x", "e30..x"})
    void aTokenThatTellsNoEndIsTakenAsItIs(String token) {
        Bearer bearer = MpdxToken.bearer(token);
        assertThat(bearer.end()).isEmpty();
        assertThat(bearer.headers()).containsEntry("Authorization", "Bearer " + token);
    }

    @Test
    void descriptionsNameFieldsTypesAndTheKey() {
        ResourceDescription contacts = done(source.describe("contacts"));
        assertThat(contacts.key()).containsExactly("id");
        assertThat(contacts.fields())
                .contains(
                        new Field("pledge_amount", FieldType.NUMBER, true),
                        new Field("updated_at", FieldType.TIMESTAMP, true),
                        new Field("address/street", FieldType.TEXT, true));
        assertThat(done(source.describe("people")).fields())
                .contains(
                        new Field("birthday_year", FieldType.INTEGER, true),
                        new Field("email/address", FieldType.TEXT, true),
                        new Field("phone/number", FieldType.TEXT, true));
        assertThat(done(source.describe("exports")).fields()).hasSize(26);
        assertThat(done(source.describe("exports")).key()).isEmpty();
        assertThatThrownBy(() -> source.describe("donations"))
                .isInstanceOf(Refused.class)
                .hasMessage("MPDX has no resource donations; there are: contacts, people, exports");
    }

    @Test
    void aWindowIsAskedForInWholeSecondsWithEveryStatusOfTheAccountList() {
        ApiRequest request = firstCall("contacts", Map.of());
        assertThat(URLDecoder.decode(request.path(), StandardCharsets.UTF_8))
                .isEqualTo("/contacts?filter[account_list_id]=" + LIST
                        + "&per_page=100&filter[status]=active,hidden,null"
                        + "&filter[updated_at]=2026-03-01T12:00:00Z..2026-03-02T12:00:00Z"
                        + "&include=addresses&sort=updated_at");
        assertThat(request.path()).doesNotContain("[", ",", "+");
        assertThat(request.headers())
                .containsEntry("Accept", "application/vnd.api+json")
                .containsEntry("Accept-Language", "en-US");
    }

    @Test
    void furtherFiltersGoAlongAndPeopleHaveNoStatus() {
        assertThat(URLDecoder.decode(
                        firstCall("people", Map.of("filter", "{\"tags\":[\"a b\",\"c\"],\"any_tags\":true}"))
                                .path(),
                        StandardCharsets.UTF_8))
                .startsWith("/contacts/people?filter[account_list_id]=" + LIST + "&per_page=100&filter[")
                .contains("filter[tags][]=a b", "filter[tags][]=c", "filter[any_tags]=true")
                .contains("include=email_addresses,phone_numbers")
                .doesNotContain("status");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nonsense              | tidemark.streams.ours.export.filter must be a JSON object, such as {"tags": "north"}
            []                    | tidemark.streams.ours.export.filter must be a JSON object, such as {"tags": "north"}
            {"ids":"x"}           | tidemark.streams.ours.export.filter names ids, which the bridge sets itself. Take it out; statuses have an option of their own
            {"tags":{"a":1}}      | tidemark.streams.ours.export.filter: tags must be a text, a number, true, false or an array of them
            """)
    void aFilterThatCannotBeUsedIsRefused(String filter, String words) {
        assertThatThrownBy(() -> source.export(MpdxWire.spec("contacts", Map.of("filter", filter)))
                        .shape())
                .isInstanceOf(Refused.class)
                .hasMessage(words);
    }

    @Test
    void theShapeOfContactsMarksDeletionsThatHoldNothingElse() {
        var shape = done(source.export(MpdxWire.spec("contacts", Map.of())).shape());
        assertThat(shape.bareDeletions()).isTrue();
        assertThat(shape.deletions().get(0).deletes("true")).isTrue();
        assertThat(shape.deletions().get(0).deletes("")).isFalse();
        assertThat(shape.changeTime()).contains("updated_at");
        var people = done(source.export(MpdxWire.spec("people", Map.of())).shape());
        assertThat(people.bareDeletions()).isFalse();
        assertThat(people.notes()).singleElement().asString().contains("reconcile-schedule");
    }

    @Test
    void anExportNeedsAConfiguredKey() {
        assertThatThrownBy(
                        () -> source.export(MpdxWire.spec("exports", Map.of())).shape())
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Set tidemark.streams.ours.key")
                .hasMessageContaining("Contact Name");
        var shape = done(source.export(keyed("Contact Name")).shape());
        assertThat(shape.key()).containsExactly("Contact Name");
        assertThat(source.writing(keyed("Contact Name"))).isEmpty();
        assertThat(done(source.export(keyed("Contact ID")).shape()).notes())
                .anyMatch(note -> note.contains("the column Contact ID of the key is not among those that are known"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            object | {"filter":{"status":"active,hidden,null","account_list_id":"@","tags":"north"}}
            string | {"filter":"{\\"status\\":\\"active,hidden,null\\",\\"account_list_id\\":\\"@\\",\\"tags\\":\\"north\\"}"}
            """)
    void anExportStoresItsFilterAsAnObjectOrAText(String form, String params) {
        Export export =
                source.export(MpdxWire.spec("exports", Map.of("filter-form", form, "filter", "{\"tags\":\"north\"}")));
        var call = (Step.Call<Requested>) export.request(WINDOW);
        assertThat(call.request().method() + " " + call.request().path()).isEqualTo("POST /contacts/exports");
        assertThat(call.request().repeatable()).isFalse();
        assertThat(call.request().body())
                .isEqualTo("{\"data\":{\"type\":\"export_logs\",\"attributes\":{\"params\":" + params.replace("@", LIST)
                        + "}}}");
    }

    @Test
    void anExportMayBeOfTheWindowOnly() {
        Export export = source.export(MpdxWire.spec("exports", Map.of("changed-only", "true")));
        var call = (Step.Call<Requested>) export.request(WINDOW);
        assertThat(call.request().body()).contains("\"updated_at\":\"2026-03-01T12:00:00Z..2026-03-02T12:00:00Z\"");
    }

    @ParameterizedTest
    @CsvSource({
        "csv,  false, CSV,  /contacts/exports/",
        "xlsx, false, XLSX, /contacts/exports/",
        "csv,  true,  CSV,  /contacts/exports/mailing/",
    })
    void theFileOfAnExportIsKnownWithoutACallAndGoodForOneDownload(
            String format, String mailing, ExportFile.Format expected, String path) {
        Export export = source.export(MpdxWire.spec("exports", Map.of("format", format, "mailing", mailing)));
        var ready = (JobStatus.Ready) done(export.status(ID, WINDOW));
        ExportFile file = (ExportFile) ready.parts().get(0);
        assertThat(file.address()).hasToString(path + ID + "." + format);
        assertThat(file.format()).isEqualTo(expected);
        assertThat(file.access()).isEqualTo(ExportFile.Access.CREDENTIALS);
        assertThat(file.once()).isTrue();
        assertThat(ready.windowEnd()).isEqualTo(WINDOW.to());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bulk", "../users", "0c000000-0000-4000-8000-0000000000a1/merge", ""})
    void whatIsNoIdIsNeverPartOfAnAddress(String key) {
        assertThatThrownBy(() -> writing("contacts").read(key))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("is no id of MPDX");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            contacts | greeting     | A | MPDX creates contacts only with name
            people   | last_name    | A | MPDX creates people only with first_name and contact_id
            """)
    void whatACreationLacksIsSaid(String resource, String field, String value, String words) {
        assertThat(writing(resource).uncreatable(Map.of(field, value))).contains(words);
    }

    @Test
    void whatCannotBeWrittenIsRefusedAndNotDropped() {
        var writing = writing("people");
        var found = Optional.of(new io.tidemark.system.Present.Found(Map.of("id", ID)));
        assertThatThrownBy(() -> writing.update(ID, Map.of("updated_at", "x"), found))
                .hasMessage("MPDX cannot write updated_at");
        assertThatThrownBy(() -> writing.update(ID, Map.of("contact_id", ID), found))
                .hasMessageContaining("cannot move a person");
        var nothing = new java.util.HashMap<String, @org.jspecify.annotations.Nullable String>();
        nothing.put("first_name", null);
        assertThatThrownBy(() -> writing.update(ID, nothing, found)).hasMessage("MPDX cannot make first_name empty");
    }

    @Test
    void aVersionWithoutItsTimeIsNeverOverwritten() {
        var found = Optional.of(new io.tidemark.system.Present.Found(Map.of("id", ID)));
        assertThatThrownBy(() -> writing("contacts").update(ID, Map.of("greeting", "A"), found))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("did not tell updated_in_db_at");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"data":[{"id":"x","type":"people"}],"meta":{"pagination":{"total_count":1}}} | holds no contacts
            {"data":[]}                                                                   | holds no meta.pagination.total_count
            {"data":[],"meta":{"pagination":{"total_count":3}}}                           | holds no record, although it counts 3
            {}                                                                            | holds no data
            """)
    void anAnswerOfAnotherFormIsRefused(String body, String words) {
        assertThatThrownBy(() -> answer(body)).isInstanceOf(Refused.class).hasMessageContaining(words);
    }

    @Test
    void aRecordOutsideOfTheRangeIsNotTakenForTheWholeTruth() {
        String record = "{\"data\":[{\"id\":\"x\",\"type\":\"contacts\",\"attributes\":{\"updated_at\":\"%s\"}}],"
                + "\"meta\":{\"pagination\":{\"total_count\":\"1\"}}}";
        assertThat(answer(record.formatted("2026-03-02T12:00:00.000Z")).rows()).hasSize(1);
        assertThatThrownBy(() -> answer(record.formatted("2026-03-01T11:00:00Z")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("does not keep to the range");
    }

    private ExportPages.Page answer(String body) {
        var answer = new ApiAnswer(200, Map.of("Content-Type", "application/vnd.api+json"), body, Instant.EPOCH);
        var call = (Step.Call<ExportPages.Page>) lastPart("contacts", Map.of()).first();
        return done(call.answer(answer));
    }

    private ApiRequest firstCall(String resource, Map<String, String> parameters) {
        return ((Step.Call<ExportPages.Page>) lastPart(resource, parameters).first()).request();
    }

    private ExportPages lastPart(String resource, Map<String, String> parameters) {
        Export export = source.export(MpdxWire.spec(resource, parameters));
        assertThat(export.limits().endsItself()).isFalse();
        var ready = (JobStatus.Ready)
                done(export.status(done(export.request(WINDOW)).jobId(), WINDOW));
        return (ExportPages) ready.parts().get(ready.parts().size() - 1);
    }

    private io.tidemark.system.Writing writing(String resource) {
        return source.writing(MpdxWire.spec(resource, Map.of())).orElseThrow();
    }

    private static ExportSpec keyed(String key) {
        return new ExportSpec("ours", "exports", List.of(key), Map.of(), false, Optional.empty());
    }

    private Source open(Map<String, String> options) {
        var all = new java.util.HashMap<>(Map.of("token", "secret-canary", "account-list-id", LIST));
        all.putAll(options);
        assertThat(((Credentials.Lasting) mpdx.open(all).credentials()).headers())
                .containsEntry("Authorization", "Bearer secret-canary");
        return mpdx.open(all);
    }

    private static <T> T done(Step<T> step) {
        assertThat(step).isInstanceOf(Step.Done.class);
        return ((Step.Done<T>) step).result();
    }
}
