package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.system.ApiAnswer;
import io.tidemark.system.ApiException;
import io.tidemark.system.Grant;
import io.tidemark.system.answer.Answers;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sent;
import io.tidemark.system.answer.Words;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How tokens are had: with the app's own credentials, with a refresh token, or with an assertion that the API user's key
 * signs. The answer mostly does not say how long a token is good, so that it is used until it is refused.
 *
 * @param flow makes the request's parameters
 * @param lifetime what the configuration says of it
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/authentication.html">Authentication</a>
 */
record AccountEngagementGrant(
        URI address,
        String unit,
        Function<Instant, Map<String, String>> flow,
        Optional<Duration> lifetime,
        Sent secrets)
        implements Grant {

    /** An assertion may be good for some minutes only. */
    private static final Duration ASSERTED = Duration.ofMinutes(3);

    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final String CHECK = "Check client-id and the secret, token or key beside it; that the connected app"
            + " has the scope pardot_api and allows the flow; and that token-url is login.salesforce.com for production"
            + " and test.salesforce.com for a sandbox";

    private static final Answers ANSWERS = new Answers("Salesforce", CHECK, AccountEngagementGrant::complaints);

    AccountEngagementGrant {
        requireNonNull(address, "address is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(flow, "flow is null");
        requireNonNull(lifetime, "lifetime is null");
        requireNonNull(secrets, "secrets is null");
    }

    static AccountEngagementGrant of(AccountEngagementValues values) {
        return new AccountEngagementGrant(
                values.address(AccountEngagementOptions.TOKEN_URL),
                values.get(AccountEngagementOptions.BUSINESS_UNIT_ID),
                flow(values),
                values.length(AccountEngagementOptions.TOKEN_LIFETIME),
                secrets(values));
    }

    private static Sent secrets(AccountEngagementValues values) {
        return Sent.of(List.of(
                values.find(AccountEngagementOptions.CLIENT_SECRET).orElse(""),
                values.find(AccountEngagementOptions.REFRESH_TOKEN).orElse(""),
                values.find(AccountEngagementOptions.USERNAME).orElse("")));
    }

    private static Function<Instant, Map<String, String>> flow(AccountEngagementValues values) {
        String client = values.get(AccountEngagementOptions.CLIENT_ID);
        Optional<String> secret = values.find(AccountEngagementOptions.CLIENT_SECRET);
        Optional<String> refresh = values.find(AccountEngagementOptions.REFRESH_TOKEN);
        Optional<String> key = values.find(AccountEngagementOptions.PRIVATE_KEY);
        if (refresh.isPresent() && key.isPresent()) {
            throw new IllegalArgumentException(AccountEngagementOptions.REFRESH_TOKEN + " and "
                    + AccountEngagementOptions.PRIVATE_KEY + " are two ways to the same token. Take one out");
        }
        if (key.isPresent()) {
            return assertion(values, client, AccountEngagementKey.of(AccountEngagementOptions.PRIVATE_KEY, key.get()));
        }
        if (refresh.isPresent()) {
            return refreshing(client, secret, refresh.get());
        }
        String own = secret.orElseThrow(() -> new IllegalArgumentException(
                "nothing proves who calls. Set " + AccountEngagementOptions.CLIENT_SECRET + ", or "
                        + AccountEngagementOptions.REFRESH_TOKEN + ", or " + AccountEngagementOptions.USERNAME + " and "
                        + AccountEngagementOptions.PRIVATE_KEY));
        return now -> Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", own);
    }

    private static Function<Instant, Map<String, String>> refreshing(
            String client, Optional<String> secret, String token) {
        Map<String, String> plain = Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", token);
        return now -> secret.map(own -> Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        client,
                        "client_secret",
                        own,
                        "refresh_token",
                        token))
                .orElse(plain);
    }

    private static Function<Instant, Map<String, String>> assertion(
            AccountEngagementValues values, String client, AccountEngagementKey key) {
        String user = values.get(AccountEngagementOptions.USERNAME);
        URI address = values.address(AccountEngagementOptions.TOKEN_URL);
        String audience = values.find(AccountEngagementOptions.AUDIENCE)
                .orElseGet(() -> address.getScheme() + "://" + address.getRawAuthority());
        return now -> Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "assertion",
                key.signed(JsonNodeFactory.instance
                        .objectNode()
                        .put("iss", client)
                        .put("sub", user)
                        .put("aud", audience)
                        .put("exp", now.plus(ASSERTED).getEpochSecond())
                        .toString()));
    }

    @Override
    public Map<String, String> form(Instant now) {
        return flow.apply(now);
    }

    @Override
    public Token token(ApiAnswer answer) {
        if (answer.status() == 429 || answer.status() >= 500) {
            throw new ApiException.RetryLater(
                    "Salesforce grants no token now" + ANSWERS.reason(answer, secrets),
                    ApiException.retryAfter(answer));
        }
        if (!answer.successful()) {
            throw new ApiException.Denied(
                    "Salesforce granted no token" + ANSWERS.reason(answer, secrets) + ". " + CHECK);
        }
        Json json = ANSWERS.body(answer)
                .orElseThrow(() -> new ApiException.RetryLater(
                        "Salesforce answered the request for a token with something that is no JSON",
                        ApiException.retryAfter(answer)));
        String token = json.text("access_token")
                .orElseThrow(() -> new ApiException.Denied(
                        "Salesforce answered the request for a token without an access_token. " + CHECK));
        return new Token(token, good(json).map(answer.receivedAt()::plus).orElse(null));
    }

    /** How long a token is used: a little shorter than it is good. */
    private Optional<Duration> good(Json answer) {
        Optional<Duration> told = answer.whole("expires_in").isPresent()
                ? Optional.of(Duration.ofSeconds(answer.whole("expires_in").getAsLong()))
                : Optional.empty();
        return lifetime.or(() -> told).map(length -> length.minus(shorter(MARGIN, length.dividedBy(10))));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public Map<String, String> headers(Token token) {
        return Map.of(
                "Authorization", "Bearer " + token.value(), "Pardot-Business-Unit-Id", unit, "X-Return-Api-Usage", "1");
    }

    @Override
    public boolean refused(ApiAnswer answer) {
        return answer.status() == 401
                || AccountEngagementError.in(answer)
                        .filter(AccountEngagementError::isOfToken)
                        .isPresent();
    }

    private static List<String> complaints(Json body, Sent sent) {
        return body.texts("error", "error_description").stream()
                .map(sent::hiddenIn)
                .map(Words::bounded)
                .toList();
    }

    @Override
    public String toString() {
        return "AccountEngagementGrant[" + address.getHost() + "]";
    }
}
