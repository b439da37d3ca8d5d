package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.DeletionRule;
import io.tidemark.system.Export;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.Field;
import io.tidemark.system.FieldType;
import io.tidemark.system.Requested;
import io.tidemark.system.Shape;
import io.tidemark.system.Source;
import io.tidemark.system.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccountEngagementRequestTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T00:00:00Z");

    private static Source source(String... changes) {
        var options = new HashMap<>(Map.of(
                "token-url", "https://login.salesforce.com/services/oauth2/token",
                "client-id", "3MVG9app",
                "client-secret", "secret-canary",
                "business-unit-id", "0Uv000000000017CAA",
                "api-version", "5",
                "time-zone", "America/New_York"));
        for (int place = 0; place < changes.length; place += 2) {
            options.put(changes[place], changes[place + 1]);
        }
        return new AccountEngagement().open(options);
    }

    private static ExportSpec spec(String resource, boolean withDeleted, String... parameters) {
        var given = new HashMap<String, String>();
        for (int place = 0; place < parameters.length; place += 2) {
            given.put(parameters[place], parameters[place + 1]);
        }
        return new ExportSpec("people", resource, List.of(), given, withDeleted, Optional.empty());
    }

    private static ExportRequest window(Instant from, Instant to) {
        return new ExportRequest(from, to, List.of(), false);
    }

    private static ApiRequest asked(Export export, ExportRequest window) {
        return ((Step.Call<Requested>) export.request(window)).request();
    }

    private static String arguments(Export export, ExportRequest window) {
        String body = String.valueOf(asked(export, window).body());
        return body.substring(body.indexOf("\"arguments\":") + "\"arguments\":".length(), body.length() - 2);
    }

    private static String arguments(Export export) {
        return arguments(export, window(FROM, TO));
    }

    private static Shape shape(Export export) {
        return ((Step.Done<Shape>) export.shape()).result();
    }

    @Test
    void version5AsksInItsSpelling() {
        ApiRequest request =
                asked(source().export(spec("prospect", true, "fields", "email,firstName")), window(FROM, TO));
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /api/v5/exports");
        assertThat(request.body())
                .isEqualTo(
                        "{\"object\":\"prospect\",\"fields\":[\"id\",\"updatedAt\",\"isDeleted\",\"email\",\"firstName\"],"
                                + "\"procedure\":{\"name\":\"filter_by_updated_at\",\"arguments\":{"
                                + "\"updatedAfter\":\"2026-02-28T23:59:59+00:00\",\"updatedBefore\":\"2026-03-02T00:00:00+00:00\","
                                + "\"deleted\":\"all\"}}}");
        assertThat(request.repeatable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4", "3"})
    void olderVersionsAskInTheirs(String version) {
        ApiRequest request = asked(
                source("api-version", version).export(spec("prospect", true, "fields", "email,first_name")),
                window(FROM, TO));
        assertThat(request.path()).isEqualTo("/api/export/version/" + version + "/do/create?format=json");
        assertThat(request.headers()).containsEntry("Content-Type", "application/json");
        assertThat(request.body())
                .isEqualTo(
                        "{\"object\":\"prospect\",\"fields\":[\"id\",\"updated_at\",\"is_deleted\",\"email\",\"first_name\"],"
                                + "\"procedure\":{\"name\":\"filter_by_updated_at\",\"arguments\":{"
                                + "\"updated_after\":\"2026-02-28 18:59:59\",\"updated_before\":\"2026-03-01 19:00:00\","
                                + "\"deleted\":\"all\"}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "5, '',     '',    updatedAfter,  2026-02-28T23:59:59+00:00",
        "5, local,  '',    updatedAfter,  2026-02-28 18:59:59",
        "5, '',     snake, updated_after, 2026-02-28T23:59:59+00:00",
        "4, offset, '',    updated_after, 2026-02-28T23:59:59+00:00",
        "4, '',     camel, updatedAfter,  2026-02-28 18:59:59"
    })
    void spellingAndFormOfTimesCanBeSet(String version, String times, String spelling, String name, String value) {
        var changes = new ArrayList<>(List.of("api-version", version));
        if (!times.isEmpty()) {
            changes.addAll(List.of("window-times", times));
        }
        if (!spelling.isEmpty()) {
            changes.addAll(List.of("argument-spelling", spelling));
        }
        assertThat(arguments(source(changes.toArray(String[]::new)).export(spec("prospect", false))))
                .startsWith("{\"" + name + "\":\"" + value + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "externalActivity, '',               filter_by_created_at,          createdAfter",
        "externalActivity, activity,         filter_by_activity_at,         activityAfter",
        "visitorActivity,  '',               filter_by_updated_at,          updatedAfter",
        "visitorActivity,  created,          filter_by_created_at,          createdAfter",
        "listMembership,   '',               filter_by_updated_at,          updatedAfter",
        "listMembership,   created,          filter_by_created_at,          createdAfter",
        "prospect,         created,          filter_by_created_at,          createdAfter",
        "prospectAccount,  '',               filter_by_updated_at,          updatedAfter",
        "prospectAccount,  prospect-updated, filter_by_prospect_updated_at, prospectUpdatedAfter",
        "visitor,          '',               filter_by_updated_at,          updatedAfter",
        "visitor,          prospect-updated, filter_by_prospect_updated_at, prospectUpdatedAfter"
    })
    void everyObjectHasItsProcedures(String object, String procedure, String name, String argument) {
        ExportSpec spec = procedure.isEmpty() ? spec(object, false) : spec(object, false, "procedure", procedure);
        assertThat(asked(source().export(spec), window(FROM, TO)).body())
                .contains("\"procedure\":{\"name\":\"" + name + "\",\"arguments\":{\"" + argument + "\":");
    }

    @Test
    void aProcedureMayHaveAnotherName() {
        assertThat(asked(
                                source().export(spec(
                                        "externalActivity",
                                        false,
                                        "procedure",
                                        "activity",
                                        "procedure-name",
                                        "filter_by_activity_date")),
                                window(FROM, TO))
                        .body())
                .contains("\"name\":\"filter_by_activity_date\",\"arguments\":{\"activityAfter\"");
    }

    @ParameterizedTest
    @CsvSource({
        "prospect,         true,  '',    \"deleted\":\"all\"",
        "prospect,         false, '',    \"deleted\":\"false\"",
        "prospect,         true,  true,  \"deleted\":\"true\"",
        "listMembership,   true,  '',    \"deleted\":\"all\"",
        "visitor,          true,  '',    \"deleted\":\"false\"",
        "visitor,          true,  all,   \"deleted\":\"all\"",
        "prospectAccount,  true,  '',    \"deleted\":\"all\""
    })
    void deletedRecordsAreAskedForWhereTheyCanBeTold(String object, boolean wanted, String configured, String holds) {
        ExportSpec spec = configured.isEmpty() ? spec(object, wanted) : spec(object, wanted, "deleted", configured);
        assertThat(arguments(source().export(spec))).contains(holds);
    }

    @Test
    void deletionsThatDoNotExistAreNotAskedFor() {
        assertThat(arguments(source().export(spec("visitorActivity", true)))).doesNotContain("deleted");
        assertThat(arguments(source().export(
                                spec("visitor", true, "procedure", "prospect-updated", "prospect-deleted", "all"))))
                .contains("\"prospectDeleted\":\"all\"");
    }

    @ParameterizedTest
    @CsvSource({
        "5, documented, created, prospectOnly",
        "4, documented, created, prospect_only",
        "4, documented, updated, prospectOnly",
        "4, snake,      updated, prospect_only",
        "4, camel,      created, prospectOnly"
    })
    void activitiesCanBeFiltered(String version, String spelling, String procedure, String name) {
        assertThat(arguments(source("api-version", version, "prospect-only-spelling", spelling)
                        .export(spec(
                                "visitorActivity",
                                false,
                                "procedure",
                                procedure,
                                "type",
                                "1, 4",
                                "prospect-only",
                                "true"))))
                .endsWith("\"type\":[1,4],\"" + name + "\":\"true\"}");
    }

    @Test
    void configuredBoundsGoAsTheyAre() {
        assertThat(arguments(source().export(spec(
                        "prospect", false, "updated-after", "last_7_days", "updated-before", "2 hours ago"))))
                .startsWith("{\"updatedAfter\":\"last_7_days\",\"updatedBefore\":\"2 hours ago\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prospect         | procedure     | activity | tidemark.streams.people.export.procedure must be updated or created for prospect
            prospect         | created-after | today    | tidemark.streams.people.export.created-after is not for prospect by updated. Take it out, or set procedure
            prospect         | type          | 1        | tidemark.streams.people.export.type is not for prospect by updated. Take it out, or set procedure
            visitorActivity  | deleted       | all      | tidemark.streams.people.export.deleted is not for visitorActivity by updated. Take it out, or set procedure
            visitor          | custom-fields | Seats__c | tidemark.streams.people.export.custom-fields is not for visitor by updated. Take it out, or set procedure
            magic            | deleted       | all      | tidemark.streams.people.resource must be one of externalActivity, visitorActivity, listMembership, prospect, prospectAccount, visitor
            """)
    void whatAnObjectDoesNotHaveIsRefused(String object, String option, String value, String message) {
        Export export = source().export(spec(object, false, option, value));
        assertThatThrownBy(export::shape)
                .isInstanceOf(ApiException.Refused.class)
                .hasMessage(message);
        assertThatThrownBy(() -> export.request(window(FROM, TO))).hasMessage(message);
    }

    @Test
    void anExportHas150FieldsAtMost() {
        String most =
                IntStream.rangeClosed(1, 147).mapToObj(count -> "f" + count).collect(Collectors.joining(","));
        assertThat(asked(source().export(spec("prospect", true, "fields", most)), window(FROM, TO))
                        .body())
                .contains("f147");
        assertThatThrownBy(() -> source().export(spec("prospect", true, "fields", most, "custom-fields", "Seats__c"))
                        .shape())
                .isInstanceOf(ApiException.Refused.class)
                .hasMessage(
                        "tidemark.streams.people.export.fields and custom-fields make 151 fields with those that the"
                                + " bridge needs, and an export has 150 at most. Take some out");
    }

    @Test
    void anotherKeyIsRefused() {
        ExportSpec spec = new ExportSpec("people", "prospect", List.of("email"), Map.of(), false, Optional.empty());
        assertThatThrownBy(() -> source().export(spec).shape())
                .isInstanceOf(ApiException.Refused.class)
                .hasMessageStartingWith("tidemark.streams.people.key must be id");
    }

    /** The hour from 05:00 to 07:00 UTC comes twice in New York on 2026-11-01, as 01:00 to 02:00. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-01T04:00:00Z, 2026-11-01T08:00:00Z, 2026-10-31 23:59:59, 2026-11-01 03:00:00, 2026-11-01T08:00:00Z",
        "2026-11-01T06:30:00Z, 2026-11-01T08:00:00Z, 2026-11-01 00:59:59, 2026-11-01 03:00:00, 2026-11-01T08:00:00Z",
        "2026-11-01T04:00:00Z, 2026-11-01T05:30:00Z, 2026-10-31 23:59:59, 2026-11-01 00:59:59, 2026-11-01T04:59:59Z",
        "2026-11-01T04:00:00Z, 2026-11-01T06:30:00Z, 2026-10-31 23:59:59, 2026-11-01 00:59:59, 2026-11-01T04:59:59Z",
        "2026-11-01T05:10:00Z, 2026-11-01T06:30:00Z, 2026-11-01 00:59:59, '',                  2026-11-01T06:30:00Z"
    })
    void anAmbiguousWindowIsWidenedAtItsStartAndHeldAtItsEnd(
            Instant from, Instant to, String after, String before, Instant end) {
        Export export = source("api-version", "4").export(spec("prospect", false));
        String arguments = arguments(export, window(from, to));
        assertThat(arguments).startsWith("{\"updated_after\":\"" + after + "\"");
        if (before.isEmpty()) {
            assertThat(arguments).doesNotContain("updated_before");
        } else {
            assertThat(arguments).contains("\"updated_before\":\"" + before + "\"");
        }
        Step<Requested> answered = ((Step.Call<Requested>) export.request(window(from, to)))
                .answer(new ApiAnswer(200, Map.of(), "{\"export\":{\"id\":501,\"state\":\"Waiting\"}}", to));
        assertThat(((Step.Done<Requested>) answered).result().windowEnd()).isEqualTo(end);
    }

    @Test
    void theLimitsAreThoseOfTheVendor() {
        var limits = source().export(spec("prospect", false)).limits();
        assertThat(limits.earliest()).isEqualTo("2007-01-01T00:00:00Z");
        assertThat(limits.longest()).contains(Duration.ofDays(364));
        assertThat(limits.endsItself()).isFalse();
        assertThat(limits.alone()).isTrue();
        assertThat(limits.byKeys()).isTrue();
        assertThat(source().export(spec("visitor", false)).limits().byKeys()).isFalse();
    }

    @Test
    void theShapeSaysWhatTheExportHolds() {
        Shape shape = shape(source().export(spec("prospect", true, "fields", "email,score,optedOut")));
        assertThat(shape.key()).containsExactly("id");
        assertThat(shape.fields())
                .containsExactly(
                        new Field("id", FieldType.INTEGER, true),
                        new Field("updatedAt", FieldType.TIMESTAMP, true),
                        new Field("isDeleted", FieldType.BOOLEAN, true),
                        new Field("email", FieldType.TEXT, true),
                        new Field("score", FieldType.INTEGER, true),
                        new Field("optedOut", FieldType.BOOLEAN, true));
        assertThat(shape.changeTime()).contains("updatedAt");
        assertThat(shape.deletions()).containsExactly(new DeletionRule("isDeleted", Set.of("true", "1")));
        assertThat(shape.bareDeletions()).isFalse();
        assertThat(shape.notes()).isEmpty();
    }

    @Test
    void olderVersionsHaveTheirOwnNames() {
        Shape shape = shape(source("api-version", "3").export(spec("prospect", true)));
        assertThat(shape.fields().stream().map(Field::name))
                .contains("first_name", "crm_lead_fid", "is_deleted", "opted_out")
                .doesNotContain("firstName", "salesforce_id", "updated_by_id");
        assertThat(shape.changeTime()).contains("updated_at");
    }

    @Test
    void withoutDeletionsNothingIsDeleted() {
        Shape shape = shape(source().export(spec("prospect", false)));
        assertThat(shape.deletions()).isEmpty();
        assertThat(shape.fields().stream().map(Field::name)).doesNotContain("isDeleted");
    }

    @Test
    void notesSayWhatIsNotSeen() {
        assertThat(shape(source().export(spec("visitor", true))).notes())
                .containsExactly("visitor shows no flag of deletion; deleted records are not asked for");
        assertThat(shape(source().export(spec("externalActivity", true))).notes())
                .containsExactly("externalActivity has no deletions that exports could tell");
        assertThat(shape(source().export(spec("prospect", true, "procedure", "created")))
                        .notes())
                .containsExactly(
                        "records are chosen by created: what changes later in a record that is not chosen again is"
                                + " not seen");
        assertThat(shape(source().export(spec("prospect", true, "deleted", "false", "updated-after", "yesterday")))
                        .notes())
                .containsExactly(
                        "deleted is false, so that deleted records stay away and deletions are not seen",
                        "the windows have a configured bound: what changes beyond it is never exported");
        assertThat(shape(source().export(spec("visitor", false, "fields", "id,colour")))
                        .notes())
                .containsExactly(
                        "the bridge does not know these fields, and Account Engagement may refuse them: colour; they are"
                                + " read as text");
    }

    @Test
    void keysThatAreNoNumbersAreNeverCalled() {
        var writing = source().writing(spec("prospect", false)).orElseThrow();
        assertThatThrownBy(() -> writing.read("9/../x"))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessage("\"9/../x\" is no id: Account Engagement's are whole numbers");
    }

    @Test
    void onlyProspectsAreWritten() {
        assertThat(source().writing(spec("listMembership", false))).isEmpty();
        assertThat(source().writing(spec("prospect", false))).isPresent();
    }
}
