package io.tidemark.system.rebilly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.system.Account;
import io.tidemark.system.ApiException;
import io.tidemark.system.Credentials;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.FieldType;
import io.tidemark.system.Option;
import io.tidemark.system.ResourceDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RebillyTest {
    private final Rebilly rebilly = new Rebilly();

    @Test
    void knowsItsResourcesAndThatTheirKeyIsTheId() {
        assertThat(rebilly.name()).isEqualTo("rebilly");
        assertThat(rebilly.baseUrl()).hasToString("https://api.rebilly.com");
        assertThat(rebilly.resources())
                .contains("customers", "transactions", "payoutRequestAllocations", "users")
                .hasSize(11);
        rebilly.resources()
                .forEach(resource -> assertThat(rebilly.keyOf(resource)).containsExactly("id"));
    }

    @Test
    void everyOptionIsInKebabCaseAndTheKeyAloneIsSecret() {
        assertThat(rebilly.sourceOptions())
                .filteredOn(Option::secret)
                .extracting(Option::name)
                .containsExactly("api-key");
        assertThat(rebilly.sourceOptions())
                .filteredOn(Option::required)
                .extracting(Option::name)
                .containsExactly("api-key", "organization-id");
        assertThat(rebilly.exportOptions()).allSatisfy(option -> {
            assertThat(option.name()).matches("[a-z]+(-[a-z]+)*");
            assertThat(option.description()).isNotBlank();
        });
    }

    @Test
    void theKeyGoesIntoAHeaderOfItsOwnAndIsNotShown() {
        Credentials credentials = RebillyConversation.source().credentials();
        assertThat(((Credentials.Lasting) credentials).headers())
                .containsExactly(Map.entry("REB-APIKEY", RebillyConversation.KEY));
        assertThat(credentials.toString()).doesNotContain(RebillyConversation.KEY);
        assertThat(RebillyConversation.source().reach()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/,/data-exports,/customers",
        "'',/data-exports,/customers",
        "/organizations/{organization-id}/experimental,/organizations/org_1/experimental/data-exports,/organizations/org_1/customers",
        "/experimental/,/experimental/data-exports,/customers",
        "/experimental/organizations/{organization-id},/experimental/organizations/org_1/data-exports,/organizations/org_1/customers",
        "/experimentally,/experimentally/data-exports,/experimentally/customers",
    })
    void thePathPrefixIsTakenWholeAndOtherCallsGoWithoutItsExperimental(
            String prefix, String exports, String customers) {
        var conversation = RebillyConversation.of("[]", "[]");
        Account account = conversation.hold(RebillyConversation.source(prefix).account());
        assertThat(conversation.lines())
                .containsExactly(
                        "GET " + exports + "?limit=1&offset=0&sort=-createdTime", "GET " + customers + "?limit=1");
        assertThat(account.identity()).isEqualTo("organization org_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"experimental", "/a b", "/../x?", "https://elsewhere.example"})
    void aPrefixThatMakesNoPathIsRefused(String prefix) {
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> RebillyConversation.source(prefix).account())
                .withMessageContaining("path-prefix")
                .withMessageContaining("makes no path");
    }

    @Test
    void aKeyOfAnotherOrganisationIsRefused() {
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> RebillyConversation.of("[]", "[{\"id\":\"c\",\"organizationId\":\"org_2\"}]")
                        .hold(RebillyConversation.source("/").account()))
                .withMessage("api-key belongs to the organisation org_2, not to org_1. Correct organization-id");
    }

    @Test
    void aKeyThatMayNotSeeCustomersIsAnAccountAllTheSame() {
        var conversation = RebillyConversation.of("[]").then(403, "{}");
        assertThat(conversation.hold(RebillyConversation.source().account()).details())
                .containsEntry("organization-id", "org_1");
    }

    @Test
    void dataExportsThatAreNotThereSendAPersonToThePrefix() {
        assertThatExceptionOfType(ApiException.Refused.class)
                .isThrownBy(() -> new RebillyConversation()
                        .then(404, "{\"title\":\"Not found\"}")
                        .hold(RebillyConversation.source("/experimental").resources()))
                .withMessage("Rebilly has no data exports at /experimental/data-exports (404: Not found)."
                        + " Check path-prefix and organization-id");
    }

    @Test
    void aResourceIsDescribedWithItsDefinedFields() {
        ResourceDescription customers = RebillyConversation.of(
                        "[{\"name\":\"vip\",\"type\":\"boolean\"},{\"name\":\"no type\"}]")
                .hold(RebillyConversation.source().describe("customers"));
        assertThat(customers.key()).containsExactly("id");
        assertThat(customers.fields())
                .anySatisfy(field -> {
                    assertThat(field.name()).isEqualTo("lifetimeRevenue/amount");
                    assertThat(field.type()).isEqualTo(FieldType.NUMBER);
                    assertThat(field.always())
                            .as("comes unless others are asked for")
                            .isTrue();
                })
                .anySatisfy(field -> {
                    assertThat(field.name()).isEqualTo("revision");
                    assertThat(field.always()).isTrue();
                })
                .noneSatisfy(field -> assertThat(RebillyResource.WRITE_ONLY).contains(field.name()));
        assertThat(customers.custom())
                .extracting(ResourceDescription.CustomField::id)
                .containsExactly("customFields/vip", "customFields/no type");
        assertThat(new RebillyConversation()
                        .hold(RebillyConversation.source().describe("users"))
                        .fields())
                .noneSatisfy(field -> assertThat(field.name()).isEqualTo("revision"));
    }

    @Test
    void onlyCustomersByTheirIdCanBeWritten() {
        var source = RebillyConversation.source();
        assertThat(source.writing(RebillyConversation.spec("customers", Map.of())))
                .isPresent();
        assertThat(source.writing(RebillyConversation.spec("transactions", Map.of())))
                .isEmpty();
        var other = new ExportSpec("people", "customers", List.of("email"), Map.of(), false, Optional.empty());
        assertThat(source.writing(other)).isEmpty();
        assertThat(source.export(other).limits().byKeys()).isFalse();
    }
}
