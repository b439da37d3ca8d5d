package io.tidemark.sandbox.accountengagement;

import io.tidemark.sandbox.Switch;
import java.time.Duration;
import java.util.List;

/**
 * The switches of the pretended Account Engagement: where the vendor's papers leave open what happens, and what goes
 * wrong.
 */
public final class Doubts {
    public enum StateName {
        STATE,
        STATUS
    }

    public enum Envelope {
        BY_VERSION,
        WRAPPED,
        FLAT
    }

    public enum Spelling {
        BY_VERSION,
        SNAKE,
        CAMEL,
        BOTH
    }

    public enum ProspectOnly {
        DOCUMENTED,
        SNAKE,
        CAMEL,
        BOTH
    }

    public enum MissingEnd {
        CREATION,
        UNBOUNDED
    }

    public enum Year {
        DAYS_365,
        DAYS_366,
        CALENDAR
    }

    public enum CsvDates {
        LOCAL,
        ISO_Z,
        ISO_OFFSET
    }

    public enum Deleted {
        FALSE,
        ALL
    }

    public enum Form {
        JSON,
        XML
    }

    public enum Outcome {
        COMPLETE,
        FAILED,
        CANCELED
    }

    public enum DownloadHost {
        API,
        OTHER
    }

    public enum RecycleBin {
        FLAGGED,
        NOT_FOUND,
        ARCHIVED
    }

    public enum ImportEnd {
        COMPLETE,
        FAILED,
        CANCELED
    }

    public enum Unmatched {
        ERROR,
        PASSED_OVER
    }

    public enum UpdatedCount {
        ROWS,
        CHANGED,
        NONE
    }

    public enum CreateAnswer {
        RECORD,
        NOTHING
    }

