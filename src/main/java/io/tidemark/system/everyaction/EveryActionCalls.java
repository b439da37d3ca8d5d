package io.tidemark.system.everyaction;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;

/**
 * The calls made to EveryAction.
 *
 * @see <a href="https://docs.everyaction.com/reference/changed-entities-overview">Changed entities</a>
 */
final class EveryActionCalls {

    private static final String JOBS = "/changedEntityExportJobs";

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

    private static String segment(String name) {
        if (!name.matches("[A-Za-z0-9]{1,100}")) {
            throw new ApiException.Refused("\"" + EveryActionWords.bounded(name)
                    + "\" cannot be asked for: EveryAction's resources and job ids are letters and digits only");
        }
        return name;
    }
}
