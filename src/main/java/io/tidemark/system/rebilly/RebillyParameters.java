package io.tidemark.system.rebilly;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ExportSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream's export options, typed. Each value alone was checked when the configuration was read. */
record RebillyParameters(
        String name,
        String format,
        Optional<String> filter,
        Optional<String> sort,
        Optional<String> search,
        List<String> fields,
        Optional<List<String>> alwaysFields,
        List<String> emailNotification,
        Optional<String> recurringInstruction,
        Optional<Instant> recurringStart,
        Optional<String> rangeStart,
        Optional<String> rangeEnd,
        String rangeField,
        List<String> expand,
        Optional<String> follow,
        boolean byList,
        boolean signedLink,
        String csvHeader,
        boolean verifyRange,
        boolean deleteFinished) {

    private static final int LONGEST_NAME = 33;

    /** A mark of the window is added, and the vendor takes 50 characters in all. */
    private static final String NAME = "tidemark ";

    RebillyParameters {
        requireNonNull(name, "name is null");
        requireNonNull(format, "format is null");
        fields = List.copyOf(fields);
        emailNotification = List.copyOf(emailNotification);
        expand = List.copyOf(expand);
    }

    static RebillyParameters of(ExportSpec spec) {
        Map<String, String> values = spec.parameters();
        return new RebillyParameters(
                one(values, RebillyOptions.NAME).orElseGet(() -> cut(NAME + spec.stream())),
                one(values, RebillyOptions.FORMAT).orElse("csv"),
                one(values, RebillyOptions.FILTER),
                one(values, RebillyOptions.SORT),
                one(values, RebillyOptions.Q),
                list(values, RebillyOptions.FIELDS),
                one(values, RebillyOptions.ALWAYS_FIELDS).map(text -> list(values, RebillyOptions.ALWAYS_FIELDS)),
                list(values, RebillyOptions.EMAIL_NOTIFICATION),
                one(values, RebillyOptions.RECURRING_INSTRUCTION),
                one(values, RebillyOptions.RECURRING_START)
                        .map(text -> OffsetDateTime.parse(text).toInstant()),
                one(values, RebillyOptions.DATE_RANGE_START),
                one(values, RebillyOptions.DATE_RANGE_END),
                one(values, RebillyOptions.DATE_RANGE_FIELD).orElse(RebillyResource.CHANGED),
                list(values, RebillyOptions.EXPAND),
                one(values, RebillyOptions.FOLLOW),
                one(values, RebillyOptions.READ_BY)
                        .filter(RebillyOptions.LIST_CALLS::equals)
                        .isPresent(),
                one(values, RebillyOptions.DOWNLOAD)
                        .filter(RebillyOptions.SIGNED_LINK::equals)
                        .isPresent(),
                one(values, RebillyOptions.CSV_HEADER).orElse(RebillyHeadings.FIELD),
                flag(values, RebillyOptions.VERIFY_DATE_RANGE),
                flag(values, RebillyOptions.DELETE_FINISHED));
    }

    /** Refuses values that do not go together, or cannot be had. */
    RebillyParameters checked(ExportSpec spec, RebillyResource resource) {
        refuseIf(
                !loadable(),
                spec,
                RebillyOptions.FORMAT,
                format + " is not loaded: " + formatReason() + "; use csv or json");
        refuseIf(
                name.length() > LONGEST_NAME,
                spec,
                RebillyOptions.NAME,
                "has " + name.length() + " characters; at most " + LONGEST_NAME
                        + " leave room for the mark of the window");
        refuseIf(
                rangeStart.isPresent() != rangeEnd.isPresent(),
                spec,
                RebillyOptions.DATE_RANGE_START,
                "and " + RebillyOptions.DATE_RANGE_END + " belong together; set both or none");
        refuseIf(
                byList && !resource.isCustomers(),
                spec,
                RebillyOptions.READ_BY,
                "can be list for " + RebillyResource.CUSTOMERS + " only; " + resource.name()
                        + " have no list call that the bridge knows");
        refuseIf(
                byList && followed(),
                spec,
                RebillyOptions.READ_BY,
                "cannot be list where a recurring export is followed; take one of them out");
        refuseRecurring(spec);
        refuseFields(spec);
        return this;
    }

    private void refuseRecurring(ExportSpec spec) {
        refuseIf(
                follow.isPresent() && recurringInstruction.isPresent(),
                spec,
                RebillyOptions.FOLLOW,
                "and " + RebillyOptions.RECURRING_INSTRUCTION + " exclude each other; take one of them out");
        refuseIf(
                follow.filter(id -> !RebillyCalls.isId(id)).isPresent(),
                spec,
                RebillyOptions.FOLLOW,
                "is no id of Rebilly's: these are up to 50 letters, digits and @ ~ - . _");
        refuseIf(
                recurringStart.isPresent() && recurringInstruction.isEmpty(),
                spec,
                RebillyOptions.RECURRING_START,
                "needs " + RebillyOptions.RECURRING_INSTRUCTION);
        refuseIf(
                recurringInstruction.isPresent()
                        && rangeStart.filter(RebillyParameters::absolute).isPresent(),
                spec,
                RebillyOptions.DATE_RANGE_START,
                "is a fixed date, with which a recurring export has the same records each time; use a relative one such"
                        + " as \"-2 days\", or take the range out to export everything each time");
    }

    private void refuseFields(ExportSpec spec) {
        for (String field : fields) {
            refuseIf(
                    RebillyResource.WRITE_ONLY.contains(field),
                    spec,
                    RebillyOptions.FIELDS,
                    "names " + field + ", which Rebilly takes and never shows; take it out");
        }
    }

    private static void refuseIf(boolean refused, ExportSpec spec, String option, String why) {
        if (refused) {
            throw new ApiException.Refused(key(spec, option) + " " + why);
        }
    }

    static String key(ExportSpec spec, String option) {
        return "tidemark.streams." + spec.stream() + ".export." + option;
    }

    private boolean loadable() {
        return format.equals("csv") || format.equals("json");
    }

    private String formatReason() {
        return switch (format) {
            case "pdf" -> "a PDF is for people, its values cannot be told apart";
            case "detailed-csv" -> "its columns are not documented, so that the key could be missing";
            default -> "how " + format + " names its values is not documented";
        };
    }

    private static boolean absolute(String date) {
        return date.matches("[0-9]{4}-.*");
    }

    /** Whether a recurring export at the vendor is loaded each time that it has a newer file. */
    boolean followed() {
        return follow.isPresent() || recurringInstruction.isPresent();
    }

    boolean json() {
        return format.equals("json");
    }

    /** The headings of a file are in doubt in a CSV only. */
    String headings() {
        return json() || byList ? RebillyHeadings.FIELD : csvHeader;
    }

    /** Whether lists and objects come as JSON, whatever the vendor makes of them in a CSV. */
    boolean structured() {
        return json() || byList;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_NAME));
    }

    private static boolean flag(Map<String, String> values, String name) {
        return one(values, name).map(Boolean::parseBoolean).orElse(true);
    }

    private static Optional<String> one(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    private static List<String> list(Map<String, String> values, String name) {
        return one(values, name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
    }
}
