package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.answer.Words;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls made to MPDX. Creations carry a key that the bridge chose, so that a second one makes nothing; only a stored
 * export is made anew each time.
 */
record MpdxCalls(MpdxSettings settings) {

    private static final String MEDIA_TYPE = "application/vnd.api+json";
    private static final String EXPORTS = "/contacts/exports";

    MpdxCalls {
        requireNonNull(settings, "settings is null");
    }

    ApiRequest get(MpdxQuery query) {
        return call("GET", query.toString(), null, true);
    }

    ApiRequest create(String path, String json) {
        return call("POST", path, json, true);
    }

    ApiRequest update(String path, String json) {
        return call("PUT", path, json, true);
    }

    ApiRequest delete(String path) {
        return call("DELETE", path, null, true);
    }

    ApiRequest export(String json, boolean mailing) {
        return call("POST", exports(mailing), json, false);
    }

    /** The path of an export's file; it is good for one download. */
    static String file(String exportId, boolean mailing, String format) {
        return exports(mailing) + "/" + id(exportId) + "." + format;
    }

    private static String exports(boolean mailing) {
        return mailing ? EXPORTS + "/mailing" : EXPORTS;
    }

    private ApiRequest call(String method, String path, @Nullable String body, boolean repeatable) {
        Map<String, String> headers = body == null
                ? Map.of("Accept", MEDIA_TYPE, "Accept-Language", settings.language())
                : Map.of("Accept", MEDIA_TYPE, "Accept-Language", settings.language(), "Content-Type", MEDIA_TYPE);
        return new ApiRequest(method, path, headers, body, repeatable);
    }

    /** The language that the headers of an export follow. */
    Map<String, String> language() {
        return Map.of("Accept-Language", settings.language());
    }

    /** The records of the account list, on the first page. */
    MpdxQuery list(String path) {
        return MpdxQuery.of(path)
                .filter("account_list_id", settings.accountListId())
                .with("per_page", Integer.toString(settings.perPage()));
    }

    /**
     * A range of change times with both ends. It is sent in whole seconds and with {@code Z}, because MPDX takes any other
     * form for the whole first day.
     */
    static String range(Instant from, Instant to) {
        return seconds(from) + ".." + seconds(to);
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    MpdxQuery ids(MpdxQuery query, List<String> ids) {
        return settings.idsAsArray() ? query.filterEach("ids", ids) : query.filter("ids", String.join(",", ids));
    }

    /** Anything else could be another address, such as {@code bulk}. */
    static String id(String key) {
        if (!key.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
            throw new ApiException.Refused("\"" + Words.bounded(key) + "\" is no id of MPDX: they are UUIDs, such as"
                    + " 00000000-0000-4000-8000-000000000000");
        }
        return key;
    }
}
