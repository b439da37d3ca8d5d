package io.tidemark.settings;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys that every source has; its system adds its own. */
final class SourceKeys {
    static final String SYSTEM = "system";

    static final Key<URI> BASE_URL =
            Key.optional("base-url", Parsers::address, "where the API is; the vendor's production address");
    static final Key<Double> REQUESTS_PER_SECOND = Key.standard(
            "requests-per-second", Parsers.positive(1000), "5", "the most calls a second, above 0 to 1000");
    static final Key<Integer> MAX_CONCURRENT_REQUESTS =
            Key.standard("max-concurrent-requests", Parsers.whole(1, 64), "4", "the most calls at once, 1 to 64");
    static final Key<ZoneId> ZONE =
            Key.optional("zone", TimeParsers::zone, "how times without an offset are read; the system's");
    static final Key<Duration> WINDOW_LAG = Key.optional(
            "window-lag",
            TimeParsers::durationOrZero,
            "how far before the server's time a window ends where the bridge sets the end; the system's");
    static final Key<Duration> SETTLE_DELAY = Key.optional(
            "settle-delay", TimeParsers::duration, "how long the vendor may take to show a write; the system's");
    static final Key<String> EXTERNAL_ID_TYPE =
            Key.optional("external-id-type", Parsers::text, "the type of the identifier that created records carry");
    static final Key<List<URI>> DOWNLOAD_HOSTS = Key.optional(
            "download-hosts", Parsers::origins, "other origins that get the credentials for downloads; none");

    private SourceKeys() {}

    static Key<String> system(List<String> systems) {
        return Key.required(SYSTEM, Parsers.choice(systems), "which kind of API it is");
    }

    static List<Key<?>> all(Key<String> system) {
        return List.of(
                system,
                BASE_URL,
                REQUESTS_PER_SECOND,
                MAX_CONCURRENT_REQUESTS,
                ZONE,
                WINDOW_LAG,
                SETTLE_DELAY,
                EXTERNAL_ID_TYPE,
                DOWNLOAD_HOSTS);
    }
}
