package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.fields;
import static io.tidemark.system.everyaction.EveryActionConversation.source;
import static io.tidemark.system.everyaction.EveryActionConversation.spec;
import static io.tidemark.system.everyaction.EveryActionConversation.withDeleted;
import static io.tidemark.system.everyaction.EveryActionConversation.withKey;
import static io.tidemark.system.everyaction.EveryActionConversation.withRule;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Requested;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryActionRequestTest {

    private static final Instant FROM = Instant.parse("2026-03-01T05:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T05:00:00Z");
    private static final ExportRequest PLAIN = new ExportRequest(FROM, null, List.of(), false);
    private static final ExportRequest WITHOUT_OWN = new ExportRequest(FROM, null, List.of(), true);
    private static final String CORE = fields("VanID:N*", "LastUpdatedOn:D*", "DateCreated:D*");
    private static final String ANSWER = "{\"exportJobId\":17,\"dateChangedFrom\":\"2026-03-01T00:00:00-05:00\"}";
    private static final String FROM_AND_RESOURCE =
            "{\"dateChangedFrom\":\"2026-03-01T05:00:00.00Z\",\"resourceType\":\"Contacts\"";

    @Test
    void aRequestReadsTheFieldsAndThenCreatesAJobThatMustNotBeRepeated() {
        var conversation = EveryActionConversation.of(CORE).then(201, ANSWER);
        conversation.hold(source().export(contacts(Map.of())).request(PLAIN));
        assertThat(conversation.lines())
                .containsExactly("GET /changedEntityExportJobs/fields/Contacts", "POST /changedEntityExportJobs");
        ApiRequest post = conversation.calls.get(1);
        assertThat(post.repeatable()).isFalse();
        assertThat(post.headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void aPropertyThatNobodySetIsNotSent() {
        assertThat(body(contacts(Map.of()), CORE, PLAIN)).isEqualTo(FROM_AND_RESOURCE + "}");
    }

    @Test
    void everyPropertyIsSentInItsOwnForm() {
        var spec = contacts(Map.of(
                "requested-ids", "5, 6,5",
                "requested-fields", "Prefix",
                "requested-custom-field-ids", "311,312",
                "file-size-kb-limit", "1000",
                "include-inactive", "true",
                "contact-mode", "1",
                "requested-activist-code-ids", "7001"));
        var request = new ExportRequest(FROM, TO, List.of("7", "6"), true);
        assertThat(body(spec, fields("VanID:N*", "Prefix:T"), request))
                .isEqualTo("{\"dateChangedFrom\":\"2026-03-01T05:00:00.00Z\","
                        + "\"dateChangedTo\":\"2026-03-02T05:00:00.00Z\",\"resourceType\":\"Contacts\","
                        + "\"requestedIds\":[5,6,7],\"requestedFields\":[\"Prefix\"],"
                        + "\"requestedCustomFieldIds\":[311,312],\"fileSizeKbLimit\":1000,\"includeInactive\":true,"
                        + "\"contactMode\":1,\"requestedActivistCodeIds\":[7001],\"excludeChangesFromSelf\":true}");
    }

    @Test
    void theBridgesOwnFieldsAreAskedForWhereTheyAreNotCore() {
        String described = fields("VanID:N", "Prefix:T", "LastUpdatedOn:D", "DateCreated:D", "DateDeleted:D");
        assertThat(body(contacts(Map.of("requested-fields", "prefix,LastUpdatedOn")), described, PLAIN))
                .isEqualTo(FROM_AND_RESOURCE
                        + ",\"requestedFields\":[\"Prefix\",\"LastUpdatedOn\",\"VanID\",\"DateCreated\"]}");
    }

    @Test
    void fieldsThatTellADeletionAreAskedForWhereDeletedRecordsAreWanted() {
        String described = fields("VanID:N*", "ChangeTypeID:N", "DateDeleted:D", "Suffix:T");
        var spec = withDeleted(contacts(Map.of()));
        assertThat(body(spec, described, PLAIN))
                .isEqualTo(FROM_AND_RESOURCE
                        + ",\"requestedFields\":[\"ChangeTypeID\",\"DateDeleted\"],\"includeInactive\":true}");
        assertThat(body(withRule(spec, new DeletionRule("suffix", Set.of())), described, PLAIN))
                .contains("\"requestedFields\":[\"Suffix\"]");
    }

    @Test
    void aRequestedFieldThatHasDisappearedIsRefusedBeforeAJobExists() {
        assertThatThrownBy(() -> EveryActionConversation.of(CORE)
                        .hold(source().export(contacts(Map.of("requested-fields", "Prefix")))
                                .request(PLAIN)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("Contacts has no field Prefix,");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, false, -", "-, true, true", "true, false, true", "false, true, false", "false, false, false"})
    void inactiveRecordsComeAsConfiguredElseAsTheStreamWants(
            @Nullable String configured, boolean withDeleted, @Nullable String sent) {
        var spec = contacts(configured == null ? Map.of() : Map.of("include-inactive", configured));
        assertThat(body(withDeleted ? withDeleted(spec) : spec, CORE, PLAIN))
                .isEqualTo(FROM_AND_RESOURCE + (sent == null ? "}" : ",\"includeInactive\":" + sent + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void ownChangesAreLeftOutWhenTheRequestSaysSoAndOnlyThen(String configured) {
        var spec = contacts(Map.of("exclude-changes-from-self", configured));
        assertThat(body(spec, CORE, PLAIN)).doesNotContain("excludeChangesFromSelf");
        assertThat(body(spec, CORE, WITHOUT_OWN)).contains("\"excludeChangesFromSelf\":true");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-02-01T00:00:00Z, -, -, 2026-03-01T05:00:00.00Z, -",
                "2026-03-01T12:00:00+01:00, -, -, 2026-03-01T11:00:00.00Z, -",
                "-, 2026-03-01T12:00:00Z, -, 2026-03-01T05:00:00.00Z, 2026-03-01T12:00:00.00Z",
                "-, 2026-03-01T12:00:00Z, 2026-03-02T05:00:00Z, 2026-03-01T05:00:00.00Z, 2026-03-01T12:00:00.00Z",
                "-, 2026-03-09T12:00:00Z, 2026-03-02T05:00:00Z, 2026-03-01T05:00:00.00Z, 2026-03-02T05:00:00.00Z"
            })
    void aWindowStaysWithinTheConfiguredTimes(
            @Nullable String first, @Nullable String last, @Nullable Instant to, String from, @Nullable String end) {
        var parameters = new HashMap<String, String>();
        if (first != null) {
            parameters.put("date-changed-from", first);
        }
        if (last != null) {
            parameters.put("date-changed-to", last);
        }
        assertThat(body(contacts(parameters), CORE, new ExportRequest(FROM, to, List.of(), false)))
                .isEqualTo("{\"dateChangedFrom\":\"" + from + "\","
                        + (end == null ? "" : "\"dateChangedTo\":\"" + end + "\",")
                        + "\"resourceType\":\"Contacts\"}");
    }

    @Test
    void aWindowThatTheConfiguredTimesLeaveEmptyIsRefused() {
        assertThatThrownBy(() -> body(contacts(Map.of("date-changed-to", "2026-03-01T05:00:00Z")), CORE, PLAIN))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "the window from 2026-03-01T05:00:00Z to 2026-03-01T05:00:00Z is empty: date-changed-from or"
                                + " date-changed-to leaves nothing to export. Change it, or pause the stream");
    }

    @Test
    void recordsAskedForByKeyComeWhateverTheConfiguredTimes() {
        var spec = contacts(
                Map.of("date-changed-from", "2026-03-01T06:00:00Z", "date-changed-to", "2026-02-01T05:00:00Z"));
        assertThat(body(spec, CORE, new ExportRequest(FROM, TO, List.of("2147483647"), false)))
                .isEqualTo("{\"dateChangedFrom\":\"2026-03-01T05:00:00.00Z\","
                        + "\"dateChangedTo\":\"2026-03-02T05:00:00.00Z\",\"resourceType\":\"Contacts\","
                        + "\"requestedIds\":[2147483647]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "a", "1.5", ""})
    void aKeyThatIsNoIdIsRefused(String key) {
        assertThatThrownBy(() -> body(contacts(Map.of()), CORE, new ExportRequest(FROM, TO, List.of(key), false)))
                .isInstanceOf(Refused.class)
                .hasMessage("the key \"" + key
                        + "\" cannot be asked for: EveryAction takes whole numbers up to 2147483647");
    }

    @Test
    void anAcceptedRequestHasItsIdAndTheEndOfItsWindow() {
        assertThat(requested(
                        Map.of(),
                        PLAIN,
                        "{\"exportJobId\":3000000017,\"jobStatus\":\"Pending\","
                                + "\"dateChangedFrom\":\"2026-03-01T00:00:00-05:00\","
                                + "\"dateChangedTo\":\"2026-03-02T07:30:00.1234567-05:00\",\"files\":[]}"))
                .isEqualTo(
                        new Requested("3000000017", Instant.parse("2026-03-02T12:30:00.123456700Z"), false, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"dateChangedTo\":null", ",\"dateChangedTo\":\"later\""})
    void anEndThatTheVendorHasNotSaidIsNone(String rest) {
        assertThat(requested(Map.of(), PLAIN, ANSWER.replace("}", rest + "}")).windowEnd())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3000000017", "\"3000000017\"", "{\"ExportJobID\":\"3000000017\"}"})
    void anIdMayComeAloneOrAsAString(String body) {
        assertThat(requested(Map.of(), PLAIN, body).jobId()).isEqualTo("3000000017");
    }

    @Test
    void anIdAloneConfirmsNothing() {
        assertThat(requested(Map.of("contact-mode", "1"), WITHOUT_OWN, "17"))
                .isEqualTo(new Requested(
                        "17",
                        null,
                        true,
                        List.of("EveryAction answered with the job's id alone and confirmed nothing that was asked"
                                + " for")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"exportJobId\":null}", "[]", "\"ok\"", "1.5", "null"})
    void anAnswerWithoutAnIdIsRefused(String body) {
        assertThatThrownBy(() -> requested(Map.of(), PLAIN, body))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction answered POST /changedEntityExportJobs with JSON that holds no exportJobId");
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "',\"excludeChangesFromSelf\":null', true",
        "',\"excludeChangesFromSelf\":false', true",
        "',\"excludeChangesFromSelf\":\"no\"', true",
        "',\"excludeChangesFromSelf\":true', false",
        "',\"excludeChangesFromSelf\":\"True\"', false",
        "',\"EXCLUDEchangesFROMself\":\"true\"', false"
    })
    void selfExclusionIsRefusedUnlessTheAnswerSaysTrue(String echo, boolean refused) {
        assertThat(requested(Map.of(), WITHOUT_OWN, ANSWER.replace("}", echo + "}"))
                        .selfExclusionRefused())
                .isEqualTo(refused);
    }

    @Test
    void selfExclusionThatNobodyAskedForIsNotRefused() {
        assertThat(requested(Map.of(), PLAIN, ANSWER).selfExclusionRefused()).isFalse();
    }

    @Test
    void propertiesThatDoNotComeBackAreNoted() {
        Map<String, String> parameters = Map.of("include-inactive", "true", "contact-mode", "2", "requested-ids", "5");
        assertThat(requested(parameters, PLAIN, "{\"exportJobId\":17}").notes())
                .containsExactly(
                        "dateChangedFrom was asked for as 2026-03-01T05:00:00.00Z, but EveryAction did not confirm it",
                        "includeInactive was asked for as true, but EveryAction did not confirm it",
                        "contactMode was asked for as 2, but EveryAction did not confirm it");
    }

    @Test
    void propertiesThatComeBackDifferentAreNoted() {
        Map<String, String> parameters = Map.of("include-inactive", "true", "contact-mode", "2");
        assertThat(requested(
                                parameters,
                                PLAIN,
                                "{\"exportJobId\":17,\"dateChangedFrom\":\"2026-03-01T00:00:00-04:00\","
                                        + "\"includeInactive\":\"False\",\"contactMode\":\"3\"}")
                        .notes())
                .containsExactly(
                        "dateChangedFrom was asked for as 2026-03-01T05:00:00.00Z, but EveryAction answered"
                                + " 2026-03-01T04:00:00.00Z",
                        "includeInactive was asked for as true, but EveryAction answered false",
                        "contactMode was asked for as 2, but EveryAction answered 3");
    }

    @Test
    void propertiesThatComeBackInAnotherFormAreConfirmed() {
        Map<String, String> parameters = Map.of("include-inactive", "true", "contact-mode", "2");
        assertThat(requested(
                                parameters,
                                PLAIN,
                                ANSWER.replace("}", ",\"includeInactive\":\"TRUE\",\"contactMode\":\"2\"}"))
                        .notes())
                .isEmpty();
    }

    @Test
    void aVendorThatIsBusyIsAskedAgain() {
        var conversation = EveryActionConversation.of(CORE).then(503, "");
        assertThatThrownBy(() ->
                        conversation.hold(source().export(contacts(Map.of())).request(PLAIN)))
                .isInstanceOf(RetryLater.class)
                .hasMessage("EveryAction cannot answer POST /changedEntityExportJobs now (503)");
    }

    @Test
    void aConfiguredKeyIsAskedForToo() {
        assertThat(body(withKey(contacts(Map.of()), "Suffix"), fields("VanID:N*", "Suffix:T"), PLAIN))
                .isEqualTo(FROM_AND_RESOURCE + ",\"requestedFields\":[\"Suffix\"]}");
    }

    private static ExportSpec contacts(Map<String, String> parameters) {
        return spec("Contacts", parameters);
    }

    private static String body(ExportSpec spec, String fields, ExportRequest request) {
        var conversation = EveryActionConversation.of(fields).then(201, ANSWER);
        conversation.hold(source().export(spec).request(request));
        return requireNonNull(conversation.calls.get(1).body());
    }

    private static Requested requested(Map<String, String> parameters, ExportRequest request, String answer) {
        return EveryActionConversation.of(CORE)
                .then(201, answer)
                .hold(source().export(contacts(parameters)).request(request));
    }
}
