package io.tidemark.system.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.Credentials;
import io.tidemark.system.DailyCalls;
import io.tidemark.system.Grant;
import io.tidemark.system.Option;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountEngagementTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
    private static final String SECRET = "secret-canary";

    private static final Map<String, String> OPTIONS = Map.of(
            "token-url", "https://login.salesforce.com/services/oauth2/token",
            "client-id", "3MVG9app",
            "client-secret", SECRET,
            "business-unit-id", "0Uv000000000017CAA",
            "api-version", "5",
            "time-zone", "America/New_York");

    private final AccountEngagement type = new AccountEngagement();

    private static Map<String, String> with(String... changes) {
        var options = new HashMap<>(OPTIONS);
        for (int place = 0; place < changes.length; place += 2) {
            options.put(changes[place], changes[place + 1]);
        }
        options.values().removeIf(String::isEmpty);
        return options;
    }

    private Grant grant(String... changes) {
        return ((Credentials.Granted) type.open(with(changes)).credentials()).grant();
    }

    private static ApiAnswer answer(int status, String body) {
        return new ApiAnswer(status, Map.of(), body, NOW);
    }

    @Test
    void theZoneOfTimesIsTheApiUsers() {
        assertThat(type.zone(OPTIONS)).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(type.zone(with("time-zone", "Mars"))).isEqualTo(ZoneOffset.UTC);
        assertThat(type.windowLag()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void noMoreThanFiveCallsAreMadeAtOnce() {
        assertThat(type.mostConcurrentRequests()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"12/25000, 12", "12, 12", "used 12 of 25000, 12", "many, -1", "'', -1"})
    void theVendorsCountOfTheDaysCallsIsRead(String header, long used) {
        DailyCalls daily = type.open(with("daily-calls", "24000")).dailyCalls().orElseThrow();

        assertThat(daily.most()).isEqualTo(24_000);
        assertThat(daily.zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(daily.counted()
                        .apply(new ApiAnswer(200, Map.of("X-Api-Usage", header), "", NOW))
                        .orElse(-1))
                .isEqualTo(used);
        assertThat(type.open(OPTIONS).dailyCalls()).isEmpty();
    }

    @Test
    void everyObjectHasItsIdAsKey() {
        assertThat(type.resources())
                .containsExactlyInAnyOrder(
                        "externalActivity",
                        "visitorActivity",
                        "listMembership",
                        "prospect",
                        "prospectAccount",
                        "visitor");
        assertThat(type.keyOf("prospect")).containsExactly("id");
    }

    @Test
    void secretsAreMarkedAsSuch() {
        assertThat(type.sourceOptions().stream().filter(Option::secret).map(Option::name))
                .containsExactlyInAnyOrder("client-secret", "refresh-token", "private-key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            time-zone        | Mars        | time-zone must be a time zone such as America/New_York or UTC
            business-unit-id | 12          | business-unit-id must be the 18 characters that begin with 0Uv, from Business Unit Setup
            token-lifetime   | soon        | token-lifetime must be a length of time such as PT2H
            token-lifetime   | PT0S        | token-lifetime must be longer than nothing
            token-url        | /token      | token-url must be a whole address with https:// and a host
            client-id        | ''          | client-id is missing
            private-key      | abc         | private-key must be PEM text that begins with -----BEGIN PRIVATE KEY----- and is not encrypted
            """)
    void whatCannotBeReadIsRefusedByItsName(String option, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.open(with(option, value)))
                .withMessage(message);
    }

    @Test
    void waysToATokenMayNotContradictEachOtherNorBeMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.open(with("client-secret", "")))
                .withMessage(
                        "nothing proves who calls. Set client-secret, or refresh-token, or username and private-key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.open(with("refresh-token", "r", "private-key", "k")))
                .withMessage("refresh-token and private-key are two ways to the same token. Take one out");
    }

    @Test
    void eachFlowHasItsParameters() {
        assertThat(grant().form(NOW))
                .isEqualTo(
                        Map.of("grant_type", "client_credentials", "client_id", "3MVG9app", "client_secret", SECRET));
        assertThat(grant("refresh-token", "5Aep").form(NOW))
                .isEqualTo(Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        "3MVG9app",
                        "client_secret",
                        SECRET,
                        "refresh_token",
                        "5Aep"));
        assertThat(grant("refresh-token", "5Aep", "client-secret", "").form(NOW))
                .doesNotContainKey("client_secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS8", "PKCS1"})
    void anAssertionIsSignedByTheUsersKeyInEitherForm(String form) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String assertion = grant("client-secret", "", "username", "bridge@example.org", "private-key", pem(pair, form))
                .form(NOW)
                .getOrDefault("assertion", "");
        String[] parts = assertion.split("\\.", -1);
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(pair.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"RS256\"}");
        assertThat(decoded(parts[1]))
                .isEqualTo("{\"iss\":\"3MVG9app\",\"sub\":\"bridge@example.org\","
                        + "\"aud\":\"https://login.salesforce.com\",\"exp\":" + (NOW.getEpochSecond() + 180) + "}");
    }

    @Test
    void theAudienceCanBeAnother() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String assertion = grant(
                        "username", "u@x", "private-key", pem(pair, "PKCS8"), "audience", "https://test.salesforce.com")
                .form(NOW)
                .getOrDefault("assertion", "");
        assertThat(decoded(assertion.split("\\.", -1)[1])).contains("\"aud\":\"https://test.salesforce.com\"");
    }

    /** The older form is what stands inside of the newer one. */
    private static String pem(KeyPair pair, String form) {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] der = form.equals("PKCS8") ? pkcs8 : Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        String name = form.equals("PKCS8") ? "PRIVATE KEY" : "RSA PRIVATE KEY";
        return "-----BEGIN " + name + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + name + "-----\n";
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "'',    '',                     ''",
        "'',    '\"expires_in\":7200,', 2026-03-02T14:29:00Z",
        "'',    '\"expires_in\":60,',   2026-03-02T12:30:54Z",
        "PT30M, '',                     2026-03-02T12:59:00Z",
        "PT30M, '\"expires_in\":7200,', 2026-03-02T12:59:00Z"
    })
    void aTokenIsRenewedEarlyWhereItsLifeIsKnown(String lifetime, String told, String renewAt) {
        Grant.Token token = grant("token-lifetime", lifetime)
                .token(answer(200, "{" + told + "\"access_token\":\"00D!x\",\"token_type\":\"Bearer\"}"));
        assertThat(token.value()).isEqualTo("00D!x");
        assertThat(token.renewAt()).isEqualTo(renewAt.isEmpty() ? null : Instant.parse(renewAt));
    }

    @Test
    void everyCallCarriesTheTokenAndTheUnitAndAsksForTheCountOfCalls() {
        assertThat(grant().headers(new Grant.Token("00D!x", null)))
                .isEqualTo(Map.of(
                        "Authorization",
                        "Bearer 00D!x",
                        "Pardot-Business-Unit-Id",
                        "0Uv000000000017CAA",
                        "X-Return-Api-Usage",
                        "1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {}                                                            | true
            200 | {"code":184,"message":"x"}                                    | true
            400 | {"@attributes":{"stat":"fail","err_code":184},"err":"x"}      | true
            200 | <rsp stat="fail" version="1.0"><err code="184">x</err></rsp>  | true
            403 | {"code":49,"message":"x"}                                     | false
            200 | id,code                                                       | false
            """)
    void aRefusedTokenIsToldByItsCodeInAnyForm(int status, String body, boolean refused) {
        assertThat(grant().refused(answer(status, body))).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"error":"invalid_grant","error_description":"expired access/refresh token"} | Denied | invalid_grant; expired access/refresh token
            400 | {"error":"invalid_client"}                                                   | Denied | invalid_client
            401 | nothing                                                                      | Denied | granted no token (401)
            200 | {"token_type":"Bearer"}                                                      | Denied | without an access_token
            200 | <html>                                                                       | RetryLater | no JSON
            503 | <html>                                                                       | RetryLater | grants no token now (503)
            429 | {}                                                                           | RetryLater | grants no token now (429)
            """)
    void aRefusalOfATokenSaysWhatToDoNext(int status, String body, String kind, String words) {
        assertThatThrownBy(() -> grant().token(answer(status, body)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(words)
                .extracting(thrown -> thrown.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void noSecretIsShown() {
        assertThatThrownBy(() -> grant().token(answer(
                        400, "{\"error\":\"invalid_client\",\"error_description\":\"bad secret " + SECRET + "\"}")))
                .hasMessageNotContaining(SECRET)
                .hasMessageContaining("bad secret (value)");
        assertThat(type.open(OPTIONS).credentials().toString()).isEqualTo("Granted[login.salesforce.com]");
        assertThat(grant().toString()).doesNotContain(SECRET);
    }
}
