package io.tidemark.sandbox.mpdx;

import java.util.List;

/**
 * Somebody whom the pretended MPDX knows.
 *
 * @param accountLists the account lists that this user can see, the default one first
 */
public record ApiUser(String name, String id, List<String> accountLists) {
    public static final String FIRST_LIST = "0a000000-0000-4000-8000-000000000001";
    public static final String SECOND_LIST = "0a000000-0000-4000-8000-000000000002";

    public static final ApiUser BRIDGE =
            new ApiUser("Sandbox Bridge", "0d000000-0000-4000-8000-000000000001", List.of(FIRST_LIST));
    public static final ApiUser SOMEBODY_ELSE =
            new ApiUser("Sandbox Other", "0d000000-0000-4000-8000-000000000002", List.of(SECOND_LIST));

    public ApiUser {
        accountLists = List.copyOf(accountLists);
    }

    boolean sees(String accountList) {
        return accountLists.contains(accountList);
    }
}
