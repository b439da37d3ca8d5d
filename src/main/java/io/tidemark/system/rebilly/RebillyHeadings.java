package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a stream's fields are headed, both ways. The vendor does not say how it heads the columns of a CSV; outside of this
 * class a field goes by its own name only.
 */
record RebillyHeadings(Map<String, String> fieldByHeading) {

    static final String FIELD = "field";
    static final String LAST_PART = "last-part";
    static final String TITLE = "title";
    static final List<String> CHOICES = List.of(FIELD, LAST_PART, TITLE);

    RebillyHeadings {
        fieldByHeading = Collections.unmodifiableMap(new LinkedHashMap<>(fieldByHeading));
    }

    static RebillyHeadings of(String form, List<String> fields, String option) {
        var byHeading = new LinkedHashMap<String, String>();
        for (String field : fields) {
            String heading = heading(form, field);
            String other = byHeading.put(heading, field);
            if (other != null) {
                throw new ApiException.Refused("with " + option + "=" + form + " the fields " + other + " and " + field
                        + " would both be headed " + heading + "; leave one out of " + RebillyOptions.FIELDS);
            }
        }
        return new RebillyHeadings(byHeading);
    }

    /** The key is headed as it is in every form, but for its case, which does not count. */
    private static String heading(String form, String field) {
        if (form.equals(FIELD) || field.equals(RebillyResource.KEY)) {
            return field;
        }
        return form.equals(LAST_PART) ? field.substring(field.lastIndexOf('/') + 1) : title(field);
    }

    private static String title(String field) {
        return Arrays.stream(field.split("/|(?=[A-Z])", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    String of(String field) {
        return fieldByHeading.entrySet().stream()
                .filter(entry -> entry.getValue().equals(field))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(field);
    }

    String field(String heading) {
        return requireNonNull(fieldByHeading.getOrDefault(heading, heading));
    }
}
