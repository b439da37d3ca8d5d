package io.tidemark.sandbox.rebilly;

import io.tidemark.sandbox.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The switches of the pretended Rebilly: where the vendor's papers leave open what happens, and what goes wrong. */
public final class Doubts {
    public enum DateField {
        HONOURED,
        REFUSED,
        IGNORED
    }

    public enum Bounds {
        BOTH_INCLUDED,
        START_INCLUDED,
        END_INCLUDED,
        NEITHER_INCLUDED
    }

    public enum OmittedFields {
        CLEARED,
        KEPT
    }

    public enum SignedLink {
        WITHOUT_KEY,
        WITH_KEY
    }

    public enum Links {
        BOTH,
        DOWNLOAD_ONLY,
        SIGNED_ONLY,
        NONE
    }

    public enum CsvHeader {
        FIELD_NAME,
        LAST_PART,
        TITLE
    }

    public enum CsvTimes {
        ISO_Z,
        ISO_OFFSET,
        LOCAL
    }

    public enum CsvArrays {
        JSON,
        JOINED
    }

    public enum CsvBooleans {
        TRUE_FALSE,
        ONE_ZERO
    }

    public enum JsonForm {
        NESTED,
        FLAT
    }

    public enum FailedStatus {
        KNOWN,
        NEVER_SENT
    }

    public enum EmptyResult {
        HEADER_ONLY,
        NO_FILE
    }

    public enum RetryHeader {
        EPOCH,
        SECONDS,
        PLAIN
    }

    public enum RelativeZone {
        UTC,
        ORGANISATION
    }

    public enum Stuck {
        NOT,
        PENDING,
        QUEUED,
        PROCESSING
    }

    public enum Outcome {
        COMPLETED,
        RECORD_LIMIT_EXCEEDED,
        MAX_RETRIES_REACHED,
        VANISHED
    }

    public enum RecordLimitAnswer {
        AT_POST,
        LATER
    }

    public enum DeleteRunning {
        REMOVED,
        REFUSED
    }

    public enum ReadOnlyFields {
        REFUSED,
        IGNORED
    }

    public enum EqualPut {
        NEW_REVISION,
        NOTHING
    }

    public enum UnknownFields {
        REFUSED,
        EMPTY
    }

    public enum RecurringState {
        COMPLETED,
        PENDING
    }

    public enum ListByTime {
        HONOURED,
        REFUSED,
        IGNORED
    }

    public enum PathForm {
        ANY,
        PLAIN,
        ORGANIZATION_EXPERIMENTAL,
        EXPERIMENTAL,
        EXPERIMENTAL_ORGANIZATION
    }

    public static final Switch<PathForm> PATH_FORM =
            Switch.choice("path-form", PathForm.ANY, "which of the four paths of data exports is there");
    public static final Switch<DateField> DATE_FIELD = Switch.choice(
            "date-field",
            DateField.HONOURED,
            "what becomes of updatedTime as the field of a date range; transactions" + " honour it always");
    public static final Switch<Bounds> BOUNDS =
            Switch.choice("bounds", Bounds.BOTH_INCLUDED, "which ends of a date range belong to it");
    public static final Switch<OmittedFields> OMITTED_FIELDS = Switch.choice(
            "omitted-fields", OmittedFields.CLEARED, "what becomes of the fields of a customer that a PUT leaves out");
    public static final Switch<Duration> SIGNED_LINK_LIFE = Switch.duration(
            "signed-link-life", Duration.ofMinutes(15), "how long a signed link is good; PT0S for ever");
    public static final Switch<SignedLink> SIGNED_LINK =
            Switch.choice("signed-link", SignedLink.WITHOUT_KEY, "whether a signed link wants the key as well");
    public static final Switch<Links> LINKS =
            Switch.choice("links", Links.BOTH, "which links to its file a completed export shows");
    public static final Switch<CsvHeader> CSV_HEADER =
            Switch.choice("csv-header", CsvHeader.FIELD_NAME, "how the columns of a CSV are named");
    public static final Switch<CsvTimes> CSV_TIMES =
            Switch.choice("csv-times", CsvTimes.ISO_Z, "how a CSV writes moments");
    public static final Switch<CsvArrays> CSV_ARRAYS =
            Switch.choice("csv-arrays", CsvArrays.JSON, "how a CSV writes lists");
    public static final Switch<CsvBooleans> CSV_BOOLEANS =
            Switch.choice("csv-booleans", CsvBooleans.TRUE_FALSE, "how a CSV writes true and false");
    public static final Switch<JsonForm> JSON_FORM = Switch.choice(
            "json-form", JsonForm.NESTED, "whether sub-fields stand in objects or under names with a slash");
    public static final Switch<FailedStatus> FAILED_STATUS = Switch.choice(
            "failed-status", FailedStatus.KNOWN, "whether the status failed is ever sent; else work never ends");
    public static final Switch<EmptyResult> EMPTY_RESULT =
            Switch.choice("empty-result", EmptyResult.HEADER_ONLY, "what an export without records gives");
    public static final Switch<RetryHeader> RETRY_HEADER = Switch.choice(
            "retry-header",
            RetryHeader.EPOCH,
            "X-RateLimit-Retry-After as an epoch time or as seconds, or a plain Retry-After in seconds");
    public static final Switch<RelativeZone> RELATIVE_ZONE =
            Switch.choice("relative-zone", RelativeZone.UTC, "the zone of relative dates and of local times");
    public static final Switch<RecurringState> RECURRING_STATE = Switch.choice(
            "recurring-state",
            RecurringState.COMPLETED,
            "the status of a recurring export between two runs; its last file stays either way");
    public static final Switch<ListByTime> LIST_BY_TIME =
            Switch.choice("list-by-time", ListByTime.HONOURED, "what becomes of a filter of customers by updatedTime");
    public static final Switch<Boolean> LIST_TIES_SHUFFLED = Switch.flag(
            "list-ties-shuffled", false, "whether a list shows what sorts alike in another order in each call");
    public static final Switch<ReadOnlyFields> READ_ONLY_FIELDS = Switch.choice(
            "read-only-fields", ReadOnlyFields.REFUSED, "what becomes of read-only fields that are written");
    public static final Switch<EqualPut> EQUAL_PUT = Switch.choice(
            "equal-put", EqualPut.NEW_REVISION, "whether a PUT that changes nothing makes a new revision");
    public static final Switch<UnknownFields> UNKNOWN_FIELDS = Switch.choice(
            "unknown-fields", UnknownFields.REFUSED, "what becomes of fields asked for that a resource has not");
    public static final Switch<DeleteRunning> DELETE_RUNNING = Switch.choice(
            "delete-running", DeleteRunning.REMOVED, "what becomes of a DELETE of an export that is at work");

