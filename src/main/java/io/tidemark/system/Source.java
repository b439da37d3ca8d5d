package io.tidemark.system;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One account of one system, as an adapter. Every method builds a conversation and makes no call itself; a conversation
 * may be held any number of times. Safe for use by many threads.
 *
 * <p>Reading an answer throws an {@link ApiException} that says what to do next.
 */
public interface Source {

    Credentials credentials();

    /** How far back a window may start, empty where the vendor sets no limit. */
    Optional<Duration> reach();

    /** The budget of a day's calls, empty where the vendor or the configuration sets none. */
    default Optional<DailyCalls> dailyCalls() {
        return Optional.empty();
    }

    /** Who answers; also the cheapest test that the credentials work. */
    Step<Account> account();

    /** The resources these credentials can export. */
    Step<List<String>> resources();

    /** What the vendor says of one resource. */
    Step<ResourceDescription> describe(String resource);

    /** The export side of a stream. */
    Export export(ExportSpec spec);

    /** The write side of a stream; empty where nothing of the resource can be written. */
    default Optional<Writing> writing(ExportSpec spec) {
        return Optional.empty();
    }
}
