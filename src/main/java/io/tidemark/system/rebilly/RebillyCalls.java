package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.answer.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The calls made to Rebilly. The path of data exports differs by who describes it, so that it is configured whole; what
 * else is called lies below the same path without {@code experimental}.
 *
 * @param prefix the path above the data exports, with a placeholder for the organisation or without
 */
record RebillyCalls(String prefix, String organization) {

    private static final Map<String, String> JSON =
            Map.of("Accept", "application/json", "Content-Type", "application/json");

    RebillyCalls {
        requireNonNull(prefix, "prefix is null");
        requireNonNull(organization, "organization is null");
    }

    /** The path of the data exports. */
    String exports() {
        return path() + "/data-exports";
    }

    private String others() {
        return path().replaceFirst("/experimental(?=/|$)", "");
    }

    /** Refused where a call is to be made, so that a person hears it with the source's name. */
    private String path() {
        String path = prefix.replace("{organization-id}", organization).replaceFirst("/+$", "");
        if (!path.matches("(/[@~.\\w-]+)*")) {
            throw new ApiException.Refused(RebillyOptions.PATH_PREFIX + " \"" + Words.bounded(prefix) + "\" with "
                    + RebillyOptions.ORGANIZATION_ID + " \"" + Words.bounded(organization)
                    + "\" makes no path; it looks like " + RebillyOptions.STANDARD_PREFIX + ", or / for none");
        }
        return path;
    }

    /** Not repeatable: each makes an export, which the list shows. */
    ApiRequest createExport(String json) {
        return ApiRequest.post(exports(), json);
    }

    ApiRequest export(String id, List<String> expand) {
        String query = expand.isEmpty() ? "" : "?expand=" + encoded(String.join(",", expand));
        return ApiRequest.get(exports() + "/" + id(id) + query);
    }

    ApiRequest deleteExport(String id) {
        return new ApiRequest("DELETE", exports() + "/" + id(id), Map.of("Accept", "application/json"), null, true);
    }

    ApiRequest exportList(int limit, int offset) {
        return ApiRequest.get(exports() + "?limit=" + limit + "&offset=" + offset + "&sort=-createdTime");
    }

    ApiRequest customFields(String resource) {
        return ApiRequest.get(others() + "/custom-fields/" + id(resource) + "?limit=1000");
    }

    ApiRequest customer(String id) {
        return ApiRequest.get(others() + "/customers/" + id(id));
    }

    ApiRequest customers(String filter, String search, String sort, int limit, int offset) {
        String query = "?limit=" + limit + "&offset=" + offset + "&sort=" + encoded(sort);
        String narrowed = filter.isEmpty() ? query : query + "&filter=" + encoded(filter);
        return ApiRequest.get(
                others() + "/customers" + (search.isEmpty() ? narrowed : narrowed + "&q=" + encoded(search)));
    }

    ApiRequest oneCustomer() {
        return ApiRequest.get(others() + "/customers?limit=1");
    }

    /** A whole customer under its id: twice leaves what once does. */
    ApiRequest putCustomer(String id, String json) {
        return new ApiRequest("PUT", others() + "/customers/" + id(id), JSON, json, true);
    }

    /** The same for a new customer: after a lost answer it is looked up, in case somebody has edited it since. */
    ApiRequest putNewCustomer(String id, String json) {
        return new ApiRequest("PUT", others() + "/customers/" + id(id), JSON, json, false);
    }

    ApiRequest postCustomer(String json) {
        return ApiRequest.post(others() + "/customers", json);
    }

    String file(String fileId) {
        return others() + "/files/" + id(fileId) + "/download";
    }

    /** See <a href="https://www.rebilly.com/catalog/all/data-exports">resource identifiers</a>. */
    static boolean isId(String text) {
        return text.matches("[@~\\-.\\w]{1,50}") && !text.matches("\\.{1,2}");
    }

    private static String id(String id) {
        if (!isId(id)) {
            throw new ApiException.Refused("\"" + Words.bounded(id)
                    + "\" is no id of Rebilly's: these are up to 50 letters, digits and @ ~ - . _");
        }
        return id;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
