package io.tidemark.system.accountengagement;

import io.tidemark.system.Option;
import io.tidemark.system.Option.Kind;
import java.util.List;
import java.util.Optional;

/** The configuration keys of Account Engagement. */
final class AccountEngagementOptions {

    static final String TOKEN_URL = "token-url";
    static final String CLIENT_ID = "client-id";
    static final String CLIENT_SECRET = "client-secret";
    static final String REFRESH_TOKEN = "refresh-token";
    static final String USERNAME = "username";
    static final String PRIVATE_KEY = "private-key";
    static final String AUDIENCE = "audience";
    static final String TOKEN_LIFETIME = "token-lifetime";
    static final String BUSINESS_UNIT_ID = "business-unit-id";
    static final String API_VERSION = "api-version";
    static final String TIME_ZONE = "time-zone";
    static final String ACCOUNT_TIME_ZONE = "account-time-zone";
    static final String DAILY_CALLS = "daily-calls";
    static final String WINDOW_TIMES = "window-times";
    static final String ARGUMENT_SPELLING = "argument-spelling";
    static final String PROSPECT_ONLY_SPELLING = "prospect-only-spelling";
    static final String STATE_FIELD = "state-field";
    static final String CREATES = "creates";
    static final String REVIVE_DELETED = "revive-deleted";
    static final String IMPORT_FROM = "import-from";

    static final String OFFSET = "offset";
    static final String LOCAL = "local";
    static final String SNAKE = "snake";
    static final String CAMEL = "camel";
    static final String DOCUMENTED = "documented";
    static final String STATE = "state";
    static final String STATUS = "status";
    static final String BY_EMAIL = "by-email";
    static final String NEVER = "never";

    static final String FIELDS = "fields";
    static final String CUSTOM_FIELDS = "custom-fields";
    static final String PROCEDURE = "procedure";
    static final String PROCEDURE_NAME = "procedure-name";
    static final String TYPE = "type";
    static final String PROSPECT_ONLY = "prospect-only";
    static final String DELETED = "deleted";
    static final String PROSPECT_DELETED = "prospect-deleted";

    /** An import takes minutes, however little it holds. */
    static final int MANY = 100;

    static final List<Option> SOURCE = List.of(
            with(
                    TOKEN_URL,
                    "https://login.salesforce.com/services/oauth2/token",
                    "where tokens are granted; https://test.salesforce.com/... for a sandbox"),
            Option.requiredText(CLIENT_ID, "consumer key of the connected app, which needs the scope pardot_api"),
            secret(CLIENT_SECRET, "consumer secret; alone it means the client credentials flow"),
            secret(REFRESH_TOKEN, "refresh token of the API user, for the refresh token flow"),
            Option.of(USERNAME, new Kind.Text(), "the API user's Salesforce name, for the JWT bearer flow"),
            secret(PRIVATE_KEY, "RSA key as PEM text, whose certificate the connected app has; JWT bearer flow"),
            Option.of(AUDIENCE, new Kind.Text(), "audience of the JWT; without it the origin of token-url"),
            Option.of(
                    TOKEN_LIFETIME,
                    new Kind.Text(),
                    "how long a token is good, as PT2H; without it as the answer says, else until it is refused"),
            Option.requiredText(BUSINESS_UNIT_ID, "id of the business unit, 18 characters that begin with 0Uv"),
            Option.choice(
                    API_VERSION,
                    "5",
                    List.of("5", "4", "3"),
                    "version of the Export API; 3 and 4 name fields in snake case"),
            Option.requiredText(
                    TIME_ZONE, "the API user's time zone, as America/New_York: times without an offset are in it"),
            Option.of(
                    ACCOUNT_TIME_ZONE,
                    new Kind.Text(),
                    "the account's time zone, in which a day of calls ends; without it time-zone"),
            Option.of(
                    DAILY_CALLS,
                    new Kind.Whole(1, 1_000_000),
                    "no call is made once the vendor has counted so many in a day, those of others among them; the edition"
                            + " gives 25,000, 50,000 or 100,000"),
            choice(
                    WINDOW_TIMES,
                    List.of(OFFSET, LOCAL),
                    "how windows are asked for; without it with an offset in version 5, else in the user's time"),
            choice(
                    ARGUMENT_SPELLING,
                    List.of(SNAKE, CAMEL),
                    "how arguments of procedures are spelt; without it camel in version 5, else snake"),
            Option.choice(
                    PROSPECT_ONLY_SPELLING,
                    DOCUMENTED,
                    List.of(DOCUMENTED, SNAKE, CAMEL),
                    "how versions 3 and 4 spell prospect_only; documented: snake by created, camel by updated"),
            Option.choice(STATE_FIELD, STATE, List.of(STATE, STATUS), "what version 5 calls the state of an export"),
            Option.choice(
                    CREATES,
                    BY_EMAIL,
                    List.of(BY_EMAIL, NEVER),
                    "how prospects are created: by-email takes the one with the address if there is one, which then meets the"
                            + " row like one that both sides edited"),
            new Option(
                    REVIVE_DELETED,
                    new Kind.Bool(),
                    false,
                    false,
                    Optional.of("false"),
                    List.of(),
                    "whether creating a prospect takes a deleted one with its address out of the recycle bin"),
            new Option(
                    IMPORT_FROM,
                    new Kind.Whole(0, 1000),
                    false,
                    false,
                    Optional.of(Integer.toString(MANY)),
                    List.of(),
                    "from how many waiting changes of prospects on they go as an import; 0 for never"));

    static final List<Option> EXPORT = List.of(
            Option.of(FIELDS, new Kind.TextList(), "fields to export instead of the usual ones; 150 at most"),
            Option.of(CUSTOM_FIELDS, new Kind.TextList(), "custom fields to export besides; prospect only"),
            choice(
                    PROCEDURE,
                    AccountEngagementProcedure.words(),
                    "what chooses the records; without it updated, for externalActivity created"),
            Option.of(PROCEDURE_NAME, new Kind.Text(), "the vendor's name of that procedure, if it is another"),
            fixed("created-after"),
            fixed("created-before"),
            fixed("updated-after"),
            fixed("updated-before"),
            fixed("activity-after"),
            fixed("activity-before"),
            fixed("prospect-updated-after"),
            fixed("prospect-updated-before"),
            Option.of(TYPE, new Kind.WholeList(1, 999), "only activities of these types; visitorActivity only"),
            Option.of(PROSPECT_ONLY, new Kind.Bool(), "only activities of prospects; visitorActivity only"),
            deleted(DELETED, "whether deleted records come, too; without it as the stream's deletes wants"),
            deleted(PROSPECT_DELETED, "the same of the prospects, with the procedure prospect-updated"));

    private AccountEngagementOptions() {}

    private static Option with(String name, String standard, String description) {
        return new Option(name, new Kind.Text(), false, false, Optional.of(standard), List.of(), description);
    }

    private static Option secret(String name, String description) {
        return new Option(name, new Kind.Text(), false, true, Optional.empty(), List.of(), description);
    }

    private static Option choice(String name, List<String> choices, String description) {
        return new Option(name, new Kind.Text(), false, false, Optional.empty(), choices, description);
    }

    private static Option deleted(String name, String description) {
        return choice(name, List.of("true", "false", "all"), description);
    }

    private static Option fixed(String name) {
        return Option.of(
                name, new Kind.Text(), "sent as it is instead of the window's bound: a time, a date, last_7_days, ...");
    }
}
