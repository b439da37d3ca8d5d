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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contributions, which are only created. */
class EveryActionGivingTest {

    private static final Identifier IDENTIFIER = new Identifier("BridgeKey", "g-1");

    @Test
    void whatCanBeWrittenIsWhatACreationNeeds() {
        String described = fields(
                "ContributionID:N*",
                "VanID:N*",
                "Amount:M*",
                "AmountRemaining:M*",
                "DateReceived:D*",
                "Designation:T*",
                "SourceCode:T*",
                "PaymentType:T",
                "Status:T");
        assertThat(EveryActionConversation.of(described).hold(gifts().writable()))
                .isEqualTo(new Writable(
                        Set.of("VanID", "Amount", "DateReceived", "Designation", "PaymentType", "Status"),
                        Set.of(),
                        true,
                        false,
                        true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            VanID        | -          | VanID, the contact's whole number
            VanID        | 1.5        | VanID, the contact's whole number
            VanID        | 9E+99      | VanID, the contact's whole number
            Amount       | -          | Amount from 0.01 to 999999.99
            Amount       | 0.009      | Amount from 0.01 to 999999.99
            Amount       | -5         | Amount from 0.01 to 999999.99
            Amount       | 1000000    | Amount from 0.01 to 999999.99
            Amount       | $5         | Amount from 0.01 to 999999.99
            DateReceived | -          | DateReceived, a date that has passed
            DateReceived | yesterday  | DateReceived, a date that has passed
            Status       | settled    | Status as Declined, Pending, Settled
            Status       | -          | Status as Declined, Pending, Settled
            Designation  | General    | Designation or DesignationID as the whole number of a designation, not as its name
            PaymentType  | ` `        | PaymentType
            """)
    void aContributionThatLacksSomethingIsNotSent(String field, @Nullable String value, String lack) {
        var row = gift();
        row.put(field, value);
        String words =
                "EveryAction needs for a contribution: " + lack + ". A field that the table does not have must be"
                        + " named in tidemark.streams.people.export.requested-fields";
        assertThat(gifts().uncreatable(row)).contains(words);
        assertThatThrownBy(() -> gifts().create(row, Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessage(words);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.01", "999999.99, 999999.99", "1000, 1000", "1E+3, 1000", "12.50, 12.5"})
    void anAmountIsSentAsAPlainNumber(String amount, String sent) {
        var row = gift();
        row.put("Amount", amount);
        assertThat(gifts().uncreatable(row)).isEmpty();
        var conversation = new EveryActionConversation().then(201, "77");
        conversation.hold(gifts().create(row, Optional.empty()));
        assertThat(conversation.calls.get(0).body())
                .isEqualTo("{\"contact\":{\"vanId\":900000001},\"designation\":{\"designationId\":3},"
                        + "\"dateReceived\":\"2026-03-01T10:00:00Z\",\"amount\":" + sent
                        + ",\"status\":\"Settled\",\"paymentType\":\"Check\"}");
    }

    @Test
    void aContributionGoesWithItsIdentifierAndMustNotBeRepeated() {
        var row = gift();
        row.remove("Designation");
        row.put("designationid", "3");
        var conversation = new EveryActionConversation().then(201, "3000000077");
        assertThat(conversation.hold(gifts().create(row, Optional.of(IDENTIFIER))))
                .isEqualTo(new Created(Optional.of("3000000077")));
        assertThat(conversation.lines()).containsExactly("POST /contributions");
        assertThat(conversation.calls.get(0).repeatable()).isFalse();
        assertThat(conversation.calls.get(0).body())
                .endsWith("\"identifiers\":[{\"type\":\"BridgeKey\",\"externalId\":\"g-1\"}]}");
    }

    @Test
    void aContributionIsFoundByItsIdentifier() {
        var conversation = EveryActionConversation.of("{\"contributionId\":77}");
        assertThat(conversation.hold(gifts().find(IDENTIFIER))).contains("77");
        assertThat(conversation.lines()).containsExactly("GET /contributions/BridgeKey:g-1");
        assertThat(new EveryActionConversation().then(404, "").hold(gifts().find(IDENTIFIER)))
                .isEmpty();
    }

    @Test
    void aRefusalShowsNoValue() {
        String body = "{\"errors\":[{\"code\":\"INVALID\",\"text\":\"2026-03-01T10:00:00Z is to come, Check\"}]}";
        assertThatThrownBy(() ->
                        new EveryActionConversation().then(400, body).hold(gifts().create(gift(), Optional.empty())))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction refused POST /contributions (400: INVALID, (value) is to come, (value))");
    }

    @Test
    void aContributionIsNeitherReadNorChangedNorDeleted() {
        assertThat(new EveryActionConversation().hold(gifts().read("77"))).isEqualTo(new Present.Found(Map.of()));
        assertThatThrownBy(() -> gifts().update("77", gift(), Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction's API creates contributions and changes none. Correct it in EveryAction");
        assertThatThrownBy(() -> gifts().delete("77", gift()))
                .isInstanceOf(Refused.class)
                .hasMessage("EveryAction's API deletes no contributions. Delete it in EveryAction");
    }

    private static Map<String, @Nullable String> gift() {
        return new LinkedHashMap<String, @Nullable String>(Map.of(
                "VanID", "900000001",
                "Amount", "12.5",
                "DateReceived", "2026-03-01T10:00:00Z",
                "Designation", "3",
                "Status", "Settled",
                "PaymentType", "Check"));
    }

    private static Writing gifts() {
        return source().writing(spec("Contributions", Map.of("requested-fields", "PaymentType,Status")))
                .orElseThrow();
    }
}
