package io.tidemark.system.rebilly;

import io.tidemark.system.Option;
import io.tidemark.system.Option.Kind;
import java.util.List;
import java.util.Optional;

/** The configuration keys of Rebilly. Those of a stream are the attributes of a data export, and how it is had. */
final class RebillyOptions {

    static final String API_KEY = "api-key";
    static final String ORGANIZATION_ID = "organization-id";
    static final String PATH_PREFIX = "path-prefix";
    static final String STANDARD_PREFIX = "/organizations/{organization-id}/experimental";

    static final String NAME = "name";
    static final String FORMAT = "format";
    static final String FILTER = "filter";
    static final String SORT = "sort";
    static final String Q = "q";
    static final String FIELDS = "fields";
    static final String ALWAYS_FIELDS = "always-fields";
    static final String EMAIL_NOTIFICATION = "email-notification";
    static final String RECURRING_INSTRUCTION = "recurring-instruction";
    static final String RECURRING_START = "recurring-start";
    static final String DATE_RANGE_START = "date-range-start";
    static final String DATE_RANGE_END = "date-range-end";
    static final String DATE_RANGE_FIELD = "date-range-field";
    static final String EXPAND = "expand";
    static final String FOLLOW = "follow";
    static final String READ_BY = "read-by";
    static final String DOWNLOAD = "download";
    static final String CSV_HEADER = "csv-header";
    static final String VERIFY_DATE_RANGE = "verify-date-range";
    static final String DELETE_FINISHED = "delete-finished";

    static final String EXPORT_CALLS = "export";
    static final String LIST_CALLS = "list";
    static final String WITH_KEY = "download";
    static final String SIGNED_LINK = "signed-link";

    static final List<Option> SOURCE = List.of(
            Option.requiredSecret(API_KEY, "secret API key, sent as REB-APIKEY"),
            Option.requiredText(ORGANIZATION_ID, "id of the organisation that the key belongs to"),
            text(
                    PATH_PREFIX,
                    STANDARD_PREFIX,
                    "path above /data-exports; also known are /, /experimental and"
                            + " /experimental/organizations/{organization-id}. Other calls go below it without experimental"));

    static final List<Option> EXPORT = List.of(
            Option.of(
                    NAME,
                    new Kind.Text(),
                    "name of the data exports, up to 33 characters; a mark of the window is added"),
            Option.choice(
                    FORMAT,
                    "csv",
                    List.of("csv", "json", "json-api", "xml", "pdf", "detailed-csv"),
                    "format of the files; csv and json are loaded, the others are refused with the reason"),
            Option.of(FILTER, new Kind.Text(), "filter of the records, such as status:completed,pending;amount:5.."),
            Option.of(SORT, new Kind.Text(), "field to sort by, with - before it for descending"),
            Option.of(Q, new Kind.Text(), "partial text search"),
            Option.of(
                    FIELDS,
                    new Kind.TextList(),
                    "fields to export, parts of a field with a slash; without it those that the bridge knows"),
            Option.of(
                    ALWAYS_FIELDS,
                    new Kind.TextList(),
                    "fields asked for besides; without it id, updatedTime and, where there is one, revision"),
            Option.of(EMAIL_NOTIFICATION, new Kind.TextList(), "addresses that Rebilly tells of each finished export"),
            Option.of(
                    RECURRING_INSTRUCTION,
                    new Kind.Text(),
                    "recurrence rule (RFC 5545): the export is made once, repeats at Rebilly and is followed"),
            Option.of(RECURRING_START, new Kind.Time(), "first run of a recurring export; Rebilly's own: now"),
            Option.of(
                    DATE_RANGE_START,
                    new Kind.Text(),
                    "start of the range in place of the window's, ISO 8601 or relative such as yesterday"),
            Option.of(DATE_RANGE_END, new Kind.Text(), "end of the range in place of the window's; both or none"),
            text(DATE_RANGE_FIELD, "updatedTime", "field that the range means; Rebilly's own would not see changes"),
            Option.of(EXPAND, new Kind.TextList(), "objects to embed when an export is asked about: file, user"),
            Option.of(FOLLOW, new Kind.Text(), "id of a recurring export to load instead of requesting any"),
            Option.choice(
                    READ_BY,
                    EXPORT_CALLS,
                    List.of(EXPORT_CALLS, LIST_CALLS),
                    "list reads customers page by page in place of exports, where these do not know updatedTime"),
            Option.choice(
                    DOWNLOAD,
                    WITH_KEY,
                    List.of(WITH_KEY, SIGNED_LINK),
                    "the link that files come by: download with the key, signed-link without"),
            Option.choice(
                    CSV_HEADER,
                    RebillyHeadings.FIELD,
                    RebillyHeadings.CHOICES,
                    "how Rebilly heads the columns of a CSV: field for the names asked for"),
            flag(
                    VERIFY_DATE_RANGE,
                    "compare an export of customers with their list, to see that the range was honoured"),
            flag(DELETE_FINISHED, "delete the bridge's own exports at Rebilly when their rows are committed"));

    private RebillyOptions() {}

    private static Option text(String name, String standard, String description) {
        return new Option(name, new Kind.Text(), false, false, Optional.of(standard), List.of(), description);
    }

    private static Option flag(String name, String description) {
        return new Option(name, new Kind.Bool(), false, false, Optional.of("true"), List.of(), description);
    }
}