    public static final Switch<StateName> STATE_NAME =
            Switch.choice("state-name", StateName.STATE, "what the state of an export is called");
    public static final Switch<Envelope> ENVELOPE = Switch.choice(
            "envelope",
            Envelope.BY_VERSION,
            "whether an export comes wrapped in export; by version: 3 and 4 wrapped, 5 flat");
    public static final Switch<Spelling> ARGUMENT_SPELLING = Switch.choice(
            "argument-spelling",
            Spelling.BY_VERSION,
            "how arguments of procedures are spelt; by version: 3 and 4 snake, 5 camel");
    public static final Switch<ProspectOnly> PROSPECT_ONLY = Switch.choice(
            "prospect-only",
            ProspectOnly.DOCUMENTED,
            "how that argument is spelt in versions 3 and 4; documented: snake by created, camel by updated");
    public static final Switch<MissingEnd> MISSING_END =
            Switch.choice("missing-end", MissingEnd.CREATION, "where a window without an end ends");
    public static final Switch<Year> YEAR =
            Switch.choice("year", Year.DAYS_365, "how long the year is that a window may have at most");
    public static final Switch<CsvDates> CSV_DATES =
            Switch.choice("csv-dates", CsvDates.LOCAL, "how moments are written in files");
    public static final Switch<Boolean> ACTIVITY_DATE_ONLY =
            Switch.flag("activity-date-only", false, "whether activityDate is written without its time");
    public static final Switch<Integer> LIMIT_STATUS =
            Switch.number("limit-status", 429, 200, 499, "the HTTP status of errors 66, 122 and 202");
    public static final Switch<Integer> TOKEN_STATUS =
            Switch.number("token-status", 401, 200, 499, "the HTTP status of error 184");
    public static final Switch<Boolean> ERRORS_WITH_200 =
            Switch.flag("errors-with-200", false, "whether errors of versions 3 and 4 come with status 200");
    public static final Switch<Integer> CREATE_STATUS =
            Switch.number("create-status", 200, 200, 201, "the status of a new export");
    public static final Switch<Boolean> DOWNLOADS_COUNT =
            Switch.flag("downloads-count", true, "whether a download counts as a call");
    public static final Switch<Boolean> DOWNLOADS_NEED_TOKEN =
            Switch.flag("downloads-need-token", true, "whether a download needs the token and the unit");
    public static final Switch<DownloadHost> DOWNLOAD_HOST =
            Switch.choice("download-host", DownloadHost.API, "which host the files are on");
    public static final Switch<Deleted> DELETED_DEFAULT =
            Switch.choice("deleted-default", Deleted.FALSE, "the default of deleted for prospect and listMembership");
    public static final Switch<Boolean> ACCOUNTS_BY_UPDATED = Switch.flag(
            "accounts-by-updated", true, "whether version 5 exports prospectAccount by its own update; else error 174");
    public static final Switch<Boolean> DELETED_FLAG_IN_OLDER =
            Switch.flag("deleted-flag-in-older", true, "whether versions 3 and 4 export is_deleted; else error 180");
    public static final Switch<Form> MISSING_FORMAT =
            Switch.choice("missing-format", Form.XML, "what versions 3 and 4 answer where format is missing");
    public static final Switch<Boolean> OFFSETS_UNDERSTOOD =
            Switch.flag("offsets-understood", true, "whether arguments may be times with an offset; else error 177");
    public static final Switch<Boolean> EXPORT_READS_NEED_FIELDS = Switch.flag(
            "export-reads-need-fields", true, "whether version 5 reads of an export must name fields; else error 153");
    public static final Switch<String> ACTIVITY_PROCEDURE =
            Switch.text("activity-procedure", "filter_by_activity_at", "the name of the procedure by activityDate");
    public static final Switch<String> PROSPECT_PROCEDURE = Switch.text(
            "prospect-procedure",
            "filter_by_prospect_updated_at",
            "the name of the procedure by the associated prospect");
    public static final Switch<Boolean> SEVERAL_PER_EMAIL = Switch.flag(
            "several-per-email",
            true,
            "whether prospects may share an address: then version 3 is error 89, else 4 is 88");
    public static final Switch<RecycleBin> RECYCLE_BIN =
            Switch.choice("recycle-bin", RecycleBin.FLAGGED, "what a single read of a deleted prospect answers");
    public static final Switch<CreateAnswer> CREATE_ANSWER = Switch.choice(
            "create-answer", CreateAnswer.RECORD, "whether a new prospect is shown, or only said to be done (204)");
    public static final Switch<Integer> UPSERT_STATUS =
            Switch.number("upsert-status", 201, 200, 201, "the status of an upsert that makes a prospect");
    public static final Switch<Integer> DEFAULT_CAMPAIGN = Switch.number(
            "default-campaign", 0, 0, 1_000_000, "the campaign of a prospect that is made without one, 0 for none");
    public static final Switch<Boolean> MATCH_BY_CASE =
            Switch.flag("match-by-case", true, "whether upserts tell addresses apart that differ in case only");
    public static final Switch<Boolean> REFUSALS_QUOTE =
            Switch.flag("refusals-quote", false, "whether the words of a refusal repeat the refused value");

