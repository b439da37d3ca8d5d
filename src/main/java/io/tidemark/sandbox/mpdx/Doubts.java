package io.tidemark.sandbox.mpdx;

import io.tidemark.sandbox.Switch;
import java.util.List;

/** The switches of the pretended MPDX: where it is open what the vendor does, and what goes wrong. */
public final class Doubts {
    public enum FilterForm {
        OBJECT_ONLY,
        BOTH,
        STRING_ONLY
    }

    public enum FileBuild {
        INSIDE_GET,
        ACCEPTED_UNTIL_READY,
        NOT_FOUND_UNTIL_READY
    }

    public enum ExportType {
        CONTACTS,
        CONTACTS_EXPORT
    }

    public enum MissingStatus {
        ACTIVE_AND_NULL,
        ALL
    }

    public enum Header {
        ENGLISH,
        TRANSLATED,
        WITH_ID
    }

    public enum IdsForm {
        ARRAY,
        COMMA_LIST
    }

    public enum Lock {
        REQUIRED,
        IGNORED
    }

    public enum UnsetFrequency {
        MONTHLY,
        BLANK
    }

    public enum DeletedAt {
        DAY,
        SECOND
    }

    public enum SecondCreation {
        CONFLICT,
        SAME_RECORD
    }

    public enum ForeignSource {
        REFUSED,
        LEFT_ALONE
    }

    public enum BulkEnvelope {
        NONE,
        DATA
    }

    public static final Switch<Boolean> ONE_SHOT =
            Switch.flag("one-shot", true, "whether an export can be fetched only once");
    public static final Switch<Boolean> JSON_COUNTS =
            Switch.flag("json-counts", true, "whether reading the JSON of an export uses it up, too");
    public static final Switch<FilterForm> FILTER =
            Switch.choice("filter", FilterForm.OBJECT_ONLY, "the forms of a filter that a file can be made of");
    public static final Switch<FileBuild> FILE_BUILD =
            Switch.choice("file-build", FileBuild.INSIDE_GET, "when the file of an export is made");
    public static final Switch<Integer> BUILD_POLLS = Switch.number(
            "build-polls", 2, 0, 1_000, "how many requests come too early where the file is not made at once");
    public static final Switch<ExportType> EXPORT_TYPE =
            Switch.choice("export-type", ExportType.CONTACTS, "the type that an export says it has");
    public static final Switch<MissingStatus> MISSING_STATUS = Switch.choice(
            "missing-status", MissingStatus.ACTIVE_AND_NULL, "which contacts a filter without a status selects");
    public static final Switch<Header> HEADER = Switch.choice(
            "header", Header.TRANSLATED, "the header of a file: English, in the language asked for, or with an id");
    public static final Switch<String> USER_LOCALE =
            Switch.text("user-locale", "en-US", "the language of whoever does not ask for one: en-US or de");
    public static final Switch<IdsForm> IDS = Switch.choice(
            "ids", IdsForm.ARRAY, "the form of a filter of ids that works; the other one selects nothing");
    public static final Switch<Boolean> EMAIL_TOUCHES_CONTACT = Switch.flag(
            "email-touches-contact", false, "whether a changed email address or phone number moves its contact, too");
    public static final Switch<Lock> LOCK =
            Switch.choice("lock", Lock.REQUIRED, "whether an update needs the time of the version it was made from");
    public static final Switch<Integer> REQUESTS_PER_MINUTE =
            Switch.number("requests-per-minute", 0, 0, 1_000_000, "how many requests a minute are answered; 0 for any");
    public static final Switch<UnsetFrequency> UNSET_FREQUENCY = Switch.choice(
            "unset-frequency", UnsetFrequency.MONTHLY, "what a file shows where no commitment frequency is set");

    public static final Switch<DeletedAt> DELETED_AT =
            Switch.choice("deleted-at", DeletedAt.DAY, "whether a deletion's time is its day or its second");
    public static final Switch<SecondCreation> SECOND_CREATION = Switch.choice(
            "second-creation",
            SecondCreation.CONFLICT,
            "what a second creation with one id answers: a conflict, or the record that is there");
    public static final Switch<ForeignSource> FOREIGN_SOURCE = Switch.choice(
            "foreign-source",
            ForeignSource.REFUSED,
            "what happens to a changed email address or location that another system brought");
    public static final Switch<Boolean> SHUFFLED_TIES =
            Switch.flag("shuffled-ties", false, "whether records that sort alike come in another order each time");
    public static final Switch<Integer> LARGEST_PAGE =
            Switch.number("largest-page", 1_000, 1, 1_000_000, "the most records of a page, whatever was asked for");
    public static final Switch<Boolean> LOWER_CASES_EMAILS =
            Switch.flag("lower-cases-emails", true, "whether email addresses are kept in lower case");
    public static final Switch<Boolean> REFUSALS_QUOTE =
            Switch.flag("refusals-quote", false, "whether the words of a refusal repeat the refused value");
    public static final Switch<Integer> BULK_MOST =
            Switch.number("bulk-most", 0, 0, 1_000_000, "how many contacts a bulk call takes; 0 for any");
    public static final Switch<BulkEnvelope> BULK_ENVELOPE = Switch.choice(
            "bulk-envelope",
            BulkEnvelope.NONE,
            "whether the answers of a bulk call come as they are or inside of data");

    static final List<Switch<?>> ALL = List.of(
            ONE_SHOT,
            JSON_COUNTS,
            FILTER,
            FILE_BUILD,
            BUILD_POLLS,
            EXPORT_TYPE,
            MISSING_STATUS,
            HEADER,
            USER_LOCALE,
            IDS,
            EMAIL_TOUCHES_CONTACT,
            LOCK,
            REQUESTS_PER_MINUTE,
            UNSET_FREQUENCY,
            DELETED_AT,
            SECOND_CREATION,
            FOREIGN_SOURCE,
            SHUFFLED_TIES,
            LARGEST_PAGE,
            LOWER_CASES_EMAILS,
            REFUSALS_QUOTE,
            BULK_MOST,
            BULK_ENVELOPE);

    private Doubts() {}
}
