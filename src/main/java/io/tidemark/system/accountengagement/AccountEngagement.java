package io.tidemark.system.accountengagement;

import io.tidemark.system.Option;
import io.tidemark.system.Source;
import io.tidemark.system.SystemType;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Salesforce Account Engagement, once Pardot: one business unit of one organisation, as one of its users.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/export-v5.html">Export API</a>
 */
public final class AccountEngagement implements SystemType {

    private static final URI BASE_URL = URI.create("https://pi.pardot.com");

    /** From all clients of the account together; more are refused with code 66. */
    private static final int MOST_CALLS_AT_ONCE = 5;

    /**
     * Reads may lag so far behind writes.
     *
     * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/version5overview.html">Version 5</a>
     */
    private static final Duration LAG = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "account-engagement";
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public List<Option> sourceOptions() {
        return AccountEngagementOptions.SOURCE;
    }

    @Override
    public List<Option> exportOptions() {
        return AccountEngagementOptions.EXPORT;
    }

    @Override
    public Set<String> resources() {
        return AccountEngagementObject.names();
    }

    @Override
    public List<String> keyOf(String resource) {
        return List.of(AccountEngagementObject.KEY);
    }

    /** Times without an offset are those of the API user; a zone that is none is refused by {@link #open}. */
    @Override
    public ZoneId zone(Map<String, String> options) {
        try {
            return ZoneId.of(options.getOrDefault(AccountEngagementOptions.TIME_ZONE, ""));
        } catch (DateTimeException noZone) {
            return ZoneOffset.UTC;
        }
    }

    @Override
    public int mostConcurrentRequests() {
        return MOST_CALLS_AT_ONCE;
    }

    @Override
    public Duration windowLag() {
        return LAG;
    }

    @Override
    public Duration settleDelay() {
        return LAG.multipliedBy(2);
    }

    @Override
    public Set<String> writable() {
        return Set.of(AccountEngagementObject.PROSPECT.vendorName());
    }

    @Override
    public Optional<String> misfit(Map<String, String> options) {
        try {
            open(options);
            return Optional.empty();
        } catch (IllegalArgumentException misfit) {
            return Optional.of(String.valueOf(misfit.getMessage()));
        }
    }

    /**
     * Opens a source.
     *
     * @throws IllegalArgumentException for options that contradict each other or cannot be read, naming them
     */
    @Override
    public Source open(Map<String, String> options) {
        return new AccountEngagementSource(
                AccountEngagementSettings.of(options), AccountEngagementGrant.of(new AccountEngagementValues(options)));
    }
}
