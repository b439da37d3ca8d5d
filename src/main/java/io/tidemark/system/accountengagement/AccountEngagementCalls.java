package io.tidemark.system.accountengagement;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.answer.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The calls made to Account Engagement. Exports are asked for in the configured version; objects always in version 5,
 * which every business unit has.
 *
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/version5overview.html">Version 5</a>
 * @see <a href="https://developer.salesforce.com/docs/marketing/pardot/guide/export-v4.html">Export, version 4</a>
 */
final class AccountEngagementCalls {

    private static final String EXPORTS = "/api/v5/exports";
    private static final String IMPORTS = "/api/v5/imports";
    private static final String PROSPECTS = "/api/v5/objects/prospects";
    private static final Map<String, String> TALK =
            Map.of("Accept", "application/json", "Content-Type", "application/json");

    private AccountEngagementCalls() {}

    static ApiRequest account() {
        return ApiRequest.get("/api/v5/objects/account?fields=id,company,level,maximumDailyApiCalls,apiCallsUsed");
    }

    static ApiRequest customFields(String pageToken) {
        return ApiRequest.get("/api/v5/objects/custom-fields?fields=id,name,fieldId,type"
                + (pageToken.isEmpty() ? "&limit=1000" : "&nextPageToken=" + encoded(pageToken)));
    }

    /** Exports can be listed by administrators only: one whose id is lost is lost. */
    static ApiRequest create(AccountEngagementSettings settings, String json) {
        return ApiRequest.post(settings.isFive() ? EXPORTS : older(settings, "create"), json);
    }

    static ApiRequest read(AccountEngagementSettings settings, String id, String stateField) {
        return ApiRequest.get(
                settings.isFive()
                        ? EXPORTS + "/" + number(id) + "?fields=id," + stateField + ",isExpired,resultRefs"
                        : older(settings, "read/id/" + number(id)));
    }

    static ApiRequest cancel(AccountEngagementSettings settings, String id) {
        String path = settings.isFive()
                ? EXPORTS + "/" + number(id) + "/do/cancel"
                : older(settings, "cancel/id/" + number(id));
        return new ApiRequest("POST", path, TALK, "{}", true);
    }

    /** Without the format these versions answer in XML. */
    private static String older(AccountEngagementSettings settings, String operation) {
        return "/api/export/version/" + settings.version() + "/do/" + operation + "?format=json";
    }

    static ApiRequest prospect(String key, List<String> fields) {
        return ApiRequest.get(PROSPECTS + "/" + number(key) + "?fields=" + encoded(String.join(",", fields)));
    }

    static ApiRequest update(String key, String json) {
        return new ApiRequest("PATCH", PROSPECTS + "/" + number(key), TALK, json, true);
    }

    /** The same call twice finds the second time what it made the first time. */
    static ApiRequest upsertByEmail(String json) {
        return new ApiRequest("POST", PROSPECTS + "/do/upsertLatestByEmail", TALK, json, true);
    }

    static ApiRequest delete(String key) {
        return new ApiRequest(
                "DELETE", PROSPECTS + "/" + number(key), Map.of("Accept", "application/json"), null, true);
    }

    /** Of several deleted prospects with one address, the one that was active last: twice may bring back two. */
    static ApiRequest undelete(String json) {
        return new ApiRequest("POST", PROSPECTS + "/do/undelete", TALK, json, false);
    }

    /** An import that is not declared ready writes nothing: one whose id is lost is a waste, and no harm. */
    static ApiRequest createImport(String json) {
        return ApiRequest.post(IMPORTS, json);
    }

    static ApiRequest readImport(String id, String stateField) {
        return ApiRequest.get(IMPORTS + "/" + number(id) + "?fields=id," + stateField
                + ",isExpired,createdCount,updatedCount,errorCount");
    }

    static ApiRequest fillImport(String id, AccountEngagementCsv.Form form) {
        return new ApiRequest(
                "POST",
                IMPORTS + "/" + number(id) + "/batches",
                Map.of("Accept", "application/json", "Content-Type", form.type()),
                form.body(),
                true);
    }

    static ApiRequest submitImport(String id, String stateField) {
        return new ApiRequest("PATCH", IMPORTS + "/" + number(id), TALK, "{\"" + stateField + "\":\"Ready\"}", true);
    }

    static ApiRequest importErrors(String id) {
        return new ApiRequest(
                "GET",
                IMPORTS + "/" + number(id) + "/errors",
                Map.of("Accept", "text/csv, application/json"),
                null,
                true);
    }

    /** Anything but digits could be another address. */
    static String number(String key) {
        if (!key.matches("[0-9]{1,18}")) {
            throw new ApiException.Refused(
                    "\"" + Words.bounded(key) + "\" is no id: Account Engagement's are whole numbers");
        }
        return key;
    }

    /** Commas stay, as the vendor's pages write them. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
    }
}
