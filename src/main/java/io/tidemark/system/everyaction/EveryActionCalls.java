package io.tidemark.system.everyaction;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.Writing.Identifier;
import io.tidemark.system.answer.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The calls made to EveryAction. Of those that change something only an update and a suppression of a person may be
 * repeated: the others can make a record each time.
 *
 * @see <a href="https://docs.everyaction.com/reference/changed-entities-overview">Changed entities</a>
 * @see <a href="https://docs.everyaction.com/reference/people">People</a>
 * @see <a href="https://docs.everyaction.com/reference/post-contributions">Contributions</a>
 */
final class EveryActionCalls {

    private static final String JOBS = "/changedEntityExportJobs";
    private static final String PEOPLE = "/people/";
    private static final String CONTRIBUTIONS = "/contributions";

    private EveryActionCalls() {}

    static ApiRequest profiles() {
        return ApiRequest.get("/apiKeyProfiles");
    }

    static ApiRequest resources() {
        return ApiRequest.get(JOBS + "/resources");
    }

    static ApiRequest fields(String resource) {
        return ApiRequest.get(JOBS + "/fields/" + segment(resource));
    }

    static ApiRequest changeTypes(String resource) {
        return ApiRequest.get(JOBS + "/changeTypes/" + segment(resource));
    }

    static ApiRequest customFields() {
        return ApiRequest.get("/customFields");
    }

    /** Jobs cannot be listed: one whose id is lost is lost. */
    static ApiRequest createJob(String json) {
        return ApiRequest.post(JOBS, json);
    }

    static ApiRequest job(String jobId) {
        return ApiRequest.get(JOBS + "/" + segment(jobId));
    }

    /** What is not expanded comes as null, which looks like a person without it. */
    static ApiRequest person(String key, boolean withCustomFields) {
        return ApiRequest.get(
                PEOPLE + vanId(key) + "?$expand=phones,emails,addresses" + (withCustomFields ? ",customFields" : ""));
    }

    static ApiRequest personBy(Identifier identifier) {
        return ApiRequest.get(PEOPLE + encoded(identifier));
    }

    static ApiRequest updatePerson(String key, String json) {
        return new ApiRequest(
                "POST",
                PEOPLE + vanId(key),
                Map.of("Accept", "application/json", "Content-Type", "application/json"),
                json,
                true);
    }

    /** Finds and changes nothing. */
    static ApiRequest findPerson(String json) {
        ApiRequest find = ApiRequest.post(PEOPLE + "find", json);
        return new ApiRequest(find.method(), find.path(), find.headers(), json, true);
    }

    static ApiRequest findOrCreatePerson(String json) {
        return ApiRequest.post(PEOPLE + "findOrCreate", json);
    }

    static ApiRequest suppressPerson(String key) {
        return new ApiRequest("DELETE", PEOPLE + vanId(key), Map.of("Accept", "application/json"), null, true);
    }

    static ApiRequest canvass(long vanId, String json) {
        return ApiRequest.post(PEOPLE + vanId + "/canvassResponses", json);
    }

    static ApiRequest contribute(String json) {
        return ApiRequest.post(CONTRIBUTIONS, json);
    }

    static ApiRequest contributionBy(Identifier identifier) {
        return ApiRequest.get(CONTRIBUTIONS + "/" + encoded(identifier));
    }

    /** Anything but digits could be another address, such as {@code find}. */
    private static String vanId(String key) {
        if (!key.matches("[0-9]{1,18}")) {
            throw new ApiException.Refused(
                    "\"" + Words.bounded(key) + "\" is no VANID: EveryAction's contacts have whole numbers");
        }
        return key;
    }

    private static String encoded(Identifier identifier) {
        return encoded(identifier.type()) + ":" + encoded(identifier.value());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String segment(String name) {
        if (!name.matches("[A-Za-z0-9]{1,100}")) {
            throw new ApiException.Refused("\"" + Words.bounded(name)
                    + "\" cannot be asked for: EveryAction's resources and job ids are letters and digits only");
        }
        return name;
    }
}
