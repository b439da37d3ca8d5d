package io.tidemark.system.mpdx;

import io.tidemark.system.Option;
import io.tidemark.system.Option.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration keys of MPDX. */
final class MpdxOptions {

    static final String TOKEN = "token";
    static final String ACCOUNT_LIST_ID = "account-list-id";
    static final String LANGUAGE = "language";
    static final String IDS_FORM = "ids-form";
    static final String PER_PAGE = "per-page";
    static final String OVERWRITE = "overwrite";
    static final String CREATE_DEFAULT_PERSON = "create-default-person";
    static final String BULK_MOST = "bulk-most";

    static final String STATUS = "status";
    static final String FILTER = "filter";
    static final String FILTER_FORM = "filter-form";
    static final String FORMAT = "format";
    static final String MAILING = "mailing";
    static final String CHANGED_ONLY = "changed-only";
    static final String DELETION_OVERLAP_DAYS = "deletion-overlap-days";

    /** Without it MPDX leaves out contacts whose status is hidden. */
    static final String EVERY_STATUS = "active,hidden,null";

    static final List<Option> SOURCE = List.of(
            Option.requiredSecret(TOKEN, "API token (a JWT) of a user of the account list; it ends after 30 days"),
            Option.requiredText(ACCOUNT_LIST_ID, "id of the account list whose contacts are kept the same"),
            standard(LANGUAGE, new Kind.Text(), "en-US", "language asked for, which the headers of exports follow"),
            Option.choice(
                    IDS_FORM,
                    "array",
                    List.of("array", "list"),
                    "how MPDX takes several ids in a filter: an array, or a list with commas"),
            standard(PER_PAGE, new Kind.Whole(1, 1000), "100", "records asked for in one call"),
            standard(
                    OVERWRITE,
                    new Kind.Bool(),
                    "false",
                    "true writes without telling the version it was made from: others' edits of the moment are lost"),
            standard(
                    CREATE_DEFAULT_PERSON,
                    new Kind.Bool(),
                    "true",
                    "whether MPDX adds a person to each contact that is created, as it does by itself"),
            standard(
                    BULK_MOST,
                    new Kind.Whole(1, 1000),
                    "100",
                    "how many changed contacts go in one call; 1 sends each alone"));

    static final List<Option> EXPORT = List.of(
            standard(
                    STATUS,
                    new Kind.Text(),
                    EVERY_STATUS,
                    "statuses of contacts to ask for, with commas: active, hidden, null, or single ones; contacts and"
                            + " exports"),
            Option.of(
                    FILTER,
                    new Kind.Text(),
                    "further filters as a JSON object by MPDX's names, such as {\"tags\": \"north\"}"),
            Option.choice(
                    FILTER_FORM,
                    "object",
                    List.of("object", "string"),
                    "how an export's filter is sent: as an object, or as a text that holds one; exports only"),
            Option.choice(FORMAT, "csv", List.of("csv", "xlsx"), "format of the file; exports only"),
            standard(MAILING, new Kind.Bool(), "false", "the columns for letters instead of all; exports only"),
            standard(
                    CHANGED_ONLY,
                    new Kind.Bool(),
                    "false",
                    "export only contacts changed inside the window instead of all; exports only"),
            standard(
                    DELETION_OVERLAP_DAYS,
                    new Kind.Whole(0, 3650),
                    "2",
                    "how many days before the window deletions are asked for again, because they tell only their day;"
                            + " contacts only"));

    private MpdxOptions() {}

    private static Option standard(String name, Kind kind, String value, String description) {
        return new Option(name, kind, false, false, Optional.of(value), List.of(), description);
    }

    /** The value of an option that has a default. */
    static String value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name))
                .map(String::trim)
                .or(() -> standard(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    static boolean flag(Map<String, String> values, String name) {
        return Boolean.parseBoolean(value(values, name));
    }

    private static Optional<String> standard(String name) {
        return List.of(SOURCE, EXPORT).stream()
                .flatMap(List::stream)
                .filter(option -> option.name().equals(name))
                .findFirst()
                .flatMap(Option::standard);
    }
}
