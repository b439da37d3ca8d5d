package io.tidemark.system.everyaction;

import static io.tidemark.system.everyaction.EveryActionConversation.fields;
import static io.tidemark.system.everyaction.EveryActionConversation.source;
import static io.tidemark.system.everyaction.EveryActionConversation.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiException.Refused;
import io.tidemark.system.Created;
import io.tidemark.system.Present;
import io.tidemark.system.Writable;
import io.tidemark.system.Writing;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.Written;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryActionActivistCodesTest {

    private static final Map<String, String> ROW = Map.of("VanID", "900000001", "ActivistCodeID", "7001");

    @Test
    void theContactAndTheCodeAreWrittenAndNothingElse() {
        String described = fields("ContactsActivistCodeID:N*", "VanID:N*", "ActivistCodeID:N*", "DateCreated:D*");
        assertThat(EveryActionConversation.of(described).hold(codes().writable()))
                .isEqualTo(new Writable(Set.of("VanID", "ActivistCodeID"), Set.of(), true, true, false));
    }

    @Test
    void anExportWithoutTheCodeCanNeitherApplyNorRemove() {
        String described = fields("ContactsActivistCodeID:N*", "VanID:N*", "ActivistCodeName:T*");
        assertThat(EveryActionConversation.of(described).hold(codes().writable()))
                .isEqualTo(new Writable(Set.of("VanID"), Set.of(), false, false, false));
    }

    @Test
    void aCodeIsAppliedWithoutContactHistoryAndHasNoKey() {
        var conversation = new EveryActionConversation().then(204, "");
        assertThat(conversation.hold(codes().create(ROW, Optional.empty()))).isEqualTo(new Created(Optional.empty()));
        assertThat(conversation.lines()).containsExactly("POST /people/900000001/canvassResponses");
        assertThat(conversation.calls.get(0).repeatable()).isFalse();
        assertThat(conversation.calls.get(0).body()).isEqualTo(body("Apply"));
    }

    @Test
    void aCodeIsRemovedByWhatTheRowHadLast() {
        var conversation = new EveryActionConversation().then(204, "");
        assertThat(conversation.hold(codes().delete("41", ROW))).isEqualTo(new Written.Accepted());
        assertThat(conversation.calls.get(0).body()).isEqualTo(body("Remove"));
        assertThat(conversation.calls.get(0).repeatable()).isFalse();
    }

    @Test
    void aCodeOfWhoIsNotThereIsGone() {
        assertThat(new EveryActionConversation().then(404, "{}").hold(codes().delete("41", ROW)))
                .isEqualTo(new Written.Gone(
                        "EveryAction has no record for POST /people/900000001/canvassResponses (404)"));
        assertThatThrownBy(
                        () -> new EveryActionConversation().then(404, "{}").hold(codes().create(ROW, Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction refused POST /people/900000001/canvassResponses (404)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            900000001 | x  | ActivistCodeID
            0         | 1  | VanID
            -3        | '' | VanID and ActivistCodeID
            """)
    void whatNamesNoContactOrCodeIsNotSent(String person, String code, String missing) {
        Map<String, String> row = Map.of("VanID", person, "ActivistCodeID", code);
        String words = "n activist code EveryAction needs " + missing + " as a whole number";
        assertThat(codes().uncreatable(row)).contains("to apply a" + words);
        assertThatThrownBy(() -> codes().create(row, Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessage("to apply a" + words);
        assertThatThrownBy(() -> codes().delete("41", row))
                .isInstanceOf(Refused.class)
                .hasMessage("to remove a" + words);
    }

    @Test
    void aCodeIsNeitherReadNorChangedNorLookedUp() {
        assertThat(new EveryActionConversation().hold(codes().read("41"))).isEqualTo(new Present.Found(Map.of()));
        assertThatThrownBy(() -> codes().update("41", ROW, Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction applies and removes activist codes and changes none. Delete the row and insert"
                        + " another");
        assertThatThrownBy(() -> codes().find(new Identifier("BridgeKey", "1")))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction keeps no identifiers with activist codes");
    }

    private static String body(String action) {
        return "{\"canvassContext\":{\"inputTypeId\":11,\"skipMatching\":true,\"omitActivistCodeContactHistory\":true},"
                + "\"responses\":[{\"type\":\"ActivistCode\",\"activistCodeId\":7001,\"action\":\"" + action + "\"}]}";
    }

    private static Writing codes() {
        return source().writing(spec("ContactsActivistCodes", Map.of())).orElseThrow();
    }
}
