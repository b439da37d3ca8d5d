package io.tidemark.sandbox.everyaction;

import io.tidemark.sandbox.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The switches of the pretended EveryAction: where the vendor's papers leave open what happens, and what goes wrong. */
public final class Doubts {
    public enum RequestedIds {
        OVERRIDE_WINDOW,
        ADD_TO_WINDOW
    }

    public enum Bounds {
        FROM_INCLUDED,
        TO_INCLUDED,
        BOTH_INCLUDED,
        NEITHER_INCLUDED
    }

    public enum Membership {
        ANY_CHANGE,
        LAST_CHANGE
    }

    public enum SelfExclusion {
        ANY_OWN_CHANGE,
        LAST_WRITER,
        REFUSED
    }

    public enum Booleans {
        JSON,
        TEXT
    }

    public enum EmptyResult {
        NO_FILES,
        HEADER_ONLY
    }

    public enum WindowEnd {
        AT_POST,
        AT_EXECUTION,
        NEVER_TOLD
    }

    public enum Zone {
        EASTERN,
        UTC
    }

    public enum Casing {
        REAL,
        DOCUMENTED
    }

    public enum Outcome {
        COMPLETE,
        ERROR,
        VANISHED
    }

    public enum CustomHeader {
        CF_ID,
        NAME
    }

    public enum InactivePeople {
        NOT_FOUND,
        SURVIVOR,
        FLAGGED,
        UNMARKED
    }

    public enum AddressParts {
        REPLACED,
        KEPT
    }

    public static final Switch<RequestedIds> REQUESTED_IDS = Switch.choice(
            "requested-ids", RequestedIds.OVERRIDE_WINDOW, "whether ids asked for replace the window or add to it");
    public static final Switch<Bounds> BOUNDS =
            Switch.choice("bounds", Bounds.FROM_INCLUDED, "which ends of a window belong to it");
    public static final Switch<Membership> MEMBERSHIP = Switch.choice(
            "membership",
            Membership.ANY_CHANGE,
            "whether any change in the window makes a record a member, or only its last change");
    public static final Switch<SelfExclusion> SELF_EXCLUSION = Switch.choice(
            "self-exclusion",
            SelfExclusion.LAST_WRITER,
            "which changes of the requesting user hide a record; refused leaves the flag out of the echo");
    public static final Switch<Booleans> BOOLEANS =
            Switch.choice("booleans", Booleans.TEXT, "how a job shows true and false");
    public static final Switch<Boolean> HEADER_REPEATED =
            Switch.flag("header-repeated", true, "whether the second and later files begin with the header");
    public static final Switch<EmptyResult> EMPTY_RESULT =
            Switch.choice("empty-result", EmptyResult.NO_FILES, "what a job without records gives");
    public static final Switch<Duration> LINK_LIFE =
            Switch.duration("link-life", Duration.ofDays(20), "how long a download link is good");
    public static final Switch<WindowEnd> WINDOW_END =
            Switch.choice("window-end", WindowEnd.AT_POST, "when dateChangedTo is set where it was left out");
    public static final Switch<Zone> ZONE =
            Switch.choice("zone", Zone.EASTERN, "the zone of dates without a zone, in files and in requests");
    public static final Switch<Boolean> DATE_ONLY_CREATED =
            Switch.flag("date-only-created", true, "whether DateCreated is a date without a time");
    public static final Switch<Boolean> BOM = Switch.flag("bom", false, "whether files begin with a byte order mark");
    public static final Switch<Boolean> CRLF = Switch.flag("crlf", false, "whether lines end with CR LF");
    public static final Switch<Boolean> QUOTED_NEWLINES =
            Switch.flag("quoted-newlines", true, "whether line ends inside values are kept; else they become spaces");
    public static final Switch<Boolean> ERROR_ROWS =
            Switch.flag("error-rows", false, "whether there is an ErrorMessage column, filled in every fifth record");
    public static final Switch<Boolean> DUPLICATE_KEYS =
            Switch.flag("duplicate-keys", false, "whether every fourth record comes twice, and counts twice");
    public static final Switch<Boolean> SHUFFLED =
            Switch.flag("shuffled", false, "whether records come in another order each time");
    public static final Switch<Casing> CHANGE_TYPE_CASING =
            Switch.choice("change-type-casing", Casing.REAL, "how the properties of a change type are spelt");
    public static final Switch<Boolean> UNKNOWN_STATUS = Switch.flag(
            "unknown-status", false, "whether a job answers a word no document knows in place of InProcess");
    public static final Switch<Boolean> STUCK_PENDING =
            Switch.flag("stuck-pending", false, "whether jobs stay Pending for ever");

