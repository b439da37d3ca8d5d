package io.tidemark.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys below {@code tidemark.} that belong to no source and no stream. */
final class GlobalKeys {
    static final Key<String> URL = Key.standard(
            "database.url", DatabaseUrl::parse, DatabaseUrl.STANDARD, "the target, jdbc:h2: or jdbc:postgresql:");
    static final Key<String> USERNAME =
            Key.optional("database.username", Parsers::text, "who connects; H2 needs none, its default is sa");
    static final Key<String> PASSWORD =
            Key.secret("database.password", Parsers::password, "its password; H2 needs none");
    static final Key<Integer> POOL_SIZE =
            Key.standard("database.pool-size", Parsers.whole(2, 100), "8", "the most connections at once, 2 to 100");
    static final Key<String> SCHEMA = Key.optional(
            "database.schema", StreamParsers::schema, "where the bridge's own tables go; the connection's own");
    static final Key<Boolean> DDL = Key.standard(
            "database.ddl", Parsers::onOrOff, "on", "off refuses to create or alter anything and says what is missing");
    static final Key<Boolean> OUTBOUND =
            Key.standard("outbound", Parsers::onOrOff, "on", "off stops all writing to any source");
    static final Key<ZoneId> TIME_ZONE = Key.standard("time-zone", TimeParsers::zone, "UTC", "of all schedules");
    static final Key<Duration> RETENTION = Key.standard(
            "retention", TimeParsers::duration, "P90D", "how long finished cycles and settled work are kept");

    static final List<Key<?>> ALL =
            List.of(URL, USERNAME, PASSWORD, POOL_SIZE, SCHEMA, DDL, OUTBOUND, TIME_ZONE, RETENTION);

    private GlobalKeys() {}
}
