package io.tidemark.sandbox.everyaction;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record as one change left it.
 *
 * @param values by column; moments as ISO instants, dates without a time as ISO dates; an absent column is empty
 * @param active false once suppressed, merged away or archived
 */
record Version(long id, Map<String, String> values, boolean active, Instant at, Author author, int changeType) {
    Version {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    String value(String column) {
        return values.getOrDefault(column, "");
    }

    boolean isOrganisation() {
        return value("ContactMode").equals("2");
    }
}