    public static final Switch<Integer> PENDING_POLLS =
            Switch.number("pending-polls", 1, 0, 1_000_000, "how many polls find an export pending");
    public static final Switch<Integer> QUEUED_POLLS =
            Switch.number("queued-polls", 1, 0, 1_000_000, "how many polls then find it queued");
    public static final Switch<Integer> PROCESSING_POLLS =
            Switch.number("processing-polls", 1, 0, 1_000_000, "how many polls then find it processing");
    public static final Switch<Stuck> STUCK = Switch.choice("stuck", Stuck.NOT, "the state an export never leaves");
    public static final Switch<Boolean> UNKNOWN_STATUS = Switch.flag(
            "unknown-status", false, "whether an export answers a word no document knows in place of processing");
    public static final Switch<Outcome> OUTCOME =
            Switch.choice("outcome", Outcome.COMPLETED, "how an export ends; a vanished one is 404 from then on");
    public static final Switch<Integer> RECORD_LIMIT =
            Switch.number("record-limit", 10_000_000, 0, 10_000_000, "the most records one export may have");
    public static final Switch<RecordLimitAnswer> RECORD_LIMIT_ANSWER = Switch.choice(
            "record-limit-answer", RecordLimitAnswer.AT_POST, "whether too many records are told at once or by failed");
    public static final Switch<Integer> ROWS_PER_PART =
            Switch.number("rows-per-part", 1_000_000, 1, 1_000_000, "above so many records a file is a ZIP of parts");
    public static final Switch<Integer> COUNT_OFF_BY =
            Switch.number("count-off-by", 0, -1_000_000, 1_000_000, "what is added to the true recordCount");
    public static final Switch<Boolean> BOM = Switch.flag("bom", false, "whether CSVs begin with a byte order mark");
    public static final Switch<Boolean> CRLF = Switch.flag("crlf", false, "whether lines end with CR LF");
    public static final Switch<Boolean> SHUFFLED =
            Switch.flag("shuffled", false, "whether records come in another order each time");
    public static final Switch<Duration> FILE_LIFE =
            Switch.duration("file-life", Duration.ZERO, "how long a file is kept; PT0S for ever");
    public static final Switch<Integer> EXPIRED_LINK_STATUS =
            Switch.number("expired-link-status", 403, 400, 499, "what an expired link answers");
    public static final Switch<Integer> RATE_LIMIT = Switch.number(
            "rate-limit", 3000, 0, 1_000_000, "calls other than GET that an organisation has in ten minutes; 0 none");
    public static final Switch<Set<String>> FORBIDDEN = Switch.names(
            "forbidden", "resources, data-exports, files, custom-fields or customers-write that the key may not (403)");
    public static final Switch<Boolean> NORMALISES =
            Switch.flag("normalises", true, "whether written e-mail addresses are lower-cased");
    public static final Switch<Set<String>> DROPPED =
            Switch.names("dropped", "fields of a customer that a write accepts and silently leaves as they are");
    public static final Switch<Boolean> REFUSALS_QUOTE =
            Switch.flag("refusals-quote", false, "whether the words of a refusal repeat the refused value");

    static final List<Switch<?>> ALL = List.of(
            PATH_FORM,
            DATE_FIELD,
            BOUNDS,
            OMITTED_FIELDS,
            SIGNED_LINK_LIFE,
            SIGNED_LINK,
            LINKS,
            CSV_HEADER,
            CSV_TIMES,
            CSV_ARRAYS,
            CSV_BOOLEANS,
            JSON_FORM,
            FAILED_STATUS,
            EMPTY_RESULT,
            RETRY_HEADER,
            RELATIVE_ZONE,
            RECURRING_STATE,
            LIST_BY_TIME,
            LIST_TIES_SHUFFLED,
            READ_ONLY_FIELDS,
            EQUAL_PUT,
            UNKNOWN_FIELDS,
            DELETE_RUNNING,
            PENDING_POLLS,
            QUEUED_POLLS,
            PROCESSING_POLLS,
            STUCK,
            UNKNOWN_STATUS,
            OUTCOME,
            RECORD_LIMIT,
            RECORD_LIMIT_ANSWER,
            ROWS_PER_PART,
            COUNT_OFF_BY,
            BOM,
            CRLF,
            SHUFFLED,
            FILE_LIFE,
            EXPIRED_LINK_STATUS,
            RATE_LIMIT,
            FORBIDDEN,
            NORMALISES,
            DROPPED,
            REFUSALS_QUOTE);

    private Doubts() {}
}
