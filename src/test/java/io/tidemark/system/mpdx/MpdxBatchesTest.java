package io.tidemark.system.mpdx;

import static io.tidemark.system.mpdx.MpdxWire.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.Fault;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.mpdx.ApiUser;
import io.tidemark.sandbox.mpdx.Doubts;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import io.tidemark.system.ApiException.Denied;
import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.ApiException.RetryLater;
import io.tidemark.system.BatchStatus;
import io.tidemark.system.BatchStatus.Answered;
import io.tidemark.system.Batches;
import io.tidemark.system.Batches.Update;
import io.tidemark.system.Outcome;
import io.tidemark.system.Present;
import io.tidemark.system.Writing;
import io.tidemark.system.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several contacts in one call, with the running sandbox. */
class MpdxBatchesTest {
    private static final String BULK = "PUT /api/v2/contacts/bulk";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final MpdxSandbox sandbox =
            MpdxSandbox.start(MpdxSandbox.Options.standard().clock(clock).data(17, 0));
    private final MpdxWire wire = new MpdxWire(sandbox, Map.of());
    private final Batches batches = writing(wire, "contacts").batches().orElseThrow();
    private String ada = "";
    private String bo = "";

    @BeforeEach
    void fill() {
        ada = sandbox.put("contacts", ApiUser.FIRST_LIST, Map.of("name", "Example, Ada", "greeting", "Ada"));
        bo = sandbox.put("contacts", ApiUser.FIRST_LIST, Map.of("name", "Muster, Bo", "greeting", "Bo"));
        clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachGoesInOneCallWithTheVersionThatWasSeen(Doubts.BulkEnvelope envelope) {
        sandbox.switches().set(Doubts.BULK_ENVELOPE, envelope);
        Map<String, Present> seen = wire.hold(batches.read(List.of(ada, bo)));
        assertThat(sandbox.log().requests()).hasSize(1);

        Answered answered = send(update(ada, "A.", seen.get(ada)), update(bo, "B.", seen.get(bo)));

        assertThat(answered.outcomes()).isEqualTo(Map.of(ada, new Written.Accepted(), bo, new Written.Accepted()));
        assertThat(sandbox.log().requests("PUT", "/api/v2/contacts/bulk").get(0).body())
                .isEqualTo("{\"data\":[" + item(ada, "A.") + "," + item(bo, "B.") + "]}");
        assertThat(greeting(ada)).isEqualTo("A.");
        assertThat(greeting(bo)).isEqualTo("B.");
    }

    private static String item(String key, String greeting) {
        return "{\"data\":{\"id\":\"" + key + "\",\"type\":\"contacts\",\"attributes\":{\"greeting\":\"" + greeting
                + "\",\"updated_in_db_at\":\"2026-03-01T12:00:00Z\"}}}";
    }

    @Test
    void recordsAreReadAsManyInACallAsItsAddressHolds() {
        List<String> keys = java.util.stream.Stream.generate(
                        () -> sandbox.put("contacts", ApiUser.FIRST_LIST, Map.of("name", "Somebody")))
                .limit(120)
                .toList();
        assertThat(wire.hold(batches.read(keys))).hasSize(120).containsOnlyKeys(keys);
        assertThat(sandbox.log().requests()).hasSize(3);
    }

    @Test
    void aRecordThatIsNotShownIsNotSaidToBeGone() {
        sandbox.remove("contacts", bo);
        assertThat(wire.hold(batches.read(List.of(ada, bo)))).containsOnlyKeys(ada);
    }

    @Test
    void whatIsReadIsWhatAReadOfTheOneShows() {
        sandbox.put("addresses", ada, Map.of("street", "1 Sample St", "primary_mailing_address", "true"));
        assertThat(wire.hold(batches.read(List.of(ada))).get(ada))
                .isEqualTo(wire.hold(writing(wire, "contacts").read(ada)));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void oneThatIsRefusedHoldsUpNoOtherAndItsValueIsNotRepeated(boolean quotes) {
        sandbox.switches().set(Doubts.REFUSALS_QUOTE, quotes);
        Map<String, Present> seen = wire.hold(batches.read(List.of(ada, bo)));
        Answered answered = send(
                new Update(ada, Map.of("status", "Secret Status"), found(seen.get(ada))),
                update(bo, "B.", seen.get(bo)));

        assertThat(answered.outcomes().get(bo)).isInstanceOf(Written.Accepted.class);
        assertThat(answered.outcomes().get(ada))
                .isEqualTo(new Outcome.Refused("MPDX refused PUT /contacts/bulk (400: is not included in the list"
                        + (quotes ? " ((value))" : "") + ", in status)"));
    }

    @Test
    void oneThatSomebodyChangedSinceTheLookIsLookedAtAgain() {
        Map<String, Present> seen = wire.hold(batches.read(List.of(ada, bo)));
        sandbox.edit("contacts", ada, Map.of("greeting", "theirs"));
        Answered answered = send(update(ada, "ours", seen.get(ada)), update(bo, "B.", seen.get(bo)));

        assertThat(answered.outcomes().get(ada))
                .isEqualTo(new Outcome.Later("the record was changed at MPDX between the look and the write; it is"
                        + " looked at again and merged by the stream's rule"));
        assertThat(greeting(ada)).isEqualTo("theirs");
        assertThat(greeting(bo)).isEqualTo("B.");
    }

    @Test
    void oneThatIsNotThereAnyMoreHasNoAnswerBeItTheOnlyOne() {
        Map<String, Present> seen = wire.hold(batches.read(List.of(ada, bo)));
        sandbox.remove("contacts", ada);
        assertThat(send(update(ada, "A.", seen.get(ada)), update(bo, "B.", seen.get(bo)))
                        .outcomes())
                .containsOnlyKeys(bo);
        assertThat(send(update(ada, "A.", seen.get(ada))).outcomes()).isEmpty();
    }

    @Test
    void whereNobodyLookedTheVersionsAreLookedUp() {
        sandbox.remove("contacts", bo);
        Answered answered = send(update(ada, "A.", null), update(bo, "B.", null));
        assertThat(answered.outcomes()).containsOnlyKeys(ada);
        assertThat(greeting(ada)).isEqualTo("A.");
    }

    @Test
    void overwritingIsForWhoAsksForItAndNeedsNoLook() {
        var bold = new MpdxWire(sandbox, Map.of("overwrite", "true"));
        BatchStatus status =
                bold.hold(writing(bold, "contacts").batches().orElseThrow().send(List.of(update(ada, "A.", null))));
        assertThat(((Answered) status).outcomes()).containsOnlyKeys(ada);
        assertThat(sandbox.log().requests()).hasSize(1);
        assertThat(greeting(ada)).isEqualTo("A.");
    }

    @Test
    void whatABulkCallDoesNotTakeGoesAlone() {
        assertThat(batches.takes(update(ada, "A.", null))).isTrue();
        assertThat(takes("greeting", null)).isTrue();
        assertThat(takes("address/city", "Sampleton")).isFalse();
        assertThat(takes("name", null)).isFalse();
        assertThat(takes("magic", "x")).isFalse();
        assertThat(batches.takes(update("bulk", "A.", null))).isFalse();
        assertThat(batches.takes(update(ada, "A.", new Present.Found(Map.of()))))
                .isFalse();
    }

    private boolean takes(String field, @Nullable String value) {
        var values = new HashMap<String, @Nullable String>();
        values.put(field, value);
        return batches.takes(new Update(ada, values, Optional.empty()));
    }

    @Test
    void peopleGoAloneAndSoDoContactsWhereThatIsWanted() {
        assertThat(writing(wire, "people").batches()).isEmpty();
        var single = new MpdxWire(sandbox, Map.of("bulk-most", "1"));
        assertThat(writing(single, "contacts").batches()).isEmpty();
        var few = new MpdxWire(sandbox, Map.of("bulk-most", "7"));
        assertThat(writing(few, "contacts").batches().orElseThrow().most()).isEqualTo(7);
        assertThat(batches.from()).isEqualTo(2);
        assertThat(batches.most()).isEqualTo(100);
    }

    @Test
    void whatIsWrongWithTheCallIsSaidOfNone() {
        Map<String, Present> seen = wire.hold(batches.read(List.of(ada, bo)));
        Update[] both = {update(ada, "A.", seen.get(ada)), update(bo, "B.", seen.get(bo))};
        sandbox.switches().set(Doubts.BULK_MOST, 1);
        assertThatThrownBy(() -> send(both))
                .isInstanceOf(Refused.class)
                .hasMessage("MPDX refused PUT /contacts/bulk (400: must have at most 1 items, in data)");
        sandbox.faults().next(BULK, Fault.status(503));
        assertThatThrownBy(() -> send(both)).isInstanceOf(RetryLater.class);
        sandbox.faults().next(BULK, Fault.status(401));
        assertThatThrownBy(() -> send(both)).isInstanceOf(Denied.class);
        assertThat(greeting(ada)).isEqualTo("Ada");
    }

    @Test
    void noJobIsEverBegun() {
        assertThatThrownBy(() -> batches.goOn("1", List.of())).isInstanceOf(IllegalStateException.class);
    }

    private Answered send(Update... updates) {
        return (Answered) wire.hold(batches.send(List.of(updates)));
    }

    private static Update update(String key, String greeting, @Nullable Present seen) {
        return new Update(key, Map.of("greeting", greeting), found(seen));
    }

    private static Optional<Present.Found> found(@Nullable Present seen) {
        return Optional.ofNullable((Present.Found) seen);
    }

    private String greeting(String key) {
        return String.valueOf(sandbox.record("contacts", key).orElseThrow().get("greeting"));
    }

    private static Writing writing(MpdxWire wire, String resource) {
        return wire.source.writing(spec(resource, Map.of())).orElseThrow();
    }
}
