package io.tidemark.sandbox.accountengagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.sandbox.MovableClock;
import io.tidemark.sandbox.SandboxCaller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountEngagementSimAccessTest {
    private static final String ACCOUNT = "/api/v5/objects/account?fields=id,company";
    private static final String CREATE = "/api/export/version/4/do/create";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-02T12:00:00Z"));
    private final AccountEngagementSandbox sandbox = AccountEngagementSandbox.start(
            AccountEngagementSandbox.Options.standard().clock(clock).data(17, 0));
    private AccountEngagementCaller bridge;

    @BeforeEach
    void enter() throws IOException {
        bridge = new AccountEngagementCaller(sandbox, ApiUser.BRIDGE);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aTokenIsForAUserOfTheUnit() throws IOException {
        JsonNode account = SandboxCaller.json(bridge.get(ACCOUNT));
        assertThat(account.path("company").asText()).isEqualTo("Example Outreach");
        assertThat(account.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"true,1800", "false,0"})
    void theAnswerWithATokenMaySayHowLongItIsGood(boolean says, int seconds) throws IOException {
        sandbox.switches().set(Doubts.EXPIRES_IN, says).set(Doubts.TOKEN_LIFE, Duration.ofMinutes(30));
        JsonNode answer = SandboxCaller.json(AccountEngagementCaller.token(
                sandbox,
                "grant_type=refresh_token&client_id=" + ApiUser.BRIDGE.clientId() + "&client_secret=x&refresh_token="
                        + ApiUser.BRIDGE.refreshToken()));
        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grant_type=client_credentials&client_id=3MVG9sandboxBridge&client_secret=wrong | invalid_client
            grant_type=refresh_token&client_id=3MVG9sandboxBridge&refresh_token=wrong      | invalid_grant
            grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=a.b.c         | invalid_grant
            grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=nothing       | invalid_grant
            grant_type=something                                                           | unsupported_grant_type
            """)
    void wrongCredentialsGetNoToken(String form, String error) throws IOException {
        HttpResponse<String> answer = AccountEngagementCaller.token(sandbox, form);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(SandboxCaller.json(answer).path("error").asText()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.salesforce.com, 120, 200",
        "https://test.salesforce.com,  120, 200",
        "https://elsewhere.example,    120, 400",
        "https://login.salesforce.com, -1,  400",
        "https://login.salesforce.com, 900, 400"
    })
    void anAssertionCountsWithinItsMinutesAndForItsAudience(String audience, long seconds, int status)
            throws IOException, GeneralSecurityException {
        String claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}"
                .formatted(
                        ApiUser.BRIDGE.clientId(),
                        ApiUser.BRIDGE.username(),
                        audience,
                        clock.instant().getEpochSecond() + seconds);
        HttpResponse<String> answer = AccountEngagementCaller.token(
                sandbox, "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=" + signed(claims));
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private String signed(String claims) throws GeneralSecurityException {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String text = encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        byte[] der = Base64.getMimeDecoder().decode(sandbox.privateKey().replaceAll("-----[A-Z ]+-----", ""));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + encoder.encodeToString(signature.sign());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401})
    void aTokenEndsByTimeAndByRevocation(int status) throws IOException {
        sandbox.switches().set(Doubts.TOKEN_STATUS, status);
        clock.advance(Duration.ofHours(2));
        HttpResponse<String> old = bridge.get(ACCOUNT);
        assertThat(old.statusCode()).isEqualTo(status);
        assertThat(AccountEngagementCaller.code(old)).isEqualTo(184);

        AccountEngagementCaller fresh = new AccountEngagementCaller(sandbox, ApiUser.BRIDGE);
        assertThat(fresh.get(ACCOUNT).statusCode()).isEqualTo(200);
        sandbox.revokeTokens();
        assertThat(AccountEngagementCaller.code(fresh.get(ACCOUNT))).isEqualTo(184);
    }

    @Test
    void everyCallNamesTheUnit() throws IOException {
        var without = SandboxCaller.to(sandbox.baseUrl() + ACCOUNT)
                .header(
                        "Authorization",
                        bridge.to(ACCOUNT)
                                .build()
                                .headers()
                                .firstValue("Authorization")
                                .orElseThrow());
        assertThat(AccountEngagementCaller.code(bridge.send(without.copy()))).isEqualTo(181);
        assertThat(AccountEngagementCaller.code(
                        bridge.send(without.header("Pardot-Business-Unit-Id", "0Uv000000000000AAA"))))
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"true,3,89", "true,4,152", "false,4,88", "false,3,152"})
    void theVersionMustFitHowTheUnitTreatsAddresses(boolean several, int version, int code) throws IOException {
        sandbox.switches().set(Doubts.SEVERAL_PER_EMAIL, several);
        assertThat(AccountEngagementCaller.code(
                        bridge.call("POST", "/api/export/version/" + version + "/do/create", "")))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "'',           XML,  '<rsp stat=\"fail\" version=\"1.0\"><err code=\"152\">'",
        "'',           JSON, '\"err_code\":152'",
        "?format=json, XML,  '\"err_code\":152'",
        "?format=xml,  JSON, '<err code=\"152\">'"
    })
    void olderVersionsRefuseInTheFormThatWasAskedFor(String query, Doubts.Form missing, String holds)
            throws IOException {
        sandbox.switches().set(Doubts.MISSING_FORMAT, missing);
        HttpResponse<String> answer = bridge.call("POST", CREATE + query, "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(holds);
    }

    @Test
    void olderVersionsMayRefuseWithStatus200() throws IOException {
        sandbox.switches().set(Doubts.ERRORS_WITH_200, true);
        assertThat(bridge.call("POST", CREATE, "").statusCode()).isEqualTo(200);
        assertThat(bridge.call("POST", "/api/v5/exports", "").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 429})
    void fiveCallsAtATimeAreAllowed(int status) throws IOException {
        sandbox.switches().set(Doubts.LIMIT_STATUS, status).set(Doubts.PARALLEL_ELSEWHERE, 4);
        assertThat(bridge.get(ACCOUNT).statusCode()).isEqualTo(200);
        sandbox.switches().set(Doubts.PARALLEL_ELSEWHERE, 5);
        HttpResponse<String> refused = bridge.get(ACCOUNT);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(AccountEngagementCaller.code(refused)).isEqualTo(66);
    }

    @Test
    void theDaysCallsAreCountedUntilTheAccountsMidnight() throws IOException {
        sandbox.switches().set(Doubts.DAILY_LIMIT, 2);
        HttpResponse<String> first = bridge.send(bridge.to(ACCOUNT).header("X-Return-Api-Usage", "1"));
        assertThat(first.headers().firstValue("x-api-usage")).contains("1/2");
        bridge.get(ACCOUNT);
        assertThat(AccountEngagementCaller.code(bridge.get(ACCOUNT))).isEqualTo(122);

        clock.set(Instant.parse("2026-03-03T07:59:59Z"));
        sandbox.switches().set(Doubts.TOKEN_LIFE, Duration.ofDays(2));
        bridge = new AccountEngagementCaller(sandbox, ApiUser.BRIDGE);
        assertThat(AccountEngagementCaller.code(bridge.get(ACCOUNT))).isEqualTo(122);
        clock.advance(Duration.ofSeconds(1));
        assertThat(bridge.get(ACCOUNT).statusCode()).isEqualTo(200);
    }

    @Test
    void aMinuteMayHaveItsOwnLimit() throws IOException {
        sandbox.switches().set(Doubts.MINUTE_LIMIT, 1);
        bridge.get(ACCOUNT);
        assertThat(AccountEngagementCaller.code(bridge.get(ACCOUNT))).isEqualTo(202);
        clock.advance(Duration.ofMinutes(1));
        assertThat(bridge.get(ACCOUNT).statusCode()).isEqualTo(200);
    }

    @Test
    void whatAPersonNeedsIsSaid() {
        assertThat(sandbox.options())
                .containsEntry("token-url", sandbox.tokenUrl().toString())
                .containsKey("business-unit-id");
    }
}
