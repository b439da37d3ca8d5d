package io.tidemark.settings;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The target database.
 *
 * @param url the JDBC address as it is opened: an H2 file is absolute and shared with other processes on loopback
 * @param poolSize the most connections that are open at once
 * @param schema where the bridge's own tables go, empty for the connection's own
 * @param ddl whether the bridge may create and alter tables
 */
public record DatabaseSettings(
        String url, String username, String password, int poolSize, Optional<String> schema, boolean ddl) {

    public DatabaseSettings {
        requireNonNull(url, "url is null");
        requireNonNull(username, "username is null");
        requireNonNull(password, "password is null");
        requireNonNull(schema, "schema is null");
        if (poolSize < 2) {
            throw new IllegalArgumentException("a pool needs at least 2 connections: " + poolSize);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseSettings[username=" + username + ", poolSize=" + poolSize + ", schema=" + schema + ", ddl="
                + ddl + "]";
    }
}
