package io.tidemark.system.everyaction;

import io.tidemark.system.Option;
import io.tidemark.system.Option.Kind;
import java.util.List;

/** The configuration keys of EveryAction. */
final class EveryActionOptions {

    static final String APPLICATION_NAME = "application-name";
    static final String API_KEY = "api-key";
    static final String DATABASE_MODE = "database-mode";

    static final String DATE_CHANGED_FROM = "date-changed-from";
    static final String DATE_CHANGED_TO = "date-changed-to";
    static final String REQUESTED_IDS = "requested-ids";
    static final String REQUESTED_FIELDS = "requested-fields";
    static final String REQUESTED_CUSTOM_FIELD_IDS = "requested-custom-field-ids";
    static final String FILE_SIZE_KB_LIMIT = "file-size-kb-limit";
    static final String INCLUDE_INACTIVE = "include-inactive";
    static final String CONTACT_MODE = "contact-mode";
    static final String REQUESTED_ACTIVIST_CODE_IDS = "requested-activist-code-ids";
    static final String EXCLUDE_CHANGES_FROM_SELF = "exclude-changes-from-self";

    static final List<Option> SOURCE = List.of(
            Option.requiredText(APPLICATION_NAME, "application name that EveryAction gave out with the API key"),
            Option.requiredSecret(API_KEY, "API key, without the | and the digit behind it"),
            Option.choice(
                    DATABASE_MODE,
                    "1",
                    List.of("0", "1"),
                    "0 for My Voters, 1 for EveryAction and My Campaign; sent behind the key"));

    static final List<Option> EXPORT = List.of(
            Option.of(DATE_CHANGED_FROM, new Kind.Time(), "no window starts before this time"),
            Option.of(DATE_CHANGED_TO, new Kind.Time(), "no window ends after this time, which must have passed"),
            Option.of(REQUESTED_IDS, ids(), "ids of records to export besides those that changed"),
            Option.of(REQUESTED_FIELDS, new Kind.TextList(), "names of fields to export besides the core fields"),
            Option.of(REQUESTED_CUSTOM_FIELD_IDS, ids(), "ids of custom fields; Contacts and Contributions only"),
            Option.of(
                    FILE_SIZE_KB_LIMIT, new Kind.Whole(1000, 100_000), "most KB in one file; EveryAction's own: 40000"),
            Option.of(
                    INCLUDE_INACTIVE,
                    new Kind.Bool(),
                    "export deleted and archived records; without it as the stream's deletes wants"),
            Option.of(CONTACT_MODE, new Kind.Whole(1, 3), "1 people, 2 organisations, 3 both"),
            Option.of(REQUESTED_ACTIVIST_CODE_IDS, ids(), "only these activist codes; ContactsActivistCodes only"),
            Option.of(
                    EXCLUDE_CHANGES_FROM_SELF,
                    new Kind.Bool(),
                    "leave out what this API user changed; without it as the stream's direction wants"));

    private EveryActionOptions() {}

    private static Kind ids() {
        return new Kind.WholeList(1, Integer.MAX_VALUE);
    }
}
