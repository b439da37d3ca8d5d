package io.tidemark.system.mpdx;

import static java.util.Objects.requireNonNull;

import io.tidemark.system.ApiException;
import io.tidemark.system.ApiRequest;
import io.tidemark.system.ExportPages.Page;
import io.tidemark.system.Step;
import io.tidemark.system.answer.Json;
import io.tidemark.system.answer.Sweep;
import io.tidemark.system.answer.Sweep.Swept;
import io.tidemark.system.mpdx.MpdxDocument.MpdxRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the records that changed inside a closed window, by their change times upwards. Each call goes on from the last
 * time seen, that second included, so that nothing is passed over when records move out of the window meanwhile. Only the
 * records of one second that do not fit on a page are read by numbered pages.
 *
 * @param to the last second of the window
 */
record MpdxWindow(MpdxCalls calls, MpdxKind kind, MpdxFilter filter, Instant to) {

    MpdxWindow {
        requireNonNull(calls, "calls is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(filter, "filter is null");
        requireNonNull(to, "to is null");
    }

    Step<Page> from(Instant start) {
        ApiRequest request = calls.get(query(start, to).with("sort", "updated_at"));
        return MpdxAnswers.call(request, json -> page(start, checked(json, start, to)));
    }

    private Page page(Instant start, MpdxDocument document) {
        return new Page(
                fields(),
                document.records().stream().map(document::row).toList(),
                document.total() <= document.records().size() ? Optional.empty() : Optional.of(after(start, document)));
    }

    private Supplier<Step<Page>> after(Instant start, MpdxDocument document) {
        if (document.records().isEmpty()) {
            throw document.json().unexpected("record, although it counts " + document.total());
        }
        Instant last = time(document, document.records().get(document.records().size() - 1));
        return last.isAfter(start) ? () -> from(last) : () -> second(start).first();
    }

    /** All records of one second; by name, because nothing else tells them apart. */
    private Sweep second(Instant second) {
        Instant next = second.plusSeconds(1);
        return new Sweep(
                "MPDX counts %d " + kind.type() + " changed in one second",
                fields(),
                (page, before) -> MpdxAnswers.call(
                        calls.get(query(second, second).with("sort", "name").with("page", Integer.toString(page))),
                        json -> swept(checked(json, second, second))),
                next.isAfter(to) ? Optional.empty() : Optional.of(() -> from(next)));
    }

    private static Swept swept(MpdxDocument document) {
        return new Swept(
                document.records().stream().map(MpdxRecord::id).toList(),
                document.records().stream().map(document::row).toList(),
                document.total());
    }

    private MpdxQuery query(Instant from, Instant until) {
        return filter.addTo(calls.list(kind.listPath()), kind)
                .filter(MpdxField.UPDATED_AT, MpdxCalls.range(from, until))
                .with("include", kind.include());
    }

    private List<String> fields() {
        return kind.fields().stream().map(MpdxField::name).toList();
    }

    /** A record outside of what was asked for tells that MPDX read the range in another way, and others are missing. */
    private MpdxDocument checked(Json json, Instant from, Instant until) {
        MpdxDocument document = MpdxDocument.of(kind, json);
        for (MpdxRecord record : document.records()) {
            Instant time = time(document, record);
            if (time.isBefore(from) || time.isAfter(until.plusSeconds(1))) {
                throw new ApiException.Refused("MPDX listed " + kind.type() + " changed at " + time
                        + " although it was asked for " + MpdxCalls.range(from, until)
                        + ": it does not keep to the range, so that records may be missing");
            }
        }
        return document;
    }

    private static Instant time(MpdxDocument document, MpdxRecord record) {
        String time = Optional.ofNullable(record.value(MpdxField.UPDATED_AT))
                .orElseThrow(() -> document.json().unexpected(MpdxField.UPDATED_AT));
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException notATime) {
            throw document.json().unexpected(MpdxField.UPDATED_AT + " that is a time");
        }
    }
}
