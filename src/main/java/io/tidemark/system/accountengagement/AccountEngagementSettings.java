package io.tidemark.system.accountengagement;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * How one business unit is talked to.
 *
 * @param zone the API user's
 * @param accountZone in which a day of calls ends
 * @param dailyCalls how many calls may be counted in a day before none is made
 * @param offsets whether windows are asked for in times with an offset
 * @param camel whether arguments are spelt in camel case
 * @param prospectOnly how that argument is spelt in versions 3 and 4
 * @param creates whether prospects are created
 * @param importFrom from how many changes on they go as an import, 0 for never
 */
record AccountEngagementSettings(
        String unit,
        int version,
        ZoneId zone,
        ZoneId accountZone,
        Optional<Long> dailyCalls,
        boolean offsets,
        boolean camel,
        String prospectOnly,
        String stateField,
        boolean creates,
        boolean revives,
        int importFrom) {

    static final int FIVE = 5;

    AccountEngagementSettings {
        requireNonNull(unit, "unit is null");
        requireNonNull(zone, "zone is null");
        requireNonNull(accountZone, "accountZone is null");
        requireNonNull(dailyCalls, "dailyCalls is null");
        requireNonNull(prospectOnly, "prospectOnly is null");
        requireNonNull(stateField, "stateField is null");
    }

    static AccountEngagementSettings of(Map<String, String> options) {
        var values = new AccountEngagementValues(options);
        int version = Integer.parseInt(values.get(AccountEngagementOptions.API_VERSION));
        ZoneId zone = values.zone(AccountEngagementOptions.TIME_ZONE);
        String unit = values.get(AccountEngagementOptions.BUSINESS_UNIT_ID);
        if (!unit.matches("0Uv[A-Za-z0-9]{15}")) {
            throw new IllegalArgumentException(AccountEngagementOptions.BUSINESS_UNIT_ID
                    + " must be the 18 characters that begin with 0Uv, from Business Unit Setup");
        }
        return new AccountEngagementSettings(
                unit,
                version,
                zone,
                values.find(AccountEngagementOptions.ACCOUNT_TIME_ZONE).isPresent()
                        ? values.zone(AccountEngagementOptions.ACCOUNT_TIME_ZONE)
                        : zone,
                values.find(AccountEngagementOptions.DAILY_CALLS).map(Long::valueOf),
                isOr(values.find(AccountEngagementOptions.WINDOW_TIMES), AccountEngagementOptions.OFFSET, version),
                isOr(values.find(AccountEngagementOptions.ARGUMENT_SPELLING), AccountEngagementOptions.CAMEL, version),
                values.find(AccountEngagementOptions.PROSPECT_ONLY_SPELLING)
                        .orElse(AccountEngagementOptions.DOCUMENTED),
                values.find(AccountEngagementOptions.STATE_FIELD).orElse(AccountEngagementOptions.STATE),
                !values.find(AccountEngagementOptions.CREATES).equals(Optional.of(AccountEngagementOptions.NEVER)),
                values.find(AccountEngagementOptions.REVIVE_DELETED).equals(Optional.of("true")),
                values.find(AccountEngagementOptions.IMPORT_FROM)
                        .map(Integer::parseInt)
                        .orElse(AccountEngagementOptions.MANY));
    }

    /** Without a choice it is that of version 5. */
    private static boolean isOr(Optional<String> chosen, String choice, int version) {
        return chosen.map(choice::equals).orElse(version == FIVE);
    }

    boolean isFive() {
        return version == FIVE;
    }

    /** An argument's name in the way it is spelt here. */
    String argument(String snake) {
        return camel ? AccountEngagementField.camel(snake) : snake;
    }

    /** The one argument that the vendor's document spells in two ways. */
    String prospectOnlyArgument(AccountEngagementProcedure procedure) {
        if (isFive()) {
            return argument("prospect_only");
        }
        boolean inCamel = prospectOnly.equals(AccountEngagementOptions.DOCUMENTED)
                ? procedure == AccountEngagementProcedure.UPDATED
                : prospectOnly.equals(AccountEngagementOptions.CAMEL);
        return inCamel ? "prospectOnly" : "prospect_only";
    }
}
