package io.tidemark.sandbox.accountengagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One page of a list call of version 5. The token is where the next one begins. */
record Page<T>(List<T> items, int end, boolean last, String path) {
    static <T> Page<T> of(Call call, List<T> all) {
        int limit = number(call, "limit", 200);
        if (limit < 1 || limit > 1000) {
            throw ApiError.invalid("limit", "must be from 1 to 1000");
        }
        int start = Math.min(all.size(), number(call, "nextPageToken", 0));
        int end = Math.min(all.size(), start + limit);
        return new Page<>(
                all.subList(start, end), end, end == all.size(), call.request().path());
    }

    void next(ObjectNode json) {
        if (last) {
            json.putNull("nextPageToken").putNull("nextPageUrl");
        } else {
            json.put("nextPageToken", Integer.toString(end)).put("nextPageUrl", path + "?nextPageToken=" + end);
        }
    }

    private static int number(Call call, String parameter, int otherwise) {
        try {
            return call.request().parameter(parameter).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw ApiError.invalid(parameter, "is not a number");
        }
    }
}
