package io.tidemark.system.everyaction;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.system.ApiException;
import io.tidemark.system.ExportRequest;
import io.tidemark.system.ExportSpec;
import io.tidemark.system.answer.Words;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of EveryAction for one export job. A property that nobody set is not sent.
 *
 * @param from start of the window; the later one of the request's and the configured one
 * @param to end of the window; the earlier one of the request's and the configured one
 * @see <a href="https://docs.everyaction.com/reference/changedentityexportjobs">Create an export job</a>
 */
record EveryActionBody(
        String resource,
        Instant from,
        Optional<Instant> to,
        Set<Integer> ids,
        List<String> fields,
        EveryActionParameters parameters,
        Optional<Boolean> includeInactive,
        boolean excludeChangesFromSelf) {

    EveryActionBody {
        requireNonNull(resource, "resource is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        fields = List.copyOf(fields);
        requireNonNull(parameters, "parameters is null");
        requireNonNull(includeInactive, "includeInactive is null");
        if (to.filter(end -> !end.isAfter(from)).isPresent()) {
            throw new ApiException.Refused("the window from " + from + " to " + to.get() + " is empty: "
                    + EveryActionOptions.DATE_CHANGED_FROM + " or " + EveryActionOptions.DATE_CHANGED_TO
                    + " leaves nothing to export. Change it, or pause the stream");
        }
    }

    static EveryActionBody of(
            ExportSpec spec, EveryActionParameters parameters, List<String> fields, ExportRequest request) {
        return new EveryActionBody(
                spec.resource(),
                start(parameters, request),
                end(parameters, request),
                ids(parameters, request),
                fields,
                parameters,
                parameters.includeInactive().or(() -> spec.withDeleted() ? Optional.of(true) : Optional.empty()),
                request.withoutOwnChanges());
    }

    private static Instant start(EveryActionParameters parameters, ExportRequest request) {
        return limit(parameters.from(), request)
                .filter(request.from()::isBefore)
                .orElse(request.from());
    }

    private static Optional<Instant> end(EveryActionParameters parameters, ExportRequest request) {
        Optional<Instant> limit = limit(parameters.to(), request);
        return Optional.ofNullable(request.to())
                .map(end -> limit.filter(end::isAfter).orElse(end))
                .or(() -> limit);
    }

    /** The configured limits are those of windows; records asked for by key come whenever they changed. */
    private static Optional<Instant> limit(Optional<Instant> configured, ExportRequest request) {
        return configured.filter(time -> request.keys().isEmpty());
    }

    private static Set<Integer> ids(EveryActionParameters parameters, ExportRequest request) {
        var ids = new LinkedHashSet<>(parameters.ids());
        request.keys().forEach(key -> ids.add(id(key)));
        return ids;
    }

    private static int id(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException notAnId) {
            throw new ApiException.Refused("the key \"" + Words.bounded(key)
                    + "\" cannot be asked for: EveryAction takes whole numbers up to " + Integer.MAX_VALUE);
        }
    }

    String json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("dateChangedFrom", EveryActionTime.format(from));
        to.ifPresent(end -> body.put("dateChangedTo", EveryActionTime.format(end)));
        body.put("resourceType", resource);
        numbers(body, "requestedIds", ids);
        texts(body, "requestedFields", fields);
        numbers(body, "requestedCustomFieldIds", parameters.customFieldIds());
        parameters.fileSizeKbLimit().ifPresent(limit -> body.put("fileSizeKbLimit", limit));
        includeInactive.ifPresent(wanted -> body.put("includeInactive", wanted));
        parameters.contactMode().ifPresent(mode -> body.put("contactMode", mode));
        numbers(body, "requestedActivistCodeIds", parameters.activistCodeIds());
        if (excludeChangesFromSelf) {
            body.put("excludeChangesFromSelf", true);
        }
        return body.toString();
    }

    private static void numbers(ObjectNode body, String name, Collection<Integer> numbers) {
        if (!numbers.isEmpty()) {
            ArrayNode array = body.putArray(name);
            numbers.forEach(array::add);
        }
    }

    private static void texts(ObjectNode body, String name, Collection<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = body.putArray(name);
            texts.forEach(array::add);
        }
    }
}