    public static final Switch<Outcome> OUTCOME =
            Switch.choice("outcome", Outcome.COMPLETE, "how a job ends; a vanished one is 404 from then on");
    public static final Switch<String> ERROR_MESSAGE =
            Switch.text("error-message", "Export could not be finished", "the message of a job that ends in Error");
    public static final Switch<String> ERROR_CODE =
            Switch.text("error-code", "SBX-1", "the code of a job that ends in Error");
    public static final Switch<Integer> COUNT_OFF_BY =
            Switch.number("count-off-by", 0, -1_000_000, 1_000_000, "what is added to the true exportedRecordCount");
    public static final Switch<Integer> PENDING_POLLS =
            Switch.number("pending-polls", 1, 0, 1_000_000, "how many polls find a job Pending");
    public static final Switch<Integer> IN_PROCESS_POLLS =
            Switch.number("in-process-polls", 1, 0, 1_000_000, "how many polls then find it InProcess");
    public static final Switch<Integer> ROWS_PER_FILE = Switch.number(
            "rows-per-file",
            0,
            0,
            1_000_000,
            "cuts files after so many records as well as by size; 0 for by size only");
    public static final Switch<Integer> EXPIRED_LINK_STATUS =
            Switch.number("expired-link-status", 403, 400, 499, "what an expired link answers");
    public static final Switch<Boolean> FULL_ECHO =
            Switch.flag("full-echo", false, "whether a job also shows resourceType and the lists it was asked for");
    public static final Switch<Duration> CHANGE_LOG_DELAY = Switch.duration(
            "change-log-delay", Duration.ZERO, "how old the state is that an export sees, changes included");
    public static final Switch<CustomHeader> CUSTOM_HEADER =
            Switch.choice("custom-header", CustomHeader.CF_ID, "how the columns of custom fields are named");
    public static final Switch<Boolean> BARE_PHONES = Switch.flag(
            "bare-phones",
            false,
            "whether exports show telephone numbers as digits alone, and an empty opt-in status instead of U");
    public static final Switch<Boolean> MONEY_SIGNS =
            Switch.flag("money-signs", false, "whether money carries a dollar sign and thousands commas");
    public static final Switch<Set<String>> FORBIDDEN =
            Switch.names("forbidden", "resource types, or People, that the key has no right to (403)");
    public static final Switch<Boolean> NORMALISES = Switch.flag(
            "normalises", true, "whether written e-mail addresses are lower-cased and phone numbers reformatted");
    public static final Switch<Set<String>> DROPPED =
            Switch.names("dropped", "columns of contacts that a write accepts and silently leaves as they are");
    public static final Switch<InactivePeople> INACTIVE_PEOPLE = Switch.choice(
            "inactive-people",
            InactivePeople.NOT_FOUND,
            "what answers for who was suppressed or merged: nobody (404), the person merged into, or still the same one"
                    + " with or without a mark");
    public static final Switch<AddressParts> ADDRESS_PARTS = Switch.choice(
            "address-parts",
            AddressParts.REPLACED,
            "whether a written address replaces the former one whole, or keeps the parts that it does not name");
    public static final Switch<Boolean> REFUSALS_QUOTE =
            Switch.flag("refusals-quote", false, "whether the words of a refusal repeat the refused value");

    static final List<Switch<?>> ALL = List.of(
            REQUESTED_IDS,
            BOUNDS,
            MEMBERSHIP,
            SELF_EXCLUSION,
            BOOLEANS,
            HEADER_REPEATED,
            EMPTY_RESULT,
            LINK_LIFE,
            WINDOW_END,
            ZONE,
            DATE_ONLY_CREATED,
            BOM,
            CRLF,
            QUOTED_NEWLINES,
            ERROR_ROWS,
            DUPLICATE_KEYS,
            SHUFFLED,
            CHANGE_TYPE_CASING,
            UNKNOWN_STATUS,
            STUCK_PENDING,
            OUTCOME,
            ERROR_MESSAGE,
            ERROR_CODE,
            COUNT_OFF_BY,
            PENDING_POLLS,
            IN_PROCESS_POLLS,
            ROWS_PER_FILE,
            EXPIRED_LINK_STATUS,
            FULL_ECHO,
            CHANGE_LOG_DELAY,
            CUSTOM_HEADER,
            BARE_PHONES,
            MONEY_SIGNS,
            FORBIDDEN,
            NORMALISES,
            DROPPED,
            INACTIVE_PEOPLE,
            ADDRESS_PARTS,
            REFUSALS_QUOTE);

    private Doubts() {}
}
