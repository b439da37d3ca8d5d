package io.tidemark.system;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Who answers behind a source's credentials.
 *
 * @param identity changes when and only when another account (or another scope of keys) answers
 * @param details what the vendor says of the account, for people to read, in order; never a secret
 */
public record Account(String identity, Map<String, String> details) {
    public Account {
        requireNonNull(identity, "identity is null");
        details = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(details));
    }
}
