package io.tidemark.sandbox.rebilly;

/**
 * Somebody who may call the pretended API: one secret key and one token of the same organisation.
 *
 * @param key for the header REB-APIKEY
 * @param token for the header Authorization, after {@code Bearer}
 */
public record ApiUser(String key, String token, String organizationId, String userId) {
    public static final ApiUser BRIDGE =
            new ApiUser("sk_sandbox_bridge_0000000000000000", "sandbox.bridge.token", "org_sandbox01", "usr_bridge01");

    /** Another key of the same organisation. */
    public static final ApiUser SOMEBODY_ELSE = new ApiUser(
            "sk_sandbox_colleague_00000000000000", "sandbox.colleague.token", "org_sandbox01", "usr_colleague01");
}
