package io.tidemark.system.everyaction;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream's export options, typed. The values were checked when the configuration was read. */
record EveryActionParameters(
        Optional<Instant> from,
        Optional<Instant> to,
        List<Integer> ids,
        List<String> fields,
        List<Integer> customFieldIds,
        Optional<Integer> fileSizeKbLimit,
        Optional<Boolean> includeInactive,
        Optional<Integer> contactMode,
        List<Integer> activistCodeIds,
        Optional<Boolean> excludeChangesFromSelf) {

    static EveryActionParameters of(Map<String, String> values) {
        return new EveryActionParameters(
                one(values, EveryActionOptions.DATE_CHANGED_FROM).map(EveryActionParameters::time),
                one(values, EveryActionOptions.DATE_CHANGED_TO).map(EveryActionParameters::time),
                numbers(values, EveryActionOptions.REQUESTED_IDS),
                list(values, EveryActionOptions.REQUESTED_FIELDS),
                numbers(values, EveryActionOptions.REQUESTED_CUSTOM_FIELD_IDS),
                one(values, EveryActionOptions.FILE_SIZE_KB_LIMIT).map(Integer::valueOf),
                one(values, EveryActionOptions.INCLUDE_INACTIVE).map(Boolean::valueOf),
                one(values, EveryActionOptions.CONTACT_MODE).map(Integer::valueOf),
                numbers(values, EveryActionOptions.REQUESTED_ACTIVIST_CODE_IDS),
                one(values, EveryActionOptions.EXCLUDE_CHANGES_FROM_SELF).map(Boolean::valueOf));
    }

    private static Optional<String> one(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(String::trim);
    }

    private static List<String> list(Map<String, String> values, String name) {
        return one(values, name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
    }

    private static List<Integer> numbers(Map<String, String> values, String name) {
        return list(values, name).stream().map(Integer::valueOf).distinct().toList();
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
