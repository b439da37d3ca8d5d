package io.tidemark.system.accountengagement;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** The options of a source, read one by one. What cannot be read is refused by the option's name, never its value. */
record AccountEngagementValues(Map<String, String> options) {

    AccountEngagementValues {
        options = Map.copyOf(options);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(options.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    ZoneId zone(String name) {
        try {
            return ZoneId.of(get(name));
        } catch (DateTimeException noZone) {
            throw new IllegalArgumentException(name + " must be a time zone such as America/New_York or UTC", noZone);
        }
    }

    Optional<Duration> length(String name) {
        return find(name).map(text -> {
            try {
                Duration length = Duration.parse(text);
                if (!length.isNegative() && !length.isZero()) {
                    return length;
                }
            } catch (DateTimeException noLength) {
                throw new IllegalArgumentException(name + " must be a length of time such as PT2H", noLength);
            }
            throw new IllegalArgumentException(name + " must be longer than nothing");
        });
    }

    URI address(String name) {
        try {
            URI address = new URI(get(name));
            if (address.getHost() != null && address.getScheme() != null) {
                return address;
            }
        } catch (URISyntaxException noAddress) {
            throw new IllegalArgumentException(name + " must be an address", noAddress);
        }
        throw new IllegalArgumentException(name + " must be a whole address with https:// and a host");
    }
}
