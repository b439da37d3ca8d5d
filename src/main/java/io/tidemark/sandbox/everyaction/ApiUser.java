package io.tidemark.sandbox.everyaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A key that the pretended EveryAction knows.
 *
 * @param mode 0 for the voter file, 1 for the campaign database
 */
public record ApiUser(String applicationName, String key, int mode) {
    public static final ApiUser BRIDGE = new ApiUser("sandboxBridge", "11111111-2222-4333-8444-555555555555", 1);
    public static final ApiUser SOMEBODY_ELSE = new ApiUser("sandboxOther", "99999999-8888-4777-8666-555555555555", 1);

    public String password() {
        return key + "|" + mode;
    }

    /** The value of the Authorization header. */
    public String authorization() {
        byte[] pair = (applicationName + ":" + password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    Author author() {
        return new Author(key);
    }

    @Override
    public String toString() {
        return "ApiUser " + applicationName;
    }
}
