package io.tidemark.system.everyaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.system.Credentials;
import io.tidemark.system.Option;
import io.tidemark.system.Option.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryActionTest {

    private final EveryAction system = new EveryAction();

    @Test
    void isCalledEveryactionAndLivesAtTheVendorsAddress() {
        assertThat(system.name()).isEqualTo("everyaction");
        assertThat(system.baseUrl()).hasToString("https://api.securevan.com/v4");
    }

    @Test
    void takesAnApplicationNameASecretKeyAndAModeThatIsOneByDefault() {
        assertThat(system.sourceOptions())
                .extracting(Option::name, Option::required, Option::secret, Option::standard, Option::choices)
                .containsExactly(
                        tuple("application-name", true, false, Optional.empty(), List.of()),
                        tuple("api-key", true, true, Optional.empty(), List.of()),
                        tuple("database-mode", false, false, Optional.of("1"), List.of("0", "1")));
    }

    @Test
    void takesEveryParameterOfARequestButTheResource() {
        Map<String, Kind> kinds = system.exportOptions().stream().collect(Collectors.toMap(Option::name, Option::kind));
        assertThat(kinds)
                .isEqualTo(Map.of(
                        "date-changed-from", new Kind.Time(),
                        "date-changed-to", new Kind.Time(),
                        "requested-ids", new Kind.WholeList(1, Integer.MAX_VALUE),
                        "requested-fields", new Kind.TextList(),
                        "requested-custom-field-ids", new Kind.WholeList(1, Integer.MAX_VALUE),
                        "file-size-kb-limit", new Kind.Whole(1000, 100_000),
                        "include-inactive", new Kind.Bool(),
                        "contact-mode", new Kind.Whole(1, 3),
                        "requested-activist-code-ids", new Kind.WholeList(1, Integer.MAX_VALUE),
                        "exclude-changes-from-self", new Kind.Bool()));
    }

    @Test
    void knowsTheDocumentedResources() {
        assertThat(system.resources())
                .containsExactly(
                        "ActivistCodes",
                        "ContactHistory",
                        "Contacts",
                        "ContactsActivistCodes",
                        "ContactsOnlineForms",
                        "ContactsSurveyResponses",
                        "ContributionAdjustments",
                        "Contributions",
                        "EventTicketTransactionsGuests",
                        "RecurringContributions");
    }

    @ParameterizedTest
    @CsvSource({
        "Contacts, VanID",
        "ActivistCodes, ActivistCodeID",
        "Contributions, ContributionID",
        "ContactHistory,",
        "ContactsActivistCodes,",
        "Disbursements,"
    })
    void knowsAKeyOnlyWhereItIsKnown(String resource, @Nullable String key) {
        assertThat(system.keyOf(resource)).isEqualTo(key == null ? List.of() : List.of(key));
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void sendsTheModeBehindTheKey(String mode) {
        var source = system.open(Map.of("application-name", "acme", "api-key", "k-1", "database-mode", mode));
        assertThat(source.credentials()).isEqualTo(new Credentials.Basic("acme", "k-1|" + mode));
    }

    @Test
    void namesAMissingOption() {
        assertThatThrownBy(() -> system.open(Map.of("application-name", "acme")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("api-key is missing");
    }

    @Test
    void reachesNinetyDaysBack() {
        assertThat(EveryActionConversation.source().reach()).contains(Duration.ofDays(90));
    }
}
