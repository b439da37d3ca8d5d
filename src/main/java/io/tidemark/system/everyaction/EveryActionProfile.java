package io.tidemark.system.everyaction;

import io.tidemark.system.Account;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose the key is. The vendor's {@code keyReference} shows the end of the key itself and is left out.
 *
 * @see <a href="https://docs.everyaction.com/reference/apikeyprofiles">API key profiles</a>
 */
final class EveryActionProfile {

    /** What an id is unique in, and whose changes are the bridge's own. */
    private static final List<String> SCOPE = List.of("databaseName", "committeeName", "username");

    private static final Map<String, String> DETAILS = details();

    private EveryActionProfile() {}

    private static Map<String, String> details() {
        var details = new LinkedHashMap<String, String>();
        details.put("database", "databaseName");
        details.put("committee", "committeeName");
        details.put("user", "username");
        details.put("first name", "userFirstName");
        details.put("last name", "userLastName");
        details.put("key type", "apiKeyTypeName");
        details.put("My Voters", "hasMyVoters");
        details.put("My Campaign", "hasMyCampaign");
        return details;
    }

    static Account account(Json json, String mode) {
        Json profile = json.elements().stream()
                .filter(EveryActionProfile::namesScope)
                .findFirst()
                .orElseThrow(() -> json.unexpected("profile of the key"));
        return new Account(identity(profile, mode), details(profile, mode));
    }

    private static boolean namesScope(Json profile) {
        return SCOPE.stream().anyMatch(name -> profile.text(name).isPresent());
    }

    private static String identity(Json profile, String mode) {
        return "everyaction database=" + quoted(profile, "databaseName") + " committee="
                + quoted(profile, "committeeName") + " user=" + quoted(profile, "username") + " mode=" + mode;
    }

    private static String quoted(Json profile, String name) {
        return '"' + profile.text(name).map(Words::bounded).orElse("") + '"';
    }

    private static Map<String, String> details(Json profile, String mode) {
        var details = new LinkedHashMap<String, String>();
        DETAILS.forEach((label, property) ->
                profile.text(property).map(Words::bounded).ifPresent(value -> details.put(label, value)));
        details.put("mode", mode);
        return details;
    }
}
