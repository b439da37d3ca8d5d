package io.tidemark.sandbox.accountengagement;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * A user of the business unit with a connected app of their own.
 *
 * @param zone the zone the user has to begin with; it can be changed
 */
public record ApiUser(
        long id,
        String username,
        ZoneId zone,
        Set<Ability> abilities,
        String clientId,
        String clientSecret,
        String refreshToken) {
    public static final ApiUser BRIDGE = new ApiUser(
            41,
            "bridge@example.org.sandbox",
            ZoneId.of("America/New_York"),
            EnumSet.complementOf(EnumSet.of(Ability.EXPORTS_VIEW)),
            "3MVG9sandboxBridge",
            "sandbox-secret-of-the-bridge",
            "5Aep861sandboxRefreshOfTheBridge");
    public static final ApiUser ADMINISTRATOR = new ApiUser(
            42,
            "admin@example.org.sandbox",
            ZoneId.of("Europe/Berlin"),
            EnumSet.allOf(Ability.class),
            "3MVG9sandboxAdmin",
            "sandbox-secret-of-the-admin",
            "5Aep861sandboxRefreshOfTheAdmin");

    public ApiUser {
        abilities = Set.copyOf(abilities);
    }

    public ApiUser with(ZoneId other) {
        return new ApiUser(id, username, other, abilities, clientId, clientSecret, refreshToken);
    }

    public ApiUser without(Ability lost) {
        EnumSet<Ability> fewer = EnumSet.copyOf(abilities);
        fewer.remove(lost);
        return new ApiUser(id, username, zone, fewer, clientId, clientSecret, refreshToken);
    }

    @Override
    public String toString() {
        return "ApiUser " + username;
    }
}