    public static final Switch<Boolean> STUCK =
            Switch.flag("stuck", false, "whether the oldest unfinished export makes no progress, nor those behind it");
    public static final Switch<Outcome> OUTCOME =
            Switch.choice("outcome", Outcome.COMPLETE, "how an export ends; canceled as if by somebody else");
    public static final Switch<String> UNKNOWN_STATE =
            Switch.text("unknown-state", "", "a word for Processing that no document knows; nothing for none");
    public static final Switch<Integer> WAITING_READS =
            Switch.number("waiting-reads", 1, 0, 1_000_000, "how many reads find the oldest export Waiting");
    public static final Switch<Integer> PROCESSING_READS =
            Switch.number("processing-reads", 1, 0, 1_000_000, "how many reads then find it Processing");
    public static final Switch<Integer> ROWS_PER_FILE =
            Switch.number("rows-per-file", 100_000, 1, 1_000_000, "how many records a file has at most");
    public static final Switch<Boolean> SHUFFLED = Switch.flag("shuffled", true, "whether records come in no order");
    public static final Switch<Duration> RESULT_LIFE =
            Switch.duration("result-life", Duration.ofDays(7), "how long files can be downloaded");
    public static final Switch<Duration> TOKEN_LIFE =
            Switch.duration("token-life", Duration.ofHours(2), "how long a token is good");
    public static final Switch<Boolean> EXPIRES_IN =
            Switch.flag("expires-in", false, "whether the answer with a token says how long it is good");
    public static final Switch<Integer> PARALLEL_ELSEWHERE = Switch.number(
            "parallel-elsewhere", 0, 0, 5, "how many calls of others are under way all the time; five are allowed");
    public static final Switch<Integer> DAILY_LIMIT =
            Switch.number("daily-limit", 25_000, 0, 1_000_000, "calls a day; beyond it error 122");
    public static final Switch<Integer> MINUTE_LIMIT =
            Switch.number("minute-limit", 0, 0, 1_000_000, "calls a minute, 0 for no limit; beyond it error 202");
    public static final Switch<StateName> IMPORT_STATE_NAME =
            Switch.choice("import-state-name", StateName.STATUS, "what the state of an import is called");
    public static final Switch<String> IMPORT_FILE_NAME =
            Switch.text("import-file-name", "importFile", "what the file of an import must be called in its form");
    public static final Switch<Unmatched> IMPORT_UNMATCHED = Switch.choice(
            "import-unmatched", Unmatched.ERROR, "what an import says of a row whose prospect is not there");
    public static final Switch<UpdatedCount> UPDATED_COUNT = Switch.choice(
            "updated-count",
            UpdatedCount.ROWS,
            "what an import counts as updated: every row it took, those that changed something, or it does not say");
    public static final Switch<String> IMPORT_ERROR_COLUMN =
            Switch.text("import-error-column", "errors", "the column of an import's errors that says why");
    public static final Switch<ImportEnd> IMPORT_END =
            Switch.choice("import-end", ImportEnd.COMPLETE, "how an import ends");
    public static final Switch<Boolean> IMPORT_STUCK =
            Switch.flag("import-stuck", false, "whether an import that is ready makes no progress");
    public static final Switch<Integer> IMPORT_STALE_READS = Switch.number(
            "import-stale-reads", 0, 0, 1_000_000, "how many reads show an import still Open that is ready");
    public static final Switch<Integer> IMPORT_MOST_BATCHES =
            Switch.number("import-most-batches", 10, 1, 1_000, "how many files an import takes");

    static final List<Switch<?>> ALL = List.of(
            STATE_NAME,
            ENVELOPE,
            ARGUMENT_SPELLING,
            PROSPECT_ONLY,
            MISSING_END,
            YEAR,
            CSV_DATES,
            ACTIVITY_DATE_ONLY,
            LIMIT_STATUS,
            TOKEN_STATUS,
            ERRORS_WITH_200,
            CREATE_STATUS,
            DOWNLOADS_COUNT,
            DOWNLOADS_NEED_TOKEN,
            DOWNLOAD_HOST,
            DELETED_DEFAULT,
            ACCOUNTS_BY_UPDATED,
            DELETED_FLAG_IN_OLDER,
            MISSING_FORMAT,
            OFFSETS_UNDERSTOOD,
            EXPORT_READS_NEED_FIELDS,
            ACTIVITY_PROCEDURE,
            PROSPECT_PROCEDURE,
            SEVERAL_PER_EMAIL,
            RECYCLE_BIN,
            CREATE_ANSWER,
            UPSERT_STATUS,
            DEFAULT_CAMPAIGN,
            MATCH_BY_CASE,
            REFUSALS_QUOTE,
            STUCK,
            OUTCOME,
            UNKNOWN_STATE,
            WAITING_READS,
            PROCESSING_READS,
            ROWS_PER_FILE,
            SHUFFLED,
            RESULT_LIFE,
            TOKEN_LIFE,
            EXPIRES_IN,
            PARALLEL_ELSEWHERE,
            DAILY_LIMIT,
            MINUTE_LIMIT,
            IMPORT_STATE_NAME,
            IMPORT_FILE_NAME,
            IMPORT_UNMATCHED,
            UPDATED_COUNT,
            IMPORT_ERROR_COLUMN,
            IMPORT_END,
            IMPORT_STUCK,
            IMPORT_STALE_READS,
            IMPORT_MOST_BATCHES);

    private Doubts() {}
}
